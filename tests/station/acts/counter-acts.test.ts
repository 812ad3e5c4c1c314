import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkIn } from '../../../station/acts/check-in.ts'
import { receiveGrant } from '../../../station/acts/receive-grant.ts'
import { flushRefusedScans, refuseScan } from '../../../station/acts/refuse-scan.ts'
import { restock } from '../../../station/acts/restock.ts'
import { signIn } from '../../../station/acts/sign-in.ts'
import { eventsAfter } from '../../../station/store/outbox.ts'
import { allowancePoints } from '../../../station/store/rider-points.ts'
import { lotsOf } from '../../../station/store/shelf.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { catalogue, DONOR, FORMER_STAFF, item, openEmptyCounter, openStockedCounter, PIN, STRANGER, type TestCounter, TODAY, WANG, ZHANG } from '../../support/counter.ts'

function eventsOf(counter: TestCounter): { kind: string; body: unknown }[] {
  return eventsAfter(counter.database.read, 0, { countMax: 1000, bytesMax: 1e9 }).map(({ kind, body }) => ({ kind, body: JSON.parse(Buffer.from(body).toString()) as unknown }))
}

test('a check-in is a fact once in half an hour, and the next one is the second visit', () => {
  const counter = openEmptyCounter()
  applyChanges(counter, catalogue)
  expect(checkIn(counter, { rider: ZHANG, card: 1 }).visitToday).toBe(1)
  counter.clock.advance(29 * 60_000)
  expect(checkIn(counter, { rider: ZHANG, card: 1 }).visitToday).toBe(1)
  counter.clock.advance(60_000)
  expect(checkIn(counter, { rider: ZHANG, card: 1 }).visitToday).toBe(2)
  expect(eventsOf(counter)).toEqual([
    { kind: 'checkin.recorded', body: { rider: ZHANG, card: 1, known: true } },
    { kind: 'checkin.recorded', body: { rider: ZHANG, card: 1, known: true } },
  ])
})

test('a rider this station does not know is checked in as unknown', () => {
  const counter = openEmptyCounter()
  checkIn(counter, { rider: STRANGER, card: 3 })
  expect(eventsOf(counter)).toEqual([{ kind: 'checkin.recorded', body: { rider: STRANGER, card: 3, known: false } }])
})

test('a check-in and the request for points are one commit, also where the visit is no new one', () => {
  const counter = openStockedCounter()
  let commits = 0
  const { database } = counter
  const counted = { ...counter, database: { ...database, write: <Result>(act: Parameters<typeof database.write<Result>>[0]) => ((commits += 1), database.write(act)) } }
  checkIn(counted, { rider: ZHANG, card: 1, asksForPoints: true })
  const [first] = database.read.all('SELECT id, rider, sent FROM allowance_requests')
  checkIn(counted, { rider: ZHANG, card: 1, asksForPoints: true })
  expect({ commits, first, requests: database.read.all('SELECT id, rider, sent FROM allowance_requests') }).toMatchObject({ commits: 2, first: { rider: ZHANG, sent: 0 }, requests: [first] })
})

test('after a clock was set back a year, two scans within half an hour are one visit, and it is the first of that day', () => {
  const counter = openEmptyCounter()
  checkIn(counter, { rider: ZHANG, card: 1 })
  counter.clock.advance(-365 * 86_400_000)
  expect(checkIn(counter, { rider: ZHANG, card: 1 }).visitToday).toBe(1)
  counter.clock.advance(60_000)
  expect(checkIn(counter, { rider: ZHANG, card: 1 }).visitToday).toBe(1)
  expect(eventsOf(counter)).toHaveLength(2)
})

test('a clock that was set back a year does not swallow visits', () => {
  const counter = openEmptyCounter()
  checkIn(counter, { rider: ZHANG, card: 1 })
  counter.clock.advance(-365 * 86_400_000)
  checkIn(counter, { rider: ZHANG, card: 1 })
  expect(eventsOf(counter)).toHaveLength(2)
})

test('a grant is received once, however often it is heard of', () => {
  const counter = openEmptyCounter()
  const grant = { id: randomUUID(), rider: ZHANG, points: 40 }
  for (let times = 0; times < 3; times += 1) counter.database.write((writer) => receiveGrant(counter, writer, grant))
  expect(allowancePoints(counter.database.read, ZHANG)).toBe(40)
  expect(eventsOf(counter)).toEqual([{ kind: 'allowance.received', body: { grant: grant.id, rider: ZHANG, points: 40 } }])
})

test('refused scans are written one by one, then counted, and the count becomes an event in the next hour', () => {
  const counter = openEmptyCounter()
  for (let scan = 0; scan < 37; scan += 1) refuseScan(counter, { verdict: 'foreign' })
  refuseScan(counter, { verdict: 'revoked', holder: ZHANG, card: 1 })
  expect(eventsOf(counter)).toHaveLength(31)
  counter.clock.advance(3_600_000)
  flushRefusedScans(counter)
  flushRefusedScans(counter)
  expect(eventsOf(counter).slice(30)).toEqual([
    { kind: 'scan.refused', body: { verdict: 'revoked', count: 1, holder: ZHANG, card: 1 } },
    { kind: 'scan.refused', body: { verdict: 'foreign', count: 7 } },
  ])
})

