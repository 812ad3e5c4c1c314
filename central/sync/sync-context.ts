// What every answer to a station needs from outside: the database and the clock. Nothing else; no randomness.

import type { Database } from '../store/database.ts'
import type { SyncError } from '../../contract/sync/sync-protocol.ts'

export interface SyncContext {
  database: Database
  nowMs(): number
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
