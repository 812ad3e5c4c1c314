import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pickLots, type ShelfLot, unitsOnShelf } from '../../domain/lots.ts'

const TODAY = 20_000

const anyShelf = fc
  .array(
    fc.record({ expiryDay: fc.option(fc.integer({ min: TODAY - 3, max: TODAY + 3 }), { nil: null }), quantityLeft: fc.integer({ min: 0, max: 6 }) }),
    { maxLength: 12 },
  )
  .chain((lots) => fc.shuffledSubarray(lots.map((lot, index): ShelfLot => ({ ...lot, lot: index + 1, item: 'soap' })), { minLength: lots.length }))

const isGood = (lot: ShelfLot): boolean => lot.expiryDay === null || lot.expiryDay >= TODAY
const lot = (number: number, expiryDay: number | null, quantityLeft: number): ShelfLot => ({ lot: number, item: 'soap', expiryDay, quantityLeft })

test('the lot that expires first goes first, the older of two alike, and what never expires goes last', () => {
  const shelf = [lot(1, null, 5), lot(2, TODAY + 9, 2), lot(3, TODAY + 2, 1), lot(4, TODAY + 2, 3), lot(5, TODAY - 1, 9), lot(6, TODAY, 1)]
  expect(pickLots(shelf, 8, TODAY)).toEqual([
    { lot: 6, quantity: 1 },
    { lot: 3, quantity: 1 },
    { lot: 4, quantity: 3 },
    { lot: 2, quantity: 2 },
    { lot: 1, quantity: 1 },
  ])
})

test('a lot is good on its last day and not on the day after', () => {
  expect([pickLots([lot(1, TODAY, 1)], 1, TODAY), pickLots([lot(1, TODAY, 1)], 1, TODAY + 1)]).toEqual([[{ lot: 1, quantity: 1 }], null])
})

test('picks never take more than a lot has, never from an expired lot, and add up to the wish; there are none exactly when the good units do not suffice', () => {
  fc.assert(
    fc.property(anyShelf, fc.integer({ min: 0, max: 40 }), (shelf, wish) => {
      const good = shelf.filter(isGood).reduce((sum, { quantityLeft }) => sum + quantityLeft, 0)
      const picks = pickLots(shelf, wish, TODAY)
      expect({ onShelf: unitsOnShelf(shelf, TODAY), found: picks !== null }).toEqual({ onShelf: good, found: wish <= good })
      if (picks === null) return
      const byLot = new Map(shelf.map((held) => [held.lot, held]))
      const held = picks.map((pick) => byLot.get(pick.lot))
      expect({
        sum: picks.reduce((sum, { quantity }) => sum + quantity, 0),
        lots: new Set(picks.map((pick) => pick.lot)).size,
        bad: picks.filter(({ quantity }, index) => {
          const from = held[index]
          return from === undefined || !isGood(from) || quantity < 1 || quantity > from.quantityLeft
        }),
      }).toEqual({ sum: wish, lots: picks.length, bad: [] })
    }),
  )
})

test('nothing that expires sooner stays behind what is given out, in whatever order the lots come', () => {
  fc.assert(
    fc.property(anyShelf, fc.integer({ min: 1, max: 20 }), (shelf, wish) => {
      const picks = pickLots(shelf, wish, TODAY)
      const inOrder = shelf.toSorted((left, right) => left.lot - right.lot)
      expect(pickLots(inOrder, wish, TODAY)).toEqual(picks)
      const taken = new Map(picks?.map(({ lot, quantity }) => [lot, quantity]))
      const dayOf = (held: ShelfLot): number => held.expiryDay ?? Number.POSITIVE_INFINITY
      const latestTaken = Math.max(...shelf.filter((held) => taken.has(held.lot)).map(dayOf))
      const left = shelf.filter((held) => isGood(held) && held.quantityLeft > (taken.get(held.lot) ?? 0))
      expect(picks === null ? [] : left.filter((held) => dayOf(held) < latestTaken)).toEqual([])
    }),
  )
})

test('a wish that is not a whole number of units is a bug of the caller', () => {
  for (const wish of [-1, 0.5, Number.NaN]) expect(() => pickLots([lot(1, null, 5)], wish, TODAY)).toThrow(RangeError)
})
