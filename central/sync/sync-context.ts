// What every answer to a station needs from outside: the store, the clock, a place for what staff should read and one for
// what is counted. Nothing else; no randomness.

import { RECALL_MS_MAX, type SyncError } from '../../contract/sync/sync-protocol.ts'
import type { CentralStore } from '../store/central-store.ts'
import type { MirrorReader } from '../store/mirror-changes.ts'
import type { RefusalDetail, SyncCounters } from './sync-counters.ts'

export interface SyncContext {
  store: CentralStore
  nowMs(): number
  /** For the log; says nothing of a person. */
  notice(notice: SyncNotice): void
  /** For the metrics; says nothing of a station. */
  counters: SyncCounters
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

export type SyncResult<Answer> = { ok: true; answer: Answer } | { ok: false; error: SyncError['error']; detail?: RefusalDetail }

/** Entries that a station mirrors. */
const ENTRIES_DAYS = 200
const DAY_MS = 86_400_000

/** Who reads, and from when on what is told is not too old. */
export function mirrorReader(reader: Pick<MirrorReader, 'station' | 'district' | 'incarnation' | 'includedSeq'>, nowMs: number): MirrorReader {
  return { ...reader, entriesSinceMs: entriesSince(nowMs), recallsSinceMs: Math.max(0, nowMs - RECALL_MS_MAX) }
}

export function entriesSince(nowMs: number): number {
  return Math.max(0, nowMs - ENTRIES_DAYS * DAY_MS)
}
