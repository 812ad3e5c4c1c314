// SQL over what stations sent: events as they came, the proof of each batch, and what is kept apart after a contradiction.
// Decides nothing.

import type { EventHeader } from '../../contract/sync/event-envelope.ts'
import type { EventOutcome } from '../../contract/sync/sync-protocol.ts'
import type { Queryable } from './database.ts'

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

/** Events of an incarnation that are already here, within `first` and `last`. */
export async function readRecorded(
  queryable: Queryable,
  outbox: Outbox,
  first: number,
  last: number,
): Promise<Map<number, RecordedEvent>> {
  const rows = await queryable.query<{ seq: number; hash: Uint8Array; outcome: EventOutcome['outcome']; code: string | null }>(
    `SELECT seq, hash, outcome, code FROM events
     WHERE station_id = $1 AND incarnation = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq`,
    [outbox.station, outbox.incarnation, first, last],
  )
  return new Map(rows.map(({ seq, hash, outcome, code }) => [seq, { hash, outcome: outcomeOf(seq, outcome, code) }]))
}

/** Whether an id already names an event, or something that central booked by itself. */
export async function isAnyIdTaken(queryable: Queryable, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false
  const rows = await queryable.query(
    `SELECT 1 FROM events WHERE event_id = ANY($1::uuid[])
     UNION ALL SELECT 1 FROM transfers WHERE event_id = ANY($1::uuid[])
     UNION ALL SELECT 1 FROM entries WHERE entry_id = ANY($1::uuid[]) LIMIT 1`,
    [ids],
  )
  return rows.length > 0
}

export async function insertEvents(
  transaction: Queryable,
  outbox: Outbox,
  events: readonly ChainedEvent[],
  outcomes: readonly EventOutcome[],
  nowMs: number,
): Promise<void> {
  const rows = events.map(({ header, headerLine, body, hash }, index) => {
    const outcome = outcomes[index]
    if (outcome === undefined || outcome.seq !== header.seq) throw new Error('every event has its outcome')
    return {
      seq: header.seq,
      event_id: header.id,
      kind: header.kind,
      version: header.version,
      wall_ms: header.wallMs,
      header: headerLine,
      body: Buffer.from(body).toString('hex'),
      hash: Buffer.from(hash).toString('hex'),
      outcome: outcome.outcome,
      code: outcome.outcome === 'recorded' ? null : outcome.code,
    }
  })
  await transaction.query(
    `INSERT INTO events (district_id, station_id, incarnation, seq, event_id, kind, version, wall_ms, header, body, hash, outcome, code, received_at_ms)
     SELECT $1, $2, $3, seq, event_id, kind, version, wall_ms, header, decode(body, 'hex'), decode(hash, 'hex'), outcome, code, $4
     FROM json_to_recordset($5::json) AS r(seq bigint, event_id uuid, kind text, version integer, wall_ms bigint, header text, body text, hash text, outcome text, code text)`,
    [outbox.district, outbox.station, outbox.incarnation, nowMs, JSON.stringify(rows)],
  )
}

export async function keepBatchProof(
  transaction: Queryable,
  outbox: Outbox,
  proof: BatchProof,
  nowMs: number,
): Promise<void> {
  await transaction.query(
    `INSERT INTO batches (district_id, station_id, incarnation, first_seq, last_seq, last_hash, signature, received_at_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [outbox.district, outbox.station, outbox.incarnation, proof.firstSeq, proof.lastSeq, proof.lastHash, proof.signature, nowMs],
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
  return outcome === 'recorded' ? { seq, outcome } : { seq, outcome, code: code ?? '' }
}
