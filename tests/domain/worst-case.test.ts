import { expect, test } from 'vitest'
import { pointsToReturn } from '../../domain/returned-points.ts'
import { worstCaseOf } from '../../domain/worst-case.ts'

test('what lies at a silent station is stranded: the riders’ slices and the slice for earnings; a copy of its disk could spend as much once more', () => {
  expect(worstCaseOf({ heldPoints: 840, earningSliceLeft: 320 })).toEqual({ strandedPoints: 1_160, clonedDiskPoints: 1_160 })
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
