// What every answer to a station needs from outside: the store, the clock, and a place for what staff should read. Nothing
// else; no randomness.

import type { SyncError } from '../../contract/sync/sync-protocol.ts'
import type { CentralStore } from '../store/central-store.ts'

export interface SyncContext {
  store: CentralStore
  nowMs(): number
  /** For the log; says nothing of a person. */
  notice(notice: SyncNotice): void
}

/** A station came with a new file: the slices that its earlier file holds are out of reach until staff write them off. */
export interface SyncNotice {
  notice: 'station_began_anew'
  station: string
  incarnation: string
  strandedRiders: number
  strandedPoints: number
}

export interface KnownStation {
  station: string
  district: string
  number: number
}

export type SyncResult<Answer> = { ok: true; answer: Answer } | { ok: false; error: SyncError['error'] }

/** Entries that a station mirrors. */
const ENTRIES_DAYS = 200
const DAY_MS = 86_400_000

export function entriesSince(nowMs: number): number {
  return Math.max(0, nowMs - ENTRIES_DAYS * DAY_MS)
}
