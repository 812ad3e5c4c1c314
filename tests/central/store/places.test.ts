import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placesOf } from '../../../central/store/places.ts'

test('every row finds its value at its place, and each value stands there once', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ value: fc.integer({ min: 0, max: 4 }), other: fc.integer() })), (rows) => {
      const { firsts, places } = placesOf(rows, (one, other) => one.value === other.value)
      expect(places.map((place) => firsts[place - 1]?.value)).toEqual(rows.map(({ value }) => value))
      expect(new Set(firsts.map(({ value }) => value)).size).toBe(firsts.length)
    }),
  )
  expect(placesOf([], () => true)).toEqual({ firsts: [], places: [] })
})
