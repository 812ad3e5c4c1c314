// What the operator's acts need from outside, and how an act answers: done, or one of a closed list.

import type { OutsideLog, OutsideRecord } from '../keys/outside-log.ts'
import type { CentralStore, StoreTransaction } from '../store/central-store.ts'

export interface OperatorContext {
  store: CentralStore
  nowMs(): number
  outside: OutsideLog
  /** A random UUID. */
  newId(): string
  randomBytes(count: number): Uint8Array
  /** For the log; says nothing of a person. */
  notice(act: string, subject: Readonly<Record<string, unknown>>): void
}

export const ACT_REFUSALS = [
  'unknown_station', 'unknown_district', 'unknown_incarnation', 'unknown_event', 'unknown_staff', 'unknown_backup', 'same_staff', 'number_taken', 'station_revoked',
  'not_waiting', 'nothing_held', 'nothing_to_accept', 'already_accepted',
] as const
export type ActRefusal = (typeof ACT_REFUSALS)[number]

export type ActOutcome<Answer> =
  /** `outside`: what a restore must not undo. */
  | { ok: true; answer: Answer; outside?: OutsideRecord }
  | { ok: false; error: ActRefusal; outside?: OutsideRecord }

export interface ActMoment {
  transaction: StoreTransaction
  nowMs: number
  context: Pick<OperatorContext, 'newId' | 'randomBytes' | 'outside'>
}

export function refuse(error: ActRefusal): { ok: false; error: ActRefusal } {
  return { ok: false, error }
}
