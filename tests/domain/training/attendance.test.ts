// Who is let in at the door, by the training's own rules; and who may be entered when it is over: whoever had a place, and others
// while there were places; not before, not long after.

import { expect, test } from 'vitest'
import { type Arrival, DOOR_RULES, ENTERED_AFTER_DAYS, judgeAfterwards, judgeArrival } from '../../../domain/training/attendance.ts'

const DAY_MS = 86_400_000
const over: Arrival = { nowMs: 10 * DAY_MS, startsAtMs: 10 * DAY_MS - 7_200_000, endsAtMs: 10 * DAY_MS, capacity: 2, isCancelled: false, hasSeat: true, attended: 0, expected: 2, ...DOOR_RULES }
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

const STARTS_MS = 20 * DAY_MS
const atTheDoor = (minutes: number, more: Partial<Arrival>): unknown => {
  const verdict = judgeArrival({ ...over, startsAtMs: STARTS_MS, endsAtMs: STARTS_MS + 7_200_000, nowMs: STARTS_MS + minutes * 60_000, ...more })
  return verdict.verdict === 'refused' ? verdict.why : `${verdict.walkIn ? 'walk_in' : 'in'}${verdict.late ? ' late' : ''}`
}

test('each training says how late is late, and until when places are kept for who signed up', () => {
  const forEverybody = [atTheDoor(15, {}), atTheDoor(16, {}), atTheDoor(15, { hasSeat: false }), atTheDoor(16, { hasSeat: false })]
  expect(forEverybody).toEqual(['in', 'in late', 'full', 'walk_in late'])
  const patient = { lateMinutes: 30 }
  expect([atTheDoor(30, patient), atTheDoor(31, patient), atTheDoor(30, { ...patient, hasSeat: false })]).toEqual(['in', 'in late', 'full'])
  expect([atTheDoor(0, { lateMinutes: 0 }), atTheDoor(1, { lateMinutes: 0 })]).toEqual(['in', 'in late'])
})

test('one without walk-ins lets in who has a place, late too, and nobody else, whatever is free; afterwards too', () => {
  const listed = { walkIns: false, expected: 0 }
  expect([atTheDoor(0, listed), atTheDoor(90, listed), atTheDoor(0, { ...listed, hasSeat: false }), atTheDoor(90, { ...listed, hasSeat: false })]).toEqual(['in', 'in late', 'no_walk_ins', 'no_walk_ins'])
  expect([judged({ walkIns: false }), judged({ walkIns: false, hasSeat: false })]).toEqual(['in', 'no_walk_ins'])
})
