import { expect, test } from 'vitest'
import { pointsToReturn } from '../../domain/returned-points.ts'
import { holdingsByRules, worstCaseOf } from '../../domain/worst-case.ts'

test('what lies at a silent station is stranded: the riders’ slices and the slice for earnings; a copy of its disk could spend as much once more', () => {
  expect(worstCaseOf({ heldPoints: 840, earningSliceLeft: 320 })).toEqual({ strandedPoints: 1_160, clonedDiskPoints: 1_160 })
})

test('by the rules there lie at most: what is kept for each rider at home, the slice for earnings, and all that one more rider has who stands there', () => {
  const rules = { standingPoints: 50, earningSlicePoints: 500 }
  expect(worstCaseOf(holdingsByRules(rules, { homeRiders: 120, mostPoints: 2_340 }))).toEqual({ strandedPoints: 8_840, clonedDiskPoints: 8_840 })
  // Nobody keeps more at home than half of what the richest has.
  expect(holdingsByRules({ ...rules, standingPoints: 1_000_000 }, { homeRiders: 3, mostPoints: 101 })).toEqual({ heldPoints: 251, earningSliceLeft: 500 })
  expect(holdingsByRules(rules, { homeRiders: 0, mostPoints: 0 })).toEqual({ heldPoints: 0, earningSliceLeft: 500 })
})

test.each([
  ['a visitor’s whole rest goes back', { points: 70, home: false, balance: 200, recalled: false }, 70],
  ['at home what is above the standing amount goes back', { points: 170, home: true, balance: 400, recalled: false }, 120],
  ['half of a small balance stays at home', { points: 30, home: true, balance: 40, recalled: false }, 10],
  ['at home nothing goes back that belongs there', { points: 50, home: true, balance: 400, recalled: false }, 0],
  ['on a recall all of it goes back, also from home', { points: 50, home: true, balance: 400, recalled: true }, 50],
])('%s', (_name, slice, returned) => {
  expect(pointsToReturn(slice, 50)).toBe(returned)
})
