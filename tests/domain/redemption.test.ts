import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideRedemption, type RedemptionQuestion, type RedemptionRefusal } from '../../domain/redemption.ts'

const TODAY = 20_000

const QUESTION: RedemptionQuestion = {
  riderStanding: 'active',
  cart: [{ item: 'soap', quantity: 2 }, { item: 'rice', quantity: 1 }],
  cartUnitsMax: 10,
  pointsShown: 140,
  items: [{ id: 'soap', pricePoints: 20, limit: null }, { id: 'rice', pricePoints: 100, limit: { quantity: 2, period: 'month' } }],
  lots: [
    { lot: 1, item: 'soap', expiryDay: null, quantityLeft: 5 },
    { lot: 2, item: 'rice', expiryDay: TODAY + 30, quantityLeft: 1 },
    { lot: 3, item: 'rice', expiryDay: TODAY - 1, quantityLeft: 9 },
  ],
  unitsHad: new Map([['rice', 1]]),
  allowancePoints: 140,
  today: TODAY,
}

const refused = (more: Partial<RedemptionQuestion>): RedemptionRefusal | 'redeemed' => {
  const decision = decideRedemption({ ...QUESTION, ...more })
  return decision.decision === 'refuse' ? decision.refusal : 'redeemed'
}

test('a yes names every line with its points and the lots to take', () => {
  expect(decideRedemption(QUESTION)).toEqual({
    decision: 'redeem',
    points: 140,
    lines: [
      { item: 'soap', quantity: 2, points: 40, lots: [{ lot: 1, quantity: 2 }] },
      { item: 'rice', quantity: 1, points: 100, lots: [{ lot: 2, quantity: 1 }] },
    ],
  })
})

test('cart lines of one item are one line, under one limit', () => {
  const cart = [{ item: 'soap', quantity: 1 }, { item: 'rice', quantity: 1 }, { item: 'soap', quantity: 1 }]
  expect(decideRedemption({ ...QUESTION, cart })).toEqual(decideRedemption(QUESTION))
  const lots = [{ lot: 2, item: 'rice', expiryDay: null, quantityLeft: 9 }]
  expect(refused({ lots, cart: [{ item: 'rice', quantity: 1 }, { item: 'rice', quantity: 1 }] })).toEqual({
    code: 'limit_reached', item: 'rice', limit: 2, period: 'month', left: 1,
  })
})

/** From the first asked to the last: each has what alone would refuse the question. */
const IN_ORDER: { more: Partial<RedemptionQuestion>; refusal: RedemptionRefusal }[] = [
  { more: { riderStanding: null }, refusal: { code: 'rider_unknown' } },
  { more: { riderStanding: 'suspended' }, refusal: { code: 'rider_suspended' } },
  { more: { cart: [] }, refusal: { code: 'cart_empty' } },
  { more: { cartUnitsMax: 2 }, refusal: { code: 'cart_too_large', unitsMax: 2 } },
  { more: { items: [] }, refusal: { code: 'item_not_offered', item: 'soap' } },
  { more: { lots: [{ lot: 1, item: 'soap', expiryDay: null, quantityLeft: 1 }] }, refusal: { code: 'sold_out', item: 'soap', left: 1 } },
  { more: { unitsHad: new Map([['rice', 3]]) }, refusal: { code: 'limit_reached', item: 'rice', limit: 2, period: 'month', left: 0 } },
  { more: { pointsShown: 139 }, refusal: { code: 'price_changed', points: 140 } },
  { more: { allowancePoints: 100 }, refusal: { code: 'points_short', points: 140, allowance: 100, short: 40 } },
]

test('each refusal says how far away the goods are', () => {
  expect(IN_ORDER.map(({ more }) => refused(more))).toEqual(IN_ORDER.map(({ refusal }) => refusal))
})

test('where several things stand in the way, the first of a fixed order is said', () => {
  fc.assert(
    fc.property(fc.subarray(IN_ORDER.map((_, index) => index), { minLength: 1 }), (indexes) => {
      const chosen = indexes.map((index) => IN_ORDER[index])
      const first = chosen[0]
      // A later reason must not undo an earlier one that sets the same field.
      const question = chosen.toReversed().reduce((all, one) => ({ ...all, ...one?.more }), QUESTION)
      expect(decideRedemption(question)).toEqual({ decision: 'refuse', refusal: first?.refusal })
    }),
  )
})

