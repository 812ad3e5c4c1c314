// A session and a knock as plain data, and how long they may stand. Who has them is desk/session-book's.

import type { PassBody } from '../../contract/pass/pass-code.ts'
import type { CheckIn } from '../acts/check-in.ts'
import type { AttendanceOutcome } from '../../contract/kiosk/training-view.ts'

export interface OpenSession {
  id: string
  pass: PassBody
  openedAtMs: number
  /** Monotonic; the backstop for a screen that never says that nobody is there. */
  touchedAtMs: number
  /** A rider who has his goods: the next one need not ask. */
  settled: boolean
  /** Staff: the PIN was right. */
  signedIn: boolean
  /** Staff take attendance: a rider's pass is no knock. */
  attendance: { training: string; last: AttendanceOutcome | null } | null
  /** A rider: what central was asked for his points, and what it said. Gone with the session. */
  asking: PointsAsking
  visit: CheckIn
}

export interface PointsAsking {
  /** Monotonic; null: not asked yet. */
  askedAtMs: number | null
  /** Where the rest lies; null: no answer yet. */
  elsewhere: Elsewhere | null
  /** Something could not be lent for now: it is worth asking again. */
  withheld: boolean
  /** The most that was seen to lie at central since it was asked last. */
  atCentral: number
}

export type Elsewhere = { name: { zh: string; en: string }; points: number; heardAtMs: number | null }[]

export interface Knock {
  number: number
  pass: PassBody
  atMs: number
}

/** Longer than any timer of the screen, slow mode included. */
export const SESSION_IDLE_MS_MAX = 5 * 60_000
/** As long as the rider stands here and something of his lies elsewhere, the recall is kept alive. */
export const ASK_AGAIN_MS = 40_000
/** An unanswered knock is forgotten. */
export const KNOCK_MS_MAX = 30_000
