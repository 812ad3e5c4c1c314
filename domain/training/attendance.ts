// Who is let into a training, as staff at the door judge it: early, late, with a place or as a walk-in. People with a place keep
// it until the grace is over; then whoever stands there may have what nobody came for.

/** Attendance begins so long before the start. */
export const DOOR_OPENS_MS = 60 * 60_000
/** What a training's own staff set for its door. */
export interface DoorRules {
  /** Who comes so many minutes after the start, or sooner, is in time; from then on places of those who did not come are given to whoever is there. */
  lateMinutes: number
  /** Whoever has no place may have one that is free. */
  walkIns: boolean
}

/** Where nobody has set anything else. */
export const DOOR_RULES: Readonly<DoorRules> = { lateMinutes: 15, walkIns: true }
const MINUTE_MS = 60_000

export function lateAfterMs({ startsAtMs, lateMinutes }: Pick<DoorRules, 'lateMinutes'> & { startsAtMs: number }): number {
  return startsAtMs + lateMinutes * MINUTE_MS
}

export interface Arrival extends DoorRules {
  nowMs: number
  startsAtMs: number
  endsAtMs: number
  capacity: number
  isCancelled: boolean
  /** He has a place, as far as is known here. */
  hasSeat: boolean
  /** Who have come so far. */
  attended: number
  /** Who have a place and have not come, and others who were offered one and may still say yes. */
  expected: number
}

export type ArrivalVerdict = { verdict: 'let_in'; late: boolean; walkIn: boolean } | { verdict: 'refused'; why: 'too_early' | 'too_late' | 'full' | 'no_walk_ins' | 'cancelled' }

/** So long after the end staff may still enter who was there: a list on paper, somebody without his card. */
export const ENTERED_AFTER_DAYS = 7
const DAY_MS = 86_400_000

/** Who was there, as staff enter it when it is over: whether he was late nobody can say any more. */
export function judgeAfterwards({ nowMs, endsAtMs, capacity, isCancelled, hasSeat, attended, walkIns }: Arrival): ArrivalVerdict {
  if (isCancelled) return { verdict: 'refused', why: 'cancelled' }
  if (nowMs < endsAtMs) return { verdict: 'refused', why: 'too_early' }
  if (nowMs >= endsAtMs + ENTERED_AFTER_DAYS * DAY_MS) return { verdict: 'refused', why: 'too_late' }
  if (!hasSeat && !walkIns) return { verdict: 'refused', why: 'no_walk_ins' }
  if (!hasSeat && attended >= capacity) return { verdict: 'refused', why: 'full' }
  return { verdict: 'let_in', late: false, walkIn: !hasSeat }
}

export function judgeArrival(arrival: Arrival): ArrivalVerdict {
  const { nowMs, startsAtMs, endsAtMs, capacity, hasSeat, attended, expected } = arrival
  if (arrival.isCancelled) return { verdict: 'refused', why: 'cancelled' }
  if (nowMs < startsAtMs - DOOR_OPENS_MS) return { verdict: 'refused', why: 'too_early' }
  if (nowMs >= endsAtMs) return { verdict: 'refused', why: 'too_late' }
  if (!hasSeat && !arrival.walkIns) return { verdict: 'refused', why: 'no_walk_ins' }
  const late = nowMs > lateAfterMs(arrival)
  if (hasSeat && !late) return { verdict: 'let_in', late, walkIn: false }
  const reserved = late ? 0 : expected
  if (attended + reserved >= capacity) return { verdict: 'refused', why: 'full' }
  return { verdict: 'let_in', late, walkIn: !hasSeat }
}
