import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilOfDay, dayOf, dayOfCivil, dayOfTypedDate, dayStartMs, periodStartDay } from '../../domain/calendar.ts'

const DAY_MS = 86_400_000
const dayByDate = (year: number, month: number, dayOfMonth: number): number => Date.UTC(year, month - 1, dayOfMonth) / DAY_MS
const FIRST_DAY = dayByDate(1900, 1, 1)
const LAST_DAY = dayByDate(2200, 12, 31)

const anyDay = fc.integer({ min: FIRST_DAY, max: LAST_DAY })
const anyOffset = fc.integer({ min: -840, max: 840 })

test('every day of three centuries has the date that the computer’s own calendar gives it, and comes back from it', () => {
  const wrong: number[] = []
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) {
    const date = new Date(day * DAY_MS)
    const civil = civilOfDay(day)
    const same = civil.year === date.getUTCFullYear() && civil.month === date.getUTCMonth() + 1 && civil.dayOfMonth === date.getUTCDate()
    if (!same || dayOfCivil(civil) !== day) wrong.push(day)
  }
  expect(wrong).toEqual([])
})

test('a moment lies in the local day that has begun and has not ended', () => {
  fc.assert(
    fc.property(fc.integer({ min: FIRST_DAY * DAY_MS, max: LAST_DAY * DAY_MS }), anyOffset, (wallMs, offset) => {
      const day = dayOf(wallMs, offset)
      const startMs = dayStartMs(day, offset)
      expect({ begun: startMs <= wallMs, ended: wallMs >= startMs + DAY_MS, day: dayOf(startMs, offset) }).toEqual({ begun: true, ended: false, day })
    }),
  )
})

test('in China a day begins at 16:00 UTC of the day before', () => {
  const newYear = dayByDate(2027, 1, 1)
  expect({
    start: new Date(dayStartMs(newYear, 480)).toISOString(),
    justBefore: dayOf(Date.UTC(2026, 11, 31, 15, 59, 59, 999), 480),
    begins: dayOf(Date.UTC(2026, 11, 31, 16), 480),
  }).toEqual({ start: '2026-12-31T16:00:00.000Z', justBefore: newYear - 1, begins: newYear })
})

test('a period begins on the Monday, the first of the month, or the first of January or July, that is not after the day', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const date = new Date(day * DAY_MS)
      const year = date.getUTCFullYear()
      const month = date.getUTCMonth() + 1
      expect({
        day: periodStartDay('day', day),
        week: periodStartDay('week', day),
        month: periodStartDay('month', day),
        halfyear: periodStartDay('halfyear', day),
      }).toEqual({
        day,
        week: day - ((date.getUTCDay() + 6) % 7),
        month: dayByDate(year, month, 1),
        halfyear: dayByDate(year, month <= 6 ? 1 : 7, 1),
      })
    }),
  )
})

test('the days at the edges of periods belong to the right one', () => {
  expect({
    lastOfJune: periodStartDay('halfyear', dayByDate(2026, 6, 30)),
    firstOfJuly: periodStartDay('halfyear', dayByDate(2026, 7, 1)),
    leapDay: periodStartDay('month', dayByDate(2028, 2, 29)),
    sunday: periodStartDay('week', dayByDate(2026, 11, 22)),
    monday: periodStartDay('week', dayByDate(2026, 11, 23)),
    weekOverNewYear: periodStartDay('week', dayByDate(2027, 1, 1)),
  }).toEqual({
    lastOfJune: dayByDate(2026, 1, 1),
    firstOfJuly: dayByDate(2026, 7, 1),
    leapDay: dayByDate(2028, 2, 1),
    sunday: dayByDate(2026, 11, 16),
    monday: dayByDate(2026, 11, 23),
    weekOverNewYear: dayByDate(2026, 12, 28),
  })
})

test('a typed date is a day exactly when the calendar has it, between 1970 and 2200', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1960, max: 2210 }), fc.integer({ min: -1, max: 14 }), fc.integer({ min: -1, max: 33 }), (year, month, dayOfMonth) => {
      const date = new Date(Date.UTC(year, month - 1, dayOfMonth))
      const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth
      expect(dayOfTypedDate(year, month, dayOfMonth)).toBe(exists && year >= 1970 && year <= 2200 ? date.getTime() / DAY_MS : null)
    }),
    { numRuns: 500 },
  )
})

test('a leap day is taken in leap years only, and what is no whole number is no date', () => {
  expect([
    dayOfTypedDate(2028, 2, 29), dayOfTypedDate(2027, 2, 29), dayOfTypedDate(2100, 2, 29), dayOfTypedDate(2000, 2, 29),
    dayOfTypedDate(2027, 1.5, 1), dayOfTypedDate(Number.NaN, 1, 1), dayOfTypedDate(2027, Number.POSITIVE_INFINITY, 1), dayOfTypedDate(2027, 1e300, 1),
  ]).toEqual([dayByDate(2028, 2, 29), null, null, dayByDate(2000, 2, 29), null, null, null, null])
})
