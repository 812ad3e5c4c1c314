import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideRestock, type RestockDecision, type RestockLine, type RestockQuestion, type RestockRefusal } from '../../domain/restock.ts'

const TODAY = 20_000
const milk = (more: Partial<RestockLine> = {}): RestockLine => ({ item: 'milk', quantity: 12, expiryDay: TODAY + 20, donor: null, ...more })
const soap = (more: Partial<RestockLine> = {}): RestockLine => ({ item: 'soap', quantity: 5, expiryDay: null, donor: 'shop', ...more })

const decide = (lines: RestockLine[], more: Partial<RestockQuestion> = {}): RestockDecision =>
  decideRestock({
    lines,
    items: [{ id: 'milk', perishable: true }, { id: 'soap', perishable: false }],
    donors: new Set(['shop', 'bank']),
    today: TODAY,
    linesMax: 6,
    unitsPerLineMax: 100,
    ...more,
  })
const refusal = (value: RestockRefusal): RestockDecision => ({ decision: 'refuse', refusal: value })

test('lines of the same item, day and donor become one lot; any difference keeps them apart', () => {
  const lines = [milk(), soap(), milk({ quantity: 1 }), milk({ expiryDay: TODAY + 21 }), soap({ donor: null }), soap({ donor: 'bank' })]
  expect(decide(lines)).toEqual({
    decision: 'restock',
    lines: [milk({ quantity: 13 }), soap(), milk({ expiryDay: TODAY + 21 }), soap({ donor: null }), soap({ donor: 'bank' })],
  })
})

test('each refusal names the item it is about', () => {
  expect([
    decide([]),
    decide(Array.from({ length: 7 }, () => milk())),
    decide([soap(), { ...milk(), item: 'tea' }]),
    decide([milk({ quantity: 60 }), milk({ quantity: 41 })]),
    decide([milk({ expiryDay: null })]),
    decide([soap({ expiryDay: TODAY - 1 })]),
    decide([soap({ donor: 'nobody' })]),
  ]).toEqual([
    refusal({ code: 'nothing_counted' }),
    refusal({ code: 'too_many_lines', linesMax: 6 }),
    refusal({ code: 'item_not_known', item: 'tea' }),
    refusal({ code: 'quantity_out_of_range', item: 'milk', unitsMax: 100 }),
    refusal({ code: 'expiry_missing', item: 'milk' }),
    refusal({ code: 'already_expired', item: 'soap' }),
    refusal({ code: 'donor_not_known', item: 'soap' }),
  ])
})

test('goods that expire today are still taken in', () => {
  expect(decide([milk({ expiryDay: TODAY })])).toEqual({ decision: 'restock', lines: [milk({ expiryDay: TODAY })] })
})

test('a line that is no count is refused, also where another line of the same lot would make up for it', () => {
  const outOfRange = refusal({ code: 'quantity_out_of_range', item: 'milk', unitsMax: 100 })
  expect([
    decide([milk({ quantity: -5 }), milk({ quantity: 10 })]),
    decide([milk({ quantity: 0.5 }), milk({ quantity: 0.5 })]),
    decide([milk({ quantity: 3 }), milk({ quantity: 0 })]),
    decide([milk({ quantity: Number.NaN })]),
  ]).toEqual([outOfRange, outOfRange, outOfRange, outOfRange])
})

test('no spelling of item and donor makes two lots one', () => {
  const items = [{ id: 'a', perishable: false }, { id: 'a|20001', perishable: false }]
  const lines = [
    { item: 'a|20001', quantity: 1, expiryDay: null, donor: null },
    { item: 'a', quantity: 1, expiryDay: 20_001, donor: '|' },
    { item: 'a', quantity: 1, expiryDay: null, donor: '' },
    { item: 'a', quantity: 1, expiryDay: null, donor: null },
  ]
  expect(decide(lines, { items, donors: new Set(['|', '']) })).toEqual({ decision: 'restock', lines })
})

test('what is booked is what was counted, lot for lot', () => {
  const anyLine = fc.record<RestockLine>({
    item: fc.constantFrom('milk', 'soap'),
    quantity: fc.integer({ min: 1, max: 16 }),
    expiryDay: fc.integer({ min: TODAY, max: TODAY + 2 }),
    donor: fc.constantFrom(null, 'shop', 'bank'),
  })
  const keyOf = ({ item, expiryDay, donor }: RestockLine): string => JSON.stringify([item, expiryDay, donor])
  const unitsByLot = (lines: readonly RestockLine[]): Map<string, number> => {
    const units = new Map<string, number>()
    for (const line of lines) units.set(keyOf(line), (units.get(keyOf(line)) ?? 0) + line.quantity)
    return units
  }
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), (lines) => {
      const decision = decide(lines)
      const booked = decision.decision === 'restock' ? decision.lines : []
      expect({ units: unitsByLot(booked), lots: booked.length }).toEqual({ units: unitsByLot(lines), lots: unitsByLot(lines).size })
    }),
  )
})
