import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeHeader, encodeHeader } from '../../../contract/sync/event-envelope.ts'
import type { Refusal } from '../../../contract/kiosk/kiosk-requests.ts'
import { redeem, type RedeemInput, type RedeemResult } from '../../../station/acts/redeem.ts'
import { chainSeed, eventsAfter, lastEvent } from '../../../station/store/outbox.ts'
import { allowancePoints, riderRow } from '../../../station/store/rider-points.ts'
import { lotsOf } from '../../../station/store/shelf.ts'
import { RULES_BEFORE_FIRST_SYNC } from '../../../station/store/mirror.ts'
import { applyChanges, applyPushAnswer } from '../../../station/sync/apply-answers.ts'
import { giveAllowance, item, LI, openStockedCounter, rider, STATION, type TestCounter, TODAY, ZHANG } from '../../support/counter.ts'

const soapFor = (counter: TestCounter, more: Partial<RedeemInput> = {}): RedeemResult =>
  redeem(counter, { request: randomUUID(), rider: ZHANG, lines: [{ item: 'soap', quantity: 1 }], pointsShown: 20, ...more })

function stateOf(counter: TestCounter): unknown {
  const { read } = counter.database
  return {
    events: read.all('SELECT seq, kind FROM outbox'),
    allowances: read.all('SELECT rider, points FROM allowances'),
    lots: read.all('SELECT lot, quantity_left FROM lots'),
    movements: read.all('SELECT seq, lot, quantity FROM stock_movements'),
    redemptions: read.all('SELECT request, points FROM redemptions'),
    entries: read.all('SELECT rider, points FROM entries'),
  }
}

test('a redemption takes points, goods and an event, and says what is left', () => {
  const counter = openStockedCounter()
  const request = randomUUID()
  const result = redeem(counter, { request, rider: ZHANG, lines: [{ item: 'soap', quantity: 2 }, { item: 'noodles', quantity: 1 }], pointsShown: 90 })
  expect(result).toEqual({
    ok: true,
    receipt: {
      code: '1-00003-7',
      points: 90,
      balanceAfter: 36,
      lines: [
        { item: 'soap', name: { zh: '物资soap', en: 'soap' }, picture: 'soap.svg', tint: 'sky', quantity: 2, points: 40 },
        { item: 'noodles', name: { zh: '物资noodles', en: 'noodles' }, picture: 'noodles.svg', tint: 'sky', quantity: 1, points: 50 },
      ],
    },
  })
  const event = eventsAfter(counter.database.read, 2, { countMax: 10, bytesMax: 10_000 })[0]
  expect({ kind: event?.kind, version: event?.version, body: JSON.parse(Buffer.from(event?.body ?? []).toString()) as unknown }).toEqual({
    kind: 'redemption.recorded',
    version: 1,
    body: {
      request,
      rider: ZHANG,
      points: 90,
      receipt: '1-00003-7',
      lines: [
        { item: 'soap', quantity: 2, points: 40, lots: [[1, 2]] },
        { item: 'noodles', quantity: 1, points: 50, lots: [[3, 1]] },
      ],
    },
  })
  expect(allowancePoints(counter.database.read, ZHANG)).toBe(36)
  expect(lotsOf(counter.database.read, 'noodles')).toEqual([
    { lot: 2, item: 'noodles', expiryDay: TODAY + 90, quantityLeft: 2 },
    { lot: 3, item: 'noodles', expiryDay: TODAY + 5, quantityLeft: 2 },
  ])
})

test('the same request again gets the same receipt and takes nothing', () => {
  const counter = openStockedCounter()
  const request = randomUUID()
  const first = soapFor(counter, { request })
  const before = stateOf(counter)
  expect(soapFor(counter, { request })).toEqual(first)
  expect(stateOf(counter)).toEqual(before)
})

