// What every answer to a station needs from outside: the store, the clock, central's key and the log of bans that lie outside
// the store, a place for what staff should read and one for what is counted, what the process keeps in mind. Its only randomness are new keys of persons.

import { type IncarnationState, RECALL_MS_MAX, type SyncError } from '../../contract/sync/sync-protocol.ts'
import type { OutsideLog } from '../keys/outside-log.ts'
import type { SealingKeys } from '../keys/sealing-keys.ts'
import type { PassSigner } from '../passes.ts'
import type { PeopleIndex } from '../people/person-words.ts'
import type { Signer } from '../keys/signer.ts'
import type { CentralStore } from '../store/central-store.ts'
import type { MirrorReader } from '../store/mirror-changes.ts'
import type { ProcessMemory } from './process-memory.ts'
import type { RefusalDetail, SyncCounters } from './sync-counters.ts'

export interface SyncContext {
  store: CentralStore
  nowMs(): number
  signer: Signer
  outside: OutsideLog
  /** Opens what stations have sealed. */
  sealing: SealingKeys
  /** 32 random bytes: for a person of whom nothing was kept yet. */
  newPersonKey(): Uint8Array
  /** Finds a person again by what he said, and by nothing that is in the database. */
  index: PeopleIndex
  /** Throws where there is no such key to issue with. */
  signPass: PassSigner
  /** For the log; says nothing of a person. */
  notice(notice: SyncNotice): void
  /** For the metrics; says nothing of a station. */
  counters: SyncCounters
  memory: ProcessMemory
}

export type SyncNotice =
  /** A station came with a new file: the slices that its earlier files hold are out of reach until those come back or staff write them off. */
  | { notice: 'station_began_anew'; station: string; incarnation: string; state: IncarnationState; strandedRiders: number; strandedPoints: number }
  /** Nobody had said so, and this station knows more of central than central itself: it recovers from now on. */
  | { notice: 'central_was_restored'; station: string; incarnation: string }
  /** It joined after the day to which central was restored, and showed its certificate. */
  | { notice: 'station_known_again'; station: string; incarnation: string }

export interface KnownStation {
  station: string
  district: string
  number: number
}

export type SyncResult<Answer> = { ok: true; answer: Answer } | { ok: false; error: SyncError['error']; detail?: RefusalDetail }

/** Entries that a station mirrors. */
const ENTRIES_DAYS = 200
/** After a training is over. */
const TRAININGS_DAYS = 90
const DAY_MS = 86_400_000

/** Who reads, and from when on what is told is not too old. */
export function mirrorReader(reader: Pick<MirrorReader, 'station' | 'district' | 'incarnation' | 'includedSeq'>, nowMs: number): MirrorReader {
  return { ...reader, entriesSinceMs: entriesSince(nowMs), recallsSinceMs: Math.max(0, nowMs - RECALL_MS_MAX), trainingsSinceMs: trainingsSince(nowMs) }
}

export function trainingsSince(nowMs: number): number {
  return Math.max(0, nowMs - TRAININGS_DAYS * DAY_MS)
}

export function entriesSince(nowMs: number): number {
  return Math.max(0, nowMs - ENTRIES_DAYS * DAY_MS)
}
