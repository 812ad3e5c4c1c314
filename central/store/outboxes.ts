// SQL over what stations sent: events as they came, the proof of each batch, and what is kept apart after a contradiction.
// Decides nothing.

import type { EventHeader } from '../../contract/sync/event-envelope.ts'
import type { EventOutcome } from '../../contract/sync/sync-protocol.ts'
import { allEnded } from './all-ended.ts'
import type { Queryable } from './database.ts'
import { placesOf } from './places.ts'
import { bigints, byteas, inPieces, integers, texts, uuids } from './sql-columns.ts'

export interface SentEvent {
  header: EventHeader
  headerLine: string
  body: Uint8Array
}

export interface ChainedEvent extends SentEvent {
  hash: Uint8Array
}

export interface Outbox {
  district: string
  station: string
  incarnation: string
}

export interface RecordedEvent {
  hash: Uint8Array
  outcome: EventOutcome
}

/** What a station signed for a batch. */
export interface BatchProof {
  firstSeq: number
  lastSeq: number
  lastHash: Uint8Array
  signature: Uint8Array
}

/** A proof with whose it is. */
export interface KeptProof extends BatchProof {
  outbox: Outbox
}

/** An event as it is recorded. */
export interface EventRow {
  outbox: Outbox
  event: ChainedEvent
  outcome: EventOutcome
}

/** How far a life has got. */
export interface AdvancedLife {
  outbox: Outbox
  lastSeq: number
  lastHash: Uint8Array
}

export interface SentRange {
  outbox: Outbox
  first: number
  last: number
}

/** Events that are already here, for each range. */
export async function readRecorded(queryable: Queryable, ranges: readonly SentRange[]): Promise<Map<number, RecordedEvent>[]> {
  const recorded = ranges.map(() => new Map<number, RecordedEvent>())
  if (ranges.length === 0) return recorded
  const rows = await queryable.query<{ place: number; seq: number; hash: Uint8Array; outcome: EventOutcome['outcome']; code: string | null }>(
    `SELECT place, seq, hash, outcome, code
     FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS asked(station_id, incarnation, first, last, place)
     JOIN events USING (station_id, incarnation) WHERE seq BETWEEN asked.first AND asked.last ORDER BY place, seq`,
    [
      uuids(ranges, ({ outbox }) => outbox.station), uuids(ranges, ({ outbox }) => outbox.incarnation), bigints(ranges, ({ first }) => first),
      bigints(ranges, ({ last }) => last),
    ],
  )
  for (const { place, seq, hash, outcome, code } of rows) recorded[place - 1]?.set(seq, { hash, outcome: outcomeOf(seq, outcome, code) })
  return recorded
}

/** Which of these ids already name an event, or something that central booked by itself. */
export async function readIdsTaken(queryable: Queryable, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  // They come in the order of time and are mostly later than all that is here. Where the database chooses to read a whole table,
  // a small one as it thinks, it compares each row with the two ends of them and not with hundreds of ids. As an answer of its
  // own the list is not weighed id by id for each table before it is asked: of thousands that took longer than the asking.
  let [first, last] = [ids[0] ?? '', ids[0] ?? '']
  for (const id of ids) {
    if (id < first) first = id
    if (id > last) last = id
  }
  const rows = await queryable.query<{ id: string }>(
    `SELECT event_id AS id FROM events WHERE event_id = ANY((SELECT $1::uuid[])::uuid[]) AND event_id BETWEEN $2::uuid AND $3::uuid
     UNION SELECT event_id FROM transfers WHERE event_id = ANY((SELECT $1::uuid[])::uuid[]) AND event_id BETWEEN $2::uuid AND $3::uuid
     UNION SELECT entry_id FROM entries WHERE entry_id = ANY((SELECT $1::uuid[])::uuid[]) AND entry_id BETWEEN $2::uuid AND $3::uuid`,
    [uuids(ids), first, last],
  )
  return new Set(rows.map(({ id }) => id))
}

export async function insertEvents(transaction: Queryable, rows: readonly EventRow[], nowMs: number): Promise<void> {
  if (rows.length > 0) await allEnded(inPieces(rows).map((piece) => insertPiece(transaction, piece, nowMs)))
}

