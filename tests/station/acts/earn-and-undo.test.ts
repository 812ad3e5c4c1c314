import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Change } from '../../../contract/sync/sync-protocol.ts'
import { earnPoints } from '../../../station/acts/earn-points.ts'
import { receiveEarningSlice } from '../../../station/acts/receive-grant.ts'
import { redeem } from '../../../station/acts/redeem.ts'
import { undoRedemption } from '../../../station/acts/undo-redemption.ts'
import { listRedemptions } from '../../../station/desk/list-redemptions.ts'
import { raiseFence } from '../../../station/store/fence.ts'
import { eventsAfter } from '../../../station/store/outbox.ts'
import { allowancePoints, earningSliceLeft, pendingPoints, riderRow } from '../../../station/store/rider-points.ts'
import { lotsOf } from '../../../station/store/shelf.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { openStockedCounter, rider, STRANGER, type TestCounter, WANG, ZHANG } from '../../support/counter.ts'

function withSlice(points: number): TestCounter {
  const counter = openStockedCounter()
  counter.database.write((writer) => receiveEarningSlice(counter, writer, { id: randomUUID(), points }))
  return counter
}

const earn = (counter: TestCounter, points: number, request: string = randomUUID()): unknown =>
  earnPoints(counter, { request, rider: ZHANG, points, service: 'community-patrol', staff: WANG })

function standing(counter: TestCounter): unknown {
  const { read } = counter.database
  return { here: allowancePoints(read, ZHANG), pending: pendingPoints(read, ZHANG), balance: riderRow(read, ZHANG)?.balance, slice: earningSliceLeft(read) }
}

function lastFact(counter: TestCounter): unknown {
  const [event] = eventsAfter(counter.database.read, 0, { countMax: 1_000, bytesMax: 1e9 }).slice(-1)
  return event === undefined ? null : { kind: event.kind, body: JSON.parse(Buffer.from(event.body).toString()) as unknown }
}

test('points earned inside the slice can be spent here at once; beyond it all of them are pending, and nobody can spend them', () => {
  const counter = withSlice(100)
  expect([earn(counter, 60), standing(counter)]).toEqual([{ ok: true, points: 60, pending: false }, { here: 186, pending: 0, balance: 186, slice: 40 }])
  expect([earn(counter, 41), standing(counter)]).toEqual([{ ok: true, points: 41, pending: true }, { here: 186, pending: 41, balance: 227, slice: 40 }])
  expect(lastFact(counter)).toMatchObject({ kind: 'points.earned', body: { rider: ZHANG, points: 41, inSlice: false } })
})

test('what central has recorded is pending no more', () => {
  const counter = openStockedCounter()
  earn(counter, 30)
  expect(standing(counter)).toMatchObject({ pending: 30, balance: 156 })
  applyChanges(counter, [rider(ZHANG, { balance: 156, includedSeq: 100, atCentral: 30 })])
  expect(standing(counter)).toMatchObject({ pending: 0, balance: 156 })
})

test('the same service is one service, and a rider nobody knows earns nothing here', () => {
  const counter = withSlice(100)
  const request = randomUUID()
  const first = earn(counter, 25, request)
  const before = standing(counter)
  expect([earn(counter, 25, request), standing(counter)]).toEqual([first, before])
  expect(earnPoints(counter, { request: randomUUID(), rider: STRANGER, points: 5, service: 'patrol', staff: WANG })).toEqual({ ok: false, refusal: { code: 'rider_unknown' } })
})

test('a fenced file gives nothing from its slice: what is earned there waits', () => {
  const counter = withSlice(100)
  counter.database.write((writer) => raiseFence(writer, 'quarantined'))
  expect([earn(counter, 25), standing(counter)]).toEqual([{ ok: true, points: 25, pending: true }, { here: 126, pending: 25, balance: 151, slice: 100 }])
})

