// Who is let into a training, as staff at the door judge it: early, late, with a place or as a walk-in. People with a place keep
// it until the grace is over; then whoever stands there may have what nobody came for.

/** Attendance begins so long before the start. */
export const DOOR_OPENS_MS = 60 * 60_000
/** Who comes later is late; from then on places of those who did not come are given to whoever is there. */
export const LATE_AFTER_MS = 15 * 60_000

export interface Arrival {
  nowMs: number
  startsAtMs: number
  endsAtMs: number
  capacity: number
  isCancelled: boolean
  /** He has a place, as far as is known here. */
  hasSeat: boolean
  /** Who have come so far. */
  attended: number
  /** Who have a place and have not come. */
  expected: number
}

export type ArrivalVerdict = { verdict: 'let_in'; late: boolean; walkIn: boolean } | { verdict: 'refused'; why: 'too_early' | 'too_late' | 'full' | 'cancelled' }

/** So long after the end staff may still enter who was there: a list on paper, somebody without his card. */
export const ENTERED_AFTER_DAYS = 7
const DAY_MS = 86_400_000

/** Who was there, as staff enter it when it is over: whether he was late nobody can say any more. */
export function judgeAfterwards({ nowMs, endsAtMs, capacity, isCancelled, hasSeat, attended }: Arrival): ArrivalVerdict {
  if (isCancelled) return { verdict: 'refused', why: 'cancelled' }
  if (nowMs < endsAtMs) return { verdict: 'refused', why: 'too_early' }
  if (nowMs >= endsAtMs + ENTERED_AFTER_DAYS * DAY_MS) return { verdict: 'refused', why: 'too_late' }
  if (!hasSeat && attended >= capacity) return { verdict: 'refused', why: 'full' }
  return { verdict: 'let_in', late: false, walkIn: !hasSeat }
}

export function judgeArrival(arrival: Arrival): ArrivalVerdict {
  const { nowMs, startsAtMs, endsAtMs, capacity, hasSeat, attended, expected } = arrival
  if (arrival.isCancelled) return { verdict: 'refused', why: 'cancelled' }
  if (nowMs < startsAtMs - DOOR_OPENS_MS) return { verdict: 'refused', why: 'too_early' }
  if (nowMs >= endsAtMs) return { verdict: 'refused', why: 'too_late' }
  const late = nowMs > startsAtMs + LATE_AFTER_MS
  if (hasSeat && !late) return { verdict: 'let_in', late, walkIn: false }
  const reserved = late ? 0 : expected
  if (attended + reserved >= capacity) return { verdict: 'refused', why: 'full' }
  return { verdict: 'let_in', late, walkIn: !hasSeat }
}
