import { expect, test } from 'vitest'
import { isBackupDue } from '../../../central/backups/backup-due.ts'

const URUMQI = 480
/** 03:00 in the morning there. */
const NIGHT_MS = Date.UTC(2026, 10, 20, 19)
const HOUR_MS = 3_600_000

test('a backup is due once a night, at three in the morning there or as soon after as central runs', () => {
  const due = (hours: number, lastHours: number | null): boolean => isBackupDue(NIGHT_MS + hours * HOUR_MS, lastHours === null ? null : NIGHT_MS + lastHours * HOUR_MS, URUMQI)
  expect([due(-1, -20), due(0, -20), due(1, 0.1), due(23, 0.1), due(24, 0.1), due(12, -30), due(5, null)]).toEqual([false, true, false, false, true, true, true])
})

test('a clock that was set back does not end the backups', () => {
  expect(isBackupDue(NIGHT_MS, NIGHT_MS + 400 * 24 * HOUR_MS, URUMQI)).toBe(true)
})