test.each([
  ['an unknown rider', { rider: STATION }, { code: 'rider_unknown' }],
  ['a suspended rider', { rider: LI }, { code: 'rider_suspended' }],
  ['an item that is not in the catalogue', { lines: [{ item: 'gold', quantity: 1 }] }, { code: 'item_not_offered', item: 'gold' }],
  ['more units than the shelf has', { lines: [{ item: 'soap', quantity: 6 }], pointsShown: 120 }, { code: 'sold_out', item: 'soap', left: 5 }],
  ['more units than one cart may hold', { lines: [{ item: 'soap', quantity: 11 }], pointsShown: 220 }, { code: 'cart_too_large', unitsMax: 10 }],
  ['a price that changed since it was shown', { pointsShown: 15 }, { code: 'price_changed', points: 20 }],
  ['more than the limit of the week', { lines: [{ item: 'noodles', quantity: 3 }], pointsShown: 150 }, { code: 'limit_reached', item: 'noodles', limit: 2, period: 'week', left: 2 }],
  ['two lines of one item that together pass its limit', { lines: [{ item: 'noodles', quantity: 2 }, { item: 'noodles', quantity: 1 }], pointsShown: 150 }, { code: 'limit_reached', item: 'noodles', limit: 2, period: 'week', left: 2 }],
] satisfies [string, Partial<RedeemInput>, Refusal][])('%s is refused with its reason and nothing changes', (_name, input, refusal) => {
  const counter = openStockedCounter()
  const before = stateOf(counter)
  expect(soapFor(counter, input)).toEqual({ ok: false, refusal })
  expect(stateOf(counter)).toEqual(before)
})

test('points that lie elsewhere are not spent: the allowance decides, not the balance', () => {
  const counter = openStockedCounter()
  applyChanges(counter, [item('shoes', { pricePoints: 120 })])
  counter.database.write((writer) => writer.run('UPDATE allowances SET points = 30 WHERE rider = ?', ZHANG))
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 1 }], pointsShown: 50 })).toEqual({
    ok: false,
    refusal: { code: 'points_short', points: 50, allowance: 30, short: 20 },
  })
})

test('a limit counts what the rider had in the period, and a new week begins anew', () => {
  const counter = openStockedCounter()
  giveAllowance(counter, ZHANG, 500)
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 2 }], pointsShown: 100 }).ok).toBe(true)
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 1 }], pointsShown: 50 })).toEqual({
    ok: false,
    refusal: { code: 'limit_reached', item: 'noodles', limit: 2, period: 'week', left: 0 },
  })
  // 21 November 2026 is a Saturday.
  counter.clock.advance(2 * 86_400_000)
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 1 }], pointsShown: 50 }).ok).toBe(true)
})

test('goods past their day are never given out', () => {
  const counter = openStockedCounter()
  giveAllowance(counter, ZHANG, 500)
  counter.clock.advance(6 * 86_400_000)
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 2 }], pointsShown: 100 }).ok).toBe(true)
  counter.clock.advance(7 * 86_400_000)
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 1 }], pointsShown: 50 })).toEqual({
    ok: false,
    refusal: { code: 'sold_out', item: 'noodles', left: 0 },
  })
})

test('a rider who is suspended between his greeting and his tap takes nothing', () => {
  const counter = openStockedCounter()
  applyChanges(counter, [rider(ZHANG, { balance: 126, standing: 'suspended', includedSeq: 2 })])
  const before = stateOf(counter)
  expect(soapFor(counter)).toEqual({ ok: false, refusal: { code: 'rider_suspended' } })
  expect(stateOf(counter)).toEqual(before)
})

test('a clock set back a year gives no limit again: what he has had still counts, and counts no more when its period is over', () => {
  const counter = openStockedCounter()
  giveAllowance(counter, ZHANG, 500)
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 2 }], pointsShown: 100 }).ok).toBe(true)
  const now = counter.clock.wallMs()
  counter.clock.setWall(now - 365 * 86_400_000)
  const refused: RedeemResult = { ok: false, refusal: { code: 'limit_reached', item: 'noodles', limit: 2, period: 'week', left: 0 } }
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 1 }], pointsShown: 50 })).toEqual(refused)
  counter.clock.setWall(now)
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 1 }], pointsShown: 50 })).toEqual(refused)
  counter.clock.setWall(now + 3 * 86_400_000)
  expect(soapFor(counter, { lines: [{ item: 'noodles', quantity: 1 }], pointsShown: 50 }).ok).toBe(true)
})

