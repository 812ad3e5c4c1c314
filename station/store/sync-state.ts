// The one row that says how this file stands with central: how far each has got, under which history, whether the file is
// fenced. Read by whoever spends and whoever sends; written in the transaction of the answer that says so.

import type { Cursor, IncarnationState } from '../../contract/sync/sync-protocol.ts'
import { type Fence, judgeFence } from '../../domain/fence.ts'
import type { Reader, StationDatabase, Writer } from './database.ts'
import { lastSeq } from './outbox.ts'

export interface SyncState {
  history: string | null
  cursorNumber: number
  acknowledgedSeq: number
  acknowledgedHistory: string | null
  highestAcknowledgedSeq: number
  toldSeq: number
  backedUpSeq: number
  fence: Fence | null
  mustReachSeq: number | null
  markerSeq: number | null
  markerHash: Uint8Array | null
  incarnationState: IncarnationState | null
  recovering: number
  helloBoot: number | null
  helloAtMs: number | null
  clockOffsetMs: number | null
}

export function syncState(reader: Reader): SyncState {
  const state = reader.get<SyncState>(
    `SELECT history, cursor_number AS cursorNumber, acknowledged_seq AS acknowledgedSeq, acknowledged_history AS acknowledgedHistory,
            highest_acknowledged_seq AS highestAcknowledgedSeq, told_seq AS toldSeq, backed_up_seq AS backedUpSeq, fence, must_reach_seq AS mustReachSeq,
            marker_seq AS markerSeq, marker_hash AS markerHash, incarnation_state AS incarnationState, recovering, hello_boot AS helloBoot,
            hello_at_ms AS helloAtMs, clock_offset_ms AS clockOffsetMs
     FROM sync_state`,
  )
  if (state === undefined) throw new Error('a station file without its sync state')
  return state
}

/** What a round asks in passing, when nothing has happened: one column costs a third of all. */
export function incarnationState(reader: Reader): IncarnationState | null {
  return reader.get<{ state: IncarnationState | null }>('SELECT incarnation_state AS state FROM sync_state')?.state ?? null
}

/** The day of central's calendar on which standing allowances were asked for last. */
export function renewedDay(reader: Reader): number | null {
  return reader.get<{ day: number | null }>('SELECT renewed_day AS day FROM sync_state')?.day ?? null
}

export function currentCursor(reader: Reader): Cursor | null {
  return reader.get<Cursor>('SELECT history, cursor_number AS number FROM sync_state WHERE history IS NOT NULL') ?? null
}

export function acknowledgedSeq(reader: Reader): number {
  return syncState(reader).acknowledgedSeq
}

/** Central has everything up to it, or (in quarantine) has been told it. */
export function sentSeq(reader: Reader): number {
  return reader.get<{ seq: number }>('SELECT max(acknowledged_seq, told_seq) AS seq FROM sync_state')?.seq ?? 0
}

export interface CentralsWord {
  state: IncarnationState
  lastSeq: number
  backedUpSeq: number
  recovering: boolean
  /** Its last hash is the one here; null: not compared. */
  hashAgrees: boolean | null
  /** Up to there it holds the very events of this file: only hashes that were compared say so. */
  agreedSeq: number
}

/** What central says of this file, with a hello, an answer to a batch and every page. Inside the caller's transaction. Returns
 *  whether central has less than it had acknowledged. */
export function hearCentral(writer: Writer, word: CentralsWord): boolean {
  const own = lastSeq(writer)
  const before = syncState(writer)
  const { fence, mustReachSeq } = judgeFence({ fence: before.fence, ownLastSeq: own, mustReachSeq: before.mustReachSeq, central: word })
  // The station believes central, also where it has less than it had: it sends again from there. That central has more events
  // under this name does not make them this file's: what was never compared is still to be told.
  const acknowledged = Math.min(word.lastSeq, Math.max(before.acknowledgedSeq, word.agreedSeq))
  const changed =
    fence !== before.fence || mustReachSeq !== before.mustReachSeq || acknowledged !== before.acknowledgedSeq || word.backedUpSeq !== before.backedUpSeq ||
    word.state !== before.incarnationState || Number(word.recovering) !== before.recovering
  // Every five seconds nothing has changed: that costs no write.
  if (!changed) return false
  writer.run(
    `UPDATE sync_state SET fence = ?, must_reach_seq = ?, acknowledged_seq = ?, highest_acknowledged_seq = max(highest_acknowledged_seq, ?),
       backed_up_seq = ?, incarnation_state = ?, recovering = ?`,
    fence, mustReachSeq, acknowledged, acknowledged, word.backedUpSeq, word.state, Number(word.recovering),
  )
  return acknowledged < before.acknowledgedSeq
}

/** Written once a minute, not at every round: a station that nothing happens at spares its disk. */
const SYNC_NOTED_EVERY_MS = 60_000

export function markSynced(database: StationDatabase, nowMs: number): void {
  database.write((writer) =>
    writer.run('UPDATE sync_state SET last_sync_ms = ? WHERE last_sync_ms IS NULL OR abs(? - last_sync_ms) >= ?', nowMs, nowMs, SYNC_NOTED_EVERY_MS),
  )
}

/** Within a minute of the truth. */
export function lastSyncMs(reader: Reader): number | null {
  return reader.get<{ lastSyncMs: number | null }>('SELECT last_sync_ms AS lastSyncMs FROM sync_state')?.lastSyncMs ?? null
}
