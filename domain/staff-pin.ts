// How wrong PINs slow a guesser down. The count survives a restart (the caller keeps it), or pulling the plug would reset it.

export interface PinAttempts {
  wrong: number
  lockedUntilMs: number
}

export const PIN_PATTERN = /^\d{6}$/
export const WRONG_BEFORE_LOCK = 5
const FIRST_LOCK_MS = 60_000
const LONGEST_LOCK_MS = 3_600_000

/** Whether an attempt may be made now. A pause that ends later than the longest there is was set by a clock that ran ahead. */
export function mayTryPin(attempts: PinAttempts, nowMs: number): boolean {
  return nowMs >= attempts.lockedUntilMs || attempts.lockedUntilMs - nowMs > LONGEST_LOCK_MS
}

/** After every fifth wrong PIN in a row: a minute, then two, four … an hour. */
export function afterWrongPin(attempts: PinAttempts, nowMs: number): PinAttempts {
  const wrong = attempts.wrong + 1
  if (wrong % WRONG_BEFORE_LOCK !== 0) return { wrong, lockedUntilMs: Math.min(attempts.lockedUntilMs, nowMs) }
  const rounds = wrong / WRONG_BEFORE_LOCK - 1
  return { wrong, lockedUntilMs: nowMs + Math.min(FIRST_LOCK_MS * 2 ** rounds, LONGEST_LOCK_MS) }
}
