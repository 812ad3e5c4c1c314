// The outbox: appending an event is part of the transaction that has its effect (invariant 2), with the next dense
// sequence number and the hash of the chain (invariant 4). Nothing here edits an event; store/prune drops old ones that are
// safe at central.

import { createHash } from 'node:crypto'
import type { EventBody, EventName } from '../../contract/sync/event-bodies.ts'
import { chainSeedText, encodeHeader, EVENT_BYTES_MAX, type EventHeader } from '../../contract/sync/event-envelope.ts'
import type { StationClock } from '../station-clock.ts'
import type { StationIds } from '../station-ids.ts'
import type { Reader, Writer } from './database.ts'
import { mayRecord } from './fence.ts'
import type { Identity } from './identity.ts'

export interface AppendedEvent {
  seq: number
  id: string
  wallMs: number
}

export interface StoredEvent extends EventHeader {
  body: Uint8Array
  hash: Uint8Array
}

/** Whose event it is, and where its time and its id come from. */
export interface EventOrigin {
  readonly identity: Identity
  readonly clock: StationClock
  readonly ids: StationIds
}

/** Appends one event; its effect must be in the same transaction. */
export function appendEvent<Name extends EventName>(
  writer: Writer,
  { identity, clock, ids }: EventOrigin,
  name: Name,
  body: (event: AppendedEvent) => EventBody<Name>,
): AppendedEvent {
  const last = lastEvent(writer)
  // Its numbers are taken by events that central has and this file has not: another one under such a number would contradict them.
  if (!mayRecord(writer)) throw new Error(`an event (${name}) of a file that is behind`)
  const seq = (last?.seq ?? 0) + 1
  // A clock before 1970 is no header of the envelope: central would refuse the batch, and all behind it, for ever.
  const wallMs = Math.max(0, clock.wallMs())
  const id = ids.timed(wallMs)
  const slash = name.indexOf('/')
  const kind = name.slice(0, slash)
  const version = Number(name.slice(slash + 1))
  const header = { seq, id, kind, version, wallMs, monotonicMs: clock.monotonicMs(), boot: identity.boot }
  const bytes = Buffer.from(JSON.stringify(body({ seq, id, wallMs })))
  if (bytes.length > EVENT_BYTES_MAX) throw new RangeError(`an event of ${bytes.length} bytes`)
  const hash = chainHash(last?.hash ?? chainSeed(identity), encodeHeader(header), bytes)
  insertEvent(writer, header, bytes, hash)
  return { seq, id, wallMs }
}

/** An event that central kept for this file and that comes back: the very bytes. null: it does not follow on the last one here. */
export function appendOwnEvent(writer: Writer, identity: Identity, header: EventHeader, body: Uint8Array): AppendedEvent | null {
  const last = lastEvent(writer)
  if (header.seq !== (last?.seq ?? 0) + 1) return null
  insertEvent(writer, header, body, chainHash(last?.hash ?? chainSeed(identity), encodeHeader(header), body))
  return { seq: header.seq, id: header.id, wallMs: header.wallMs }
}

function insertEvent(writer: Writer, header: EventHeader, body: Uint8Array, hash: Uint8Array): void {
  writer.run(
    'INSERT INTO outbox (seq, id, kind, version, body, wall_ms, monotonic_ms, boot, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    header.seq, header.id, header.kind, header.version, body, header.wallMs, header.monotonicMs, header.boot, hash,
  )
}

/** null: no such event is here (any more). */
export function hashOfEvent(reader: Reader, seq: number): Uint8Array | null {
  return reader.get<{ hash: Uint8Array }>('SELECT hash FROM outbox WHERE seq = ?', seq)?.hash ?? null
}

export function lastEvent(reader: Reader): { seq: number; hash: Uint8Array } | undefined {
  return reader.get<{ seq: number; hash: Uint8Array }>('SELECT seq, hash FROM outbox ORDER BY seq DESC LIMIT 1')
}

/** 0: there is none. */
export function lastSeq(reader: Reader): number {
  return reader.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM outbox')?.seq ?? 0
}

/** Twice in every round, and mostly there is none. */
export function hasUnsent(reader: Reader): boolean {
  return reader.get('SELECT 1 FROM outbox WHERE seq > (SELECT max(acknowledged_seq, told_seq) FROM sync_state) LIMIT 1') !== undefined
}

/** Events after `seq`, oldest first, until the count or the bytes are reached; at least one where there is one. */
export function eventsAfter(reader: Reader, seq: number, limits: { countMax: number; bytesMax: number }): StoredEvent[] {
  const rows = reader.all<StoredEvent>(
    `SELECT seq, id, kind, version, wall_ms AS wallMs, monotonic_ms AS monotonicMs, boot, body, hash
     FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?`,
    seq, limits.countMax,
  )
  let bytes = 0
  const end = rows.findIndex((row, index) => {
    bytes += row.body.length + encodeHeader(row).length + 2
    return index > 0 && bytes > limits.bytesMax
  })
  return end === -1 ? rows : rows.slice(0, end)
}

export interface OutboxState {
  /** Events that central has not yet acknowledged. */
  depth: number
  oldestWallMs: number | null
}

export function outboxState(reader: Reader): OutboxState {
  const row = reader.get<{ depth: number; oldest: number | null }>(
    `SELECT (SELECT coalesce(max(seq), 0) FROM outbox) - acknowledged_seq AS depth,
            (SELECT wall_ms FROM outbox WHERE seq = acknowledged_seq + 1) AS oldest
     FROM sync_state`,
  )
  return { depth: Math.max(0, row?.depth ?? 0), oldestWallMs: row?.oldest ?? null }
}

export function chainSeed(identity: Pick<Identity, 'station' | 'incarnation'>): Uint8Array {
  return createHash('sha256').update(chainSeedText(identity.station, identity.incarnation)).digest()
}

function chainHash(previous: Uint8Array, header: string, body: Uint8Array): Uint8Array {
  return createHash('sha256').update(previous).update(header).update('\n').update(body).digest()
}
