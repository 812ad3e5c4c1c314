// A session and a knock as plain data, and how long they may stand. Who has them is desk/session-book's.

import type { PassBody } from '../../contract/pass/pass-code.ts'

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
  /** A rider: central was asked for his points. */
  pointsAsked: boolean
  visit: { atMs: number; visitToday: number }
}

export interface Knock {
  number: number
  pass: PassBody
  atMs: number
}

/** Longer than any timer of the screen, slow mode included. */
export const SESSION_IDLE_MS_MAX = 5 * 60_000
/** An unanswered knock is forgotten. */
export const KNOCK_MS_MAX = 30_000
