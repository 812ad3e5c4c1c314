import { expect, test } from 'vitest'
import { checkNothingLentInRecovery } from './nothing-lent-in-recovery.ts'
import { rowWhere, soundEvidence } from './sound-evidence.ts'

test('a grant that was booked again with the fact of its receipt is none', () => {
  expect(checkNothingLentInRecovery(soundEvidence())).toEqual([])
})

test('points lent while a station is missing are found; after the last one is back they are not', () => {
  const evidence = soundEvidence()
  const grant = rowWhere(evidence.central['grants'], 'grant_id', 'grant-1')
  const found = (atMs: number): number => {
    grant['granted_at_ms'] = atMs
    return checkNothingLentInRecovery(evidence).length
  }
  expect([found(999), found(1_499), found(2_001)]).toEqual([0, 1, 0])
  rowWhere(evidence.central['recovery_waits'], 'back_at_ms', 2_000)['back_at_ms'] = null
  expect(found(2_001)).toBe(1)
})