function takeNoodles(counter: TestCounter): string {
  const taken = redeem(counter, { request: randomUUID(), rider: ZHANG, lines: [{ item: 'noodles', quantity: 2 }], pointsShown: 100 })
  if (!taken.ok) throw new Error(taken.refusal.code)
  return taken.receipt.code
}

const undo = (counter: TestCounter, receipt: string, request: string = randomUUID()): unknown => undoRedemption(counter, { request, receipt, staff: WANG })

test('a redemption that is taken back leaves points, lots and limits as they were, and both entries to be read', () => {
  const counter = openStockedCounter()
  const lots = lotsOf(counter.database.read, 'noodles')
  const before = standing(counter)
  const receipt = takeNoodles(counter)
  const none = redeem(counter, { request: randomUUID(), rider: ZHANG, lines: [{ item: 'noodles', quantity: 1 }], pointsShown: 50 })
  expect(none).toMatchObject({ ok: false, refusal: { code: 'limit_reached', left: 0 } })
  expect([undo(counter, receipt), standing(counter), lotsOf(counter.database.read, 'noodles')]).toEqual([{ ok: true, points: 100 }, before, lots])
  expect(counter.database.read.all('SELECT points, reason, undone FROM entries ORDER BY seq')).toEqual([
    { points: -100, reason: 'redemption', undone: 1 }, { points: 100, reason: 'undone', undone: 1 },
  ])
  expect(takeNoodles(counter)).not.toBe(receipt)
})

test('once, and only what this file redeemed; asked again under the same request it is the same', () => {
  const counter = openStockedCounter()
  const receipt = takeNoodles(counter)
  const request = randomUUID()
  const first = undo(counter, receipt, request)
  const before = standing(counter)
  expect([undo(counter, receipt, request), undo(counter, receipt), undo(counter, '1-00099-K')]).toEqual([
    first, { ok: false, refusal: { code: 'already_undone' } }, { ok: false, refusal: { code: 'redemption_not_here' } },
  ])
  expect(standing(counter)).toEqual(before)
})

test('a fenced file takes nothing back', () => {
  const counter = openStockedCounter()
  const receipt = takeNoodles(counter)
  counter.database.write((writer) => raiseFence(writer, 'waiting'))
  expect(undo(counter, receipt)).toEqual({ ok: false, refusal: { code: 'out_of_order' } })
})

test('an undone redemption of another station gives its units back to the limit here', () => {
  const counter = openStockedCounter()
  const entry = (reason: 'redemption' | 'undone', points: number): Change => {
    const id = randomUUID()
    return {
      kind: 'entry', scope: 'riders', number: 2, key: id,
      row: { id, rider: ZHANG, atMs: counter.clock.wallMs() - 60_000, points, reason, what: null, lines: [{ item: 'noodles', quantity: 2, points: 100 }], stationName: { zh: '文艺路', en: 'Wenyi Road' } },
    }
  }
  applyChanges(counter, [entry('redemption', -100)])
  expect(() => takeNoodles(counter)).toThrow('limit_reached')
  applyChanges(counter, [entry('undone', 100)])
  expect(takeNoodles(counter)).toMatch(/^1-/)
})

test('staff see today’s redemptions of this machine, newest first, without anybody’s name', () => {
  const counter = openStockedCounter()
  const receipt = takeNoodles(counter)
  const lines = [{ item: 'noodles', quantity: 2, points: 100, name: { zh: '物资noodles', en: 'noodles' } }]
  const shown = { receipt, atMs: counter.clock.wallMs(), points: 100, lines, undone: false }
  expect(listRedemptions(counter)).toEqual({ redemptions: [shown] })
  undo(counter, receipt)
  counter.clock.advance(60_000)
  const second = takeNoodles(counter)
  expect(listRedemptions(counter).redemptions).toEqual([{ ...shown, receipt: second, atMs: counter.clock.wallMs() }, { ...shown, undone: true }])
  counter.clock.advance(86_400_000)
  expect(listRedemptions(counter)).toEqual({ redemptions: [] })
})