async function insertPiece(transaction: Queryable, rows: readonly EventRow[], nowMs: number): Promise<void> {
  const { firsts: outboxes, places } = placesOf(rows, (one, other) => one.outbox === other.outbox)
  for (const { event, outcome } of rows) if (outcome.seq !== event.header.seq) throw new Error('every event has its outcome')
  // In the list of a SELECT the columns go on together, row by row; as one table function each of them is put down whole first.
  await transaction.query(
    `INSERT INTO events (district_id, station_id, incarnation, seq, event_id, kind, version, wall_ms, header, body, hash, outcome, code, received_at_ms)
     SELECT ($1::uuid[])[place], ($2::uuid[])[place], ($3::uuid[])[place], seq, event_id, kind, version, wall_ms, header, body, hash, outcome, code, $15
     FROM (SELECT unnest($4::integer[]) AS place, unnest($5::bigint[]) AS seq, unnest($6::uuid[]) AS event_id, unnest($7::text[]) AS kind, unnest($8::integer[]) AS version,
       unnest($9::bigint[]) AS wall_ms, unnest($10::text[]) AS header, unnest($11::bytea[]) AS body, unnest($12::bytea[]) AS hash, unnest($13::text[]) AS outcome, unnest($14::text[]) AS code) AS r`,
    [
      uuids(outboxes, ({ outbox }) => outbox.district), uuids(outboxes, ({ outbox }) => outbox.station), uuids(outboxes, ({ outbox }) => outbox.incarnation),
      integers(places),
      bigints(rows, ({ event }) => event.header.seq),
      uuids(rows, ({ event }) => event.header.id),
      texts(rows, ({ event }) => event.header.kind),
      integers(rows, ({ event }) => event.header.version),
      bigints(rows, ({ event }) => event.header.wallMs),
      texts(rows, ({ event }) => event.headerLine),
      byteas(rows, ({ event }) => event.body),
      byteas(rows, ({ event }) => event.hash),
      texts(rows, ({ outcome }) => outcome.outcome),
      texts(rows, ({ outcome }) => ('code' in outcome ? outcome.code : null)),
      nowMs,
    ],
  )
}

export async function keepBatchProofs(transaction: Queryable, proofs: readonly KeptProof[], nowMs: number): Promise<void> {
  if (proofs.length === 0) return
  const rows = proofs.map(({ outbox, firstSeq, lastSeq, lastHash, signature }) => ({
    ...outbox, firstSeq, lastSeq, lastHash: Buffer.from(lastHash).toString('hex'), signature: Buffer.from(signature).toString('hex'),
  }))
  await transaction.query(
    `INSERT INTO batches (district_id, station_id, incarnation, first_seq, last_seq, last_hash, signature, received_at_ms)
     SELECT district, station, incarnation, "firstSeq", "lastSeq", decode("lastHash", 'hex'), decode(signature, 'hex'), $2
     FROM json_to_recordset($1::json) AS r(district uuid, station uuid, incarnation uuid, "firstSeq" bigint, "lastSeq" bigint, "lastHash" text, signature text)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), nowMs],
  )
}

/** Keeps the events raw, apart from the books, and marks the incarnation. */
export async function quarantine(transaction: Queryable, outbox: Outbox, events: readonly ChainedEvent[], nowMs: number): Promise<void> {
  await transaction.query(
    `UPDATE incarnations SET state = CASE WHEN state = 'banned' THEN state ELSE 'quarantined' END, heard_at_ms = $3 WHERE station_id = $1 AND incarnation = $2`,
    [outbox.station, outbox.incarnation, nowMs],
  )
  const rows = events.map(({ header, headerLine, body, hash }) => ({
    seq: header.seq,
    header: headerLine,
    body: Buffer.from(body).toString('hex'),
    hash: Buffer.from(hash).toString('hex'),
  }))
  await transaction.query(
    `INSERT INTO quarantined_events (district_id, station_id, incarnation, seq, hash, header, body, received_at_ms)
     SELECT $1, $2, $3, seq, decode(hash, 'hex'), header, decode(body, 'hex'), $4
     FROM json_to_recordset($5::json) AS r(seq bigint, hash text, header text, body text)
     ON CONFLICT DO NOTHING`,
    [outbox.district, outbox.station, outbox.incarnation, nowMs, JSON.stringify(rows)],
  )
}

function outcomeOf(seq: number, outcome: EventOutcome['outcome'], code: string | null): EventOutcome {
  return outcome === 'recorded' || outcome === 'granted' ? { seq, outcome } : { seq, outcome, code: code ?? '' }
}