const ITEMS = ['soap', 'rice', 'towel']
const anyQuestion: fc.Arbitrary<RedemptionQuestion> = fc
  .record({
    cart: fc.array(fc.record({ item: fc.constantFrom(...ITEMS), quantity: fc.integer({ min: 1, max: 4 }) }), { maxLength: 5 }),
    cartUnitsMax: fc.integer({ min: 1, max: 12 }),
    items: fc.tuple(...ITEMS.map((id) => fc.record({
      id: fc.constant(id),
      pricePoints: fc.integer({ min: 0, max: 30 }),
      limit: fc.option(fc.record({ quantity: fc.integer({ min: 1, max: 6 }), period: fc.constantFrom('day', 'week', 'month', 'halfyear') }), { nil: null }),
    }))),
    stock: fc.array(
      fc.record({ item: fc.constantFrom(...ITEMS), expiryDay: fc.option(fc.integer({ min: TODAY - 1, max: TODAY + 2 }), { nil: null }), quantityLeft: fc.integer({ min: 0, max: 8 }) }),
      { maxLength: 10 },
    ),
    had: fc.array(fc.tuple(fc.constantFrom(...ITEMS), fc.integer({ min: 0, max: 4 })), { maxLength: 3 }),
    allowancePoints: fc.integer({ min: 0, max: 250 }),
    isPriceRight: fc.boolean(),
  })
  .map(({ stock, had, isPriceRight, ...rest }): RedemptionQuestion => {
    const price = (id: string): number => rest.items.find((item) => item.id === id)?.pricePoints ?? 0
    const points = rest.cart.reduce((sum, line) => sum + price(line.item) * line.quantity, 0)
    return {
      ...rest,
      riderStanding: 'active',
      lots: stock.map((lot, index) => ({ ...lot, lot: index + 1 })),
      unitsHad: new Map(had),
      pointsShown: isPriceRight ? points : points + 1,
      today: TODAY,
    }
  })

test('a yes never passes allowance, stock, limit or cart size, its total is the sum of its lines and what the rider was shown; a no has a reason', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const cartUnits = (id: string): number => question.cart.reduce((sum, line) => sum + (line.item === id ? line.quantity : 0), 0)
      const stock = (id: string): number =>
        question.lots.reduce((sum, lot) => sum + (lot.item === id && (lot.expiryDay ?? TODAY) >= TODAY ? lot.quantityLeft : 0), 0)
      const wanted = question.items.filter((item) => cartUnits(item.id) > 0)
      const points = wanted.reduce((sum, item) => sum + item.pricePoints * cartUnits(item.id), 0)
      const isPossible =
        wanted.length > 0 &&
        question.cart.reduce((sum, line) => sum + line.quantity, 0) <= question.cartUnitsMax &&
        wanted.every((item) => cartUnits(item.id) <= stock(item.id)) &&
        wanted.every((item) => item.limit === null || cartUnits(item.id) + (question.unitsHad.get(item.id) ?? 0) <= item.limit.quantity) &&
        points === question.pointsShown &&
        points <= question.allowancePoints
      const decision = decideRedemption(question)
      expect(decision.decision).toBe(isPossible ? 'redeem' : 'refuse')
      if (decision.decision === 'refuse') return
      expect({
        points: decision.points,
        lines: decision.lines.map(({ item, quantity, points, lots }) => ({ item, quantity, points, picked: lots.reduce((sum, pick) => sum + pick.quantity, 0) })),
        strangeLots: decision.lines.flatMap(({ item, lots }) => lots.filter((pick) => question.lots.find((lot) => lot.lot === pick.lot)?.item !== item)),
      }).toEqual({
        points,
        lines: [...new Set(question.cart.map((line) => line.item))].map((id) => ({
          item: id,
          quantity: cartUnits(id),
          points: (question.items.find((item) => item.id === id)?.pricePoints ?? 0) * cartUnits(id),
          picked: cartUnits(id),
        })),
        strangeLots: [],
      })
    }),
    { numRuns: 500 },
  )
})

test('a cart line that is not a whole, positive quantity is a bug of the caller', () => {
  for (const quantity of [0, -1, 1.5, Number.NaN]) {
    expect(() => decideRedemption({ ...QUESTION, cart: [{ item: 'soap', quantity }] })).toThrow(RangeError)
  }
})
