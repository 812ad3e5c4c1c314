// What every act of a handed-over phone has: the session it is asked in, the transaction, and how the kiosk hears of it.

import type { AnswerOf, AskedOf, PhoneAnswer, PhoneDoor, PhoneRefusal } from '../../contract/phone/phone-doors.ts'
import type { Queryable } from '../store/database.ts'
import { type HandOffRow, markReceived, wakeStation } from '../store/hand-offs.ts'
import type { SyncContext } from '../sync/sync-context.ts'

export interface PhoneMoment {
  sql: Queryable
  context: SyncContext
  handOff: HandOffRow
  nowMs: number
  newId(): string
  randomBytes(count: number): Uint8Array
}

export interface PhoneAct {
  door: PhoneDoor
  answer(moment: PhoneMoment, asked: unknown): Promise<PhoneAnswer<unknown>>
}

export const OFFICIAL_UTC_OFFSET_MINUTES = 480

export function act<Door extends PhoneDoor>(door: Door, answer: (moment: PhoneMoment, asked: AskedOf<Door>) => Promise<PhoneAnswer<AnswerOf<Door>>>): PhoneAct {
  return { door, answer: (moment, asked) => answer(moment, asked as AskedOf<Door>) }
}

export const refuse = (error: PhoneRefusal): { ok: false; error: PhoneRefusal } => ({ ok: false, error })

/** What the kiosk waits for has arrived: it hears so with the commit. */
export async function received({ sql, handOff, nowMs }: PhoneMoment, registered: string | null): Promise<void> {
  await markReceived(sql, handOff.id, registered, nowMs)
  await wakeStation(sql, handOff)
}

export function riderOf({ rider }: HandOffRow): string {
  if (rider === null) throw new Error('a session without a rider asks only what needs none')
  return rider
}
