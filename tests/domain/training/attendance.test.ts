// Who may be entered when a training is over: whoever had a place, and others while there were places; not before, not long after.

import { expect, test } from 'vitest'
import { type Arrival, ENTERED_AFTER_DAYS, judgeAfterwards } from '../../../domain/training/attendance.ts'

const DAY_MS = 86_400_000
const over: Arrival = { nowMs: 10 * DAY_MS, startsAtMs: 10 * DAY_MS - 7_200_000, endsAtMs: 10 * DAY_MS, capacity: 2, isCancelled: false, hasSeat: true, attended: 0, expected: 2 }
const judged = (more: Partial<Arrival>): unknown => {
  const verdict = judgeAfterwards({ ...over, ...more })
  return verdict.verdict === 'refused' ? verdict.why : verdict.walkIn ? 'walk_in' : 'in'
}

test('who had a place is entered; others while those who came leave one, whoever was expected', () => {
  expect([judged({}), judged({ attended: 2 }), judged({ hasSeat: false, attended: 1 }), judged({ hasSeat: false, attended: 2 })]).toEqual(['in', 'in', 'walk_in', 'full'])
})

test('not before its end, not when it was cancelled, and for so many days', () => {
  const last = over.endsAtMs + ENTERED_AFTER_DAYS * DAY_MS
  expect([judged({ nowMs: over.endsAtMs - 1 }), judged({ nowMs: last - 1 }), judged({ nowMs: last }), judged({ isCancelled: true })]).toEqual(['too_early', 'in', 'too_late', 'cancelled'])
})
