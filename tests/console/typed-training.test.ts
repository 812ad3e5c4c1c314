// A training in a form's fields: there and back it is the same; and where somebody else was quicker, nothing that was typed is lost.

import { expect, test } from 'vitest'
import { enteredOf, mergeTyped, taken, timesOf, type TypedTraining, typedOf } from '../../console/parts/typed-training.ts'
import type { TrainingEntered } from '../../contract/console/trainings.ts'

const URUMQI = 480
const STARTS_MS = Date.UTC(2026, 10, 30, 6)
const form: TrainingEntered = {
  topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '二楼', en: '二楼' }, host: '0190b5a2-0000-7000-8000-0000000000a1', startsAtMs: STARTS_MS, endsAtMs: STARTS_MS + 7_200_000, capacity: 20, points: 10,
  certificateMonths: null, audience: { platforms: ['meituan', 'jd'], stations: [], groups: ['red_cross'] }, closingMinutes: 60, answerMinutes: 720, lateMinutes: 15, walkIns: true,
}
const typed = typedOf(form, URUMQI)

test('what central keeps stands in the fields by the district’s clock, and is the same on its way back', () => {
  expect(typed).toMatchObject({ day: '2026-11-30', from: '14:00', to: '16:00', certificate: '', placeEn: '' })
  expect(enteredOf(typed, URUMQI)).toEqual({ ...form, place: { zh: '二楼', en: '' } })
  expect(timesOf({ day: '2026-11-30', from: '22:00', to: '00:30' }, URUMQI)).toEqual({ startsAtMs: STARTS_MS + 8 * 3_600_000, endsAtMs: STARTS_MS + 10.5 * 3_600_000 })
})

test('a field that is empty, or a day that there is not, sends nothing', () => {
  const without: Partial<TypedTraining>[] = [{ titleZh: ' ' }, { placeZh: '' }, { host: '' }, { capacity: '' }, { day: '' }, { from: '' }, { to: '25:00' }, { day: '2026-13-01' }]
  expect(without.map((more) => enteredOf({ ...typed, ...more }, URUMQI))).toEqual(without.map(() => null))
})

test('what he has not touched follows the others; what both changed stays his until he takes theirs; the same change is no news', () => {
  const his: TypedTraining = { ...typed, titleZh: '我的标题', capacity: '25', platforms: [] }
  const now: TypedTraining = { ...typed, titleZh: '他们的标题', placeZh: '三楼', capacity: '25', groups: [] }
  const { merged, theirs } = mergeTyped(typed, his, now)
  expect(merged).toEqual({ ...his, placeZh: '三楼', groups: [] })
  expect(theirs).toEqual([{ field: 'titleZh', isClash: true }, { field: 'placeZh', isClash: false }, { field: 'groups', isClash: false }])
  expect(taken(merged, now, 'titleZh').titleZh).toBe('他们的标题')
  // Once more, from where it was merged: only what is new.
  expect(mergeTyped(now, merged, { ...now, points: '50' }).theirs).toEqual([{ field: 'points', isClash: false }])
})

test('rules of the door are fields like the others: what one changed follows, what both changed is a clash', () => {
  const theirs = typedOf({ ...form, lateMinutes: 30, walkIns: false }, URUMQI)
  expect([enteredOf(theirs, URUMQI)?.lateMinutes, enteredOf(theirs, URUMQI)?.walkIns, enteredOf({ ...theirs, late: '' }, URUMQI)]).toEqual([30, false, null])
  const { merged, theirs: told } = mergeTyped(typed, { ...typed, late: '5' }, theirs)
  expect([merged.late, merged.walkIns, told]).toEqual(['5', 'no', [{ field: 'late', isClash: true }, { field: 'walkIns', isClash: false }]])
})