test('a clock before 1970 writes an event that central can read', () => {
  const counter = openStockedCounter()
  counter.clock.setWall(-86_400_000)
  expect(soapFor(counter).ok).toBe(true)
  const [event] = eventsAfter(counter.database.read, 2, { countMax: 1, bytesMax: 10_000 })
  expect(event === undefined ? null : decodeHeader(encodeHeader(event))?.wallMs).toBe(0)
})

test('a file that is in quarantine spends nothing, and a redemption it recorded before is still found', () => {
  const counter = openStockedCounter()
  const request = randomUUID()
  const done = soapFor(counter, { request })
  applyPushAnswer(counter, { result: 'quarantined', lastSeq: 1 }, 1)
  const before = stateOf(counter)
  expect(soapFor(counter)).toEqual({ ok: false, refusal: { code: 'out_of_order' } })
  expect(soapFor(counter, { request })).toEqual(done)
  expect(stateOf(counter)).toEqual(before)
})

test('a file that central is ahead of is an old image: it spends nothing', () => {
  const counter = openStockedCounter()
  applyPushAnswer(counter, { result: 'applied', lastSeq: 9, outcomes: [] }, 3)
  expect(soapFor(counter)).toEqual({ ok: false, refusal: { code: 'out_of_order' } })
})

test('where the outbox is at its limit, redemptions stop with a reason', () => {
  const counter = openStockedCounter()
  applyChanges(counter, [
    {
      kind: 'rules',
      scope: 'district',
      number: 2,
      key: 'rules',
      row: { ...RULES_BEFORE_FIRST_SYNC, outboxEventsMax: 100 },
    },
  ])
  for (let count = 0; count < 98; count += 1) giveAllowance(counter, ZHANG, 1)
  expect(soapFor(counter)).toEqual({ ok: false, refusal: { code: 'out_of_order' } })
})

test('whatever is asked in whatever order: no allowance and no lot goes below zero, points and stock equal the sum of their movements, the chain is whole', () => {
  const anyLine = fc.record({ item: fc.constantFrom('soap', 'noodles', 'shoes'), quantity: fc.integer({ min: 1, max: 4 }) })
  const prices: Record<string, number> = { soap: 20, noodles: 50, shoes: 500 }
  fc.assert(
    fc.property(fc.array(fc.record({ lines: fc.array(anyLine, { minLength: 1, maxLength: 3 }), rider: fc.constantFrom(ZHANG, LI), again: fc.boolean() }), { maxLength: 12 }), (asks) => {
      const counter = openStockedCounter()
      for (const ask of asks) {
        const pointsShown = ask.lines.reduce((sum, line) => sum + (prices[line.item] ?? 0) * line.quantity, 0)
        const request = randomUUID()
        const first = redeem(counter, { request, rider: ask.rider, lines: ask.lines, pointsShown })
        if (ask.again) expect(redeem(counter, { request, rider: ask.rider, lines: ask.lines, pointsShown })).toEqual(first)
      }
      const { read } = counter.database
      const spent = read.get<{ points: number }>('SELECT coalesce(sum(points), 0) AS points FROM redemptions')?.points ?? 0
      expect(allowancePoints(read, ZHANG)).toBe(126 - spent)
      expect(riderRow(read, ZHANG)?.balance).toBe(126 - spent)
      expect(read.all('SELECT lot FROM lots WHERE quantity_left <> (SELECT coalesce(sum(quantity), 0) FROM stock_movements WHERE stock_movements.lot = lots.lot)')).toEqual([])
      expectWholeChain(counter)
      counter.database.close()
    }),
    { numRuns: 30 },
  )
})

function expectWholeChain(counter: TestCounter): void {
  let hash = Buffer.from(chainSeed(counter.identity))
  for (const [index, event] of eventsAfter(counter.database.read, 0, { countMax: 1000, bytesMax: 1e9 }).entries()) {
    expect(event.seq).toBe(index + 1)
    hash = createHash('sha256').update(hash).update(encodeHeader(event)).update('\n').update(event.body).digest()
    expect(Buffer.from(event.hash)).toEqual(hash)
  }
  expect(Buffer.from(lastEvent(counter.database.read)?.hash ?? [])).toEqual(hash)
}