test('a restock makes a lot of each item, day and giver, once per request', () => {
  const counter = openEmptyCounter()
  applyChanges(counter, catalogue)
  const input = {
    request: randomUUID(),
    staff: WANG,
    lines: [
      { item: 'soap', quantity: 12, expiryDay: null, donor: null },
      { item: 'noodles', quantity: 5, expiryDay: TODAY, donor: DONOR },
      { item: 'soap', quantity: 1, expiryDay: null, donor: null },
    ],
  }
  expect(restock(counter, input)).toEqual({ ok: true, output: { units: 18, lines: 2 } })
  expect(restock(counter, input)).toEqual({ ok: true, output: { units: 18, lines: 2 } })
  expect(lotsOf(counter.database.read, 'soap')).toEqual([{ lot: 1, item: 'soap', expiryDay: null, quantityLeft: 13 }])
  expect(eventsOf(counter)).toEqual([
    {
      kind: 'restock.recorded',
      body: {
        request: input.request,
        staff: WANG,
        lines: [
          { item: 'soap', lot: 1, quantity: 13, expiryDay: null, donor: null },
          { item: 'noodles', lot: 2, quantity: 5, expiryDay: TODAY, donor: DONOR },
        ],
      },
    },
  ])
})

test('the largest restock there may be, of long names and many givers, is one event', () => {
  const counter = openEmptyCounter()
  const ids = Array.from({ length: 100 }, (_, index) => `a-good-thing-with-a-very-long-catalogue-name-of-sixty-signs-${index + 100}`)
  applyChanges(counter, [...catalogue, ...ids.map((id) => item(id))])
  const lines = ids.map((id) => ({ item: id, quantity: 9_999, expiryDay: TODAY + 1_000, donor: DONOR }))
  expect(restock(counter, { request: randomUUID(), staff: WANG, lines })).toEqual({ ok: true, output: { units: 999_900, lines: 100 } })
})

test.each([
  ['nothing counted', [], { code: 'nothing_counted' }],
  ['food without a day', [{ item: 'noodles', quantity: 1, expiryDay: null, donor: null }], { code: 'expiry_missing', item: 'noodles' }],
  ['food past its day', [{ item: 'noodles', quantity: 1, expiryDay: TODAY - 1, donor: null }], { code: 'already_expired', item: 'noodles' }],
  ['an item nobody knows', [{ item: 'gold', quantity: 1, expiryDay: null, donor: null }], { code: 'item_not_known', item: 'gold' }],
  ['ten thousand soaps', [{ item: 'soap', quantity: 10_000, expiryDay: null, donor: null }], { code: 'quantity_out_of_range', item: 'soap', unitsMax: 9_999 }],
  ['a giver nobody knows', [{ item: 'soap', quantity: 1, expiryDay: null, donor: STRANGER }], { code: 'donor_not_known', item: 'soap' }],
])('a restock of %s is refused and puts nothing on the shelf', (_name, lines, refusal) => {
  const counter = openEmptyCounter()
  applyChanges(counter, catalogue)
  expect(restock(counter, { request: randomUUID(), staff: WANG, lines })).toEqual({ ok: false, refusal })
  expect(eventsOf(counter)).toEqual([])
})

test('a volunteer signs in with her PIN; wrong ones are counted over a restart and lock after the fifth', async () => {
  const counter = openStockedCounter()
  for (const triesLeft of [4, 3, 2, 1]) {
    expect(await signIn(counter, { staff: WANG, pin: '000000' })).toEqual({ ok: false, refusal: { code: 'pin_wrong', triesLeft } })
  }
  const untilMs = counter.clock.wallMs() + 60_000
  expect(await signIn(counter, { staff: WANG, pin: 'x' })).toEqual({ ok: false, refusal: { code: 'pin_locked', untilMs } })
  counter.database.close()

  const reopened = openEmptyCounter(counter.folder, counter.clock)
  expect(await signIn(reopened, { staff: WANG, pin: PIN })).toEqual({ ok: false, refusal: { code: 'pin_locked', untilMs } })
  counter.clock.advance(60_000)
  expect(await signIn(reopened, { staff: WANG, pin: PIN })).toEqual({ ok: true })
  expect(await signIn(reopened, { staff: WANG, pin: '111111' })).toEqual({ ok: false, refusal: { code: 'pin_wrong', triesLeft: 4 } })
})

test('somebody who is staff no more does not sign in, also with the right PIN', async () => {
  const counter = openStockedCounter()
  expect(await signIn(counter, { staff: FORMER_STAFF, pin: PIN })).toEqual({ ok: false, refusal: { code: 'session_ended' } })
})
