// The demo's past is pure: the same rider on the same day has the same one, and on no day does it break a rule.

import { assert, constantFrom, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, periodStartDay } from '../../../domain/calendar.ts'
import { DEMO, DEMO_ITEMS, DEMO_RIDERS, UTC_OFFSET_MINUTES } from '../../../central/demo/demo-data.ts'
import { makePast, type PastEntry } from '../../../central/demo/demo-history.ts'

const anyDay = integer({ min: 20_000, max: 25_000 })
const anyRider = constantFrom(...DEMO_RIDERS)

function balanceOf(past: readonly PastEntry[]): number {
  return past.reduce((sum, entry) => sum + entry.points, 0)
}

test('on whatever day the demo begins, 张伟强 has 126 points, 李娜 640 and 肉孜艾力 15', () => {
  assert(
    property(anyDay, (today) => {
      const balances = ['zhang', 'li', 'rouzi'].map((handle) => {
        const rider = DEMO_RIDERS.find((candidate) => candidate.demo === handle)
        return rider === undefined ? Number.NaN : balanceOf(makePast(rider, today))
      })
      expect(balances).toEqual([126, 640, 15])
    }),
    { numRuns: 200 },
  )
})

test('the same rider on the same day has the same past, entry for entry', () => {
  assert(
    property(anyRider, anyDay, (rider, today) => {
      expect(makePast(rider, today)).toEqual(makePast(rider, today))
    }),
    { numRuns: 50 },
  )
})

test('at no moment is a rider below zero, nothing lies in the future, and every entry has its own id', () => {
  assert(
    property(anyRider, anyDay, (rider, today) => {
      let balance = 0
      const days: number[] = []
      const past = makePast(rider, today)
      for (const entry of past) {
        balance += entry.points
        expect(balance).toBeGreaterThanOrEqual(0)
        days.push(dayOf(entry.atMs, UTC_OFFSET_MINUTES))
      }
      expect(days).toEqual(days.toSorted((left, right) => left - right))
      expect(days.every((day) => day < today && day >= today - 180)).toBe(true)
      expect(new Set(past.map((entry) => entry.id)).size).toBe(past.length)
    }),
    { numRuns: 200 },
  )
})

test('what was taken kept every limit then, and leaves every limit free today', () => {
  const items = new Map(DEMO_ITEMS.map((item) => [item.id, item]))
  assert(
    property(anyRider, anyDay, (rider, today) => {
      const had = new Map<string, number>()
      for (const entry of makePast(rider, today)) {
        const day = dayOf(entry.atMs, UTC_OFFSET_MINUTES)
        expect(entry.lines.reduce((sum, line) => sum + line.quantity, 0)).toBeLessThanOrEqual(DEMO.rules.cartUnitsMax)
        for (const line of entry.lines) {
          const item = items.get(line.item)
          expect(line.points).toBe((item?.pricePoints ?? Number.NaN) * line.quantity)
          if (item === undefined || item.limit === null) continue
          const start = periodStartDay(item.limit.period, day)
          expect(start).toBeLessThan(periodStartDay(item.limit.period, today))
          const sum = (had.get(`${item.id} ${start}`) ?? 0) + line.quantity
          expect(sum).toBeLessThanOrEqual(item.limit.quantity)
          had.set(`${item.id} ${start}`, sum)
        }
      }
    }),
    { numRuns: 200 },
  )
})
