// What a door of the office is answered with: who asks, in which transaction, at which moment; and how an act leaves its line in
// the audit trail, in that same transaction.

import type { ConsoleDoor, OfficeAnswer, OfficeRefusal, OfficeRole } from '../../contract/console/console-door.ts'
import type { ActedValues, OfficeAct } from '../../contract/console/audit-trail.ts'
import type { OutsideLog } from '../keys/outside-log.ts'
import type { OfficeBox } from '../keys/office-box.ts'
import type { PassKeys } from '../keys/pass-key-file.ts'
import type { Queryable } from '../store/database.ts'

export interface SignedIn {
  account: string
  session: string
  name: string
  role: OfficeRole
  district: string
  station: string | null
  partner: string | null
}

/** What lies outside the database. */
export interface OfficeKeys {
  box: OfficeBox
  passKeys: PassKeys
}

export interface NotedAct {
  act: OfficeAct
  /** The kind of row it was done to, and its key. */
  kind: string
  row: string
  /** Nothing personal. */
  before?: ActedValues
  after?: ActedValues
}

export interface OfficeMoment {
  sql: Queryable
  who: SignedIn
  nowMs: number
  keys: OfficeKeys
  /** What must not be undone by a backup. */
  outside: Pick<OutsideLog, 'append'>
  /** Where people find central, without a slash at its end. */
  centralUrl: string
  newId(): string
  note(act: NotedAct): Promise<void>
}

export interface ServedDoor {
  door: ConsoleDoor
  /** `snapshot`: it reads. `write`: it acts, and refuses before it has written anything. */
  mode: 'snapshot' | 'write'
  answer(moment: OfficeMoment, asked: unknown): Promise<OfficeAnswer<unknown>>
}

type Answering<Asked, Answer> = (moment: OfficeMoment, asked: Asked) => Promise<OfficeAnswer<Answer>>

/** A door that is asked something. */
export function reads<Asked, Answer>(door: ConsoleDoor<string, Asked, Answer>, answer: Answering<NoInfer<Asked>, NoInfer<Answer>>): ServedDoor {
  return { door, mode: 'snapshot', answer }
}

/** A door by which something is done. */
export function acts<Asked, Answer>(door: ConsoleDoor<string, Asked, Answer>, answer: Answering<NoInfer<Asked>, NoInfer<Answer>>): ServedDoor {
  return { door, mode: 'write', answer }
}

export function answered<Answer>(answer: Answer): { ok: true; answer: Answer } {
  return { ok: true, answer }
}

export function refuse(error: OfficeRefusal): { ok: false; error: OfficeRefusal } {
  return { ok: false, error }
}
