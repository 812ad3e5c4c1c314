// When the embedded central backs itself up: once a night. Pure.

const DAY_MS = 86_400_000
/** Three in the morning: nobody is at a counter. */
const NIGHT_HOUR_MS = 3 * 3_600_000

/** Whether a night has begun since the last one began. */
export function isBackupDue(nowMs: number, lastMs: number | null, utcOffsetMinutes: number): boolean {
  const localMs = nowMs + utcOffsetMinutes * 60_000 - NIGHT_HOUR_MS
  const nightBeganMs = nowMs - (((localMs % DAY_MS) + DAY_MS) % DAY_MS)
  // A clock that was set back must not end the backups.
  return lastMs === null || lastMs < nightBeganMs || lastMs > nowMs
}
