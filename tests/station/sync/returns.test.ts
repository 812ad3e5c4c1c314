import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { ALLOWANCE_PATH, RECALL_MS_MAX } from '../../../contract/sync/sync-protocol.ts'
import { receiveGrant } from '../../../station/acts/receive-grant.ts'
import { endAllVisits } from '../../../station/acts/return-points.ts'
import { allowancePoints, earningSliceLeft } from '../../../station/store/rider-points.ts'
import { endVisit, wantAllowance } from '../../../station/sync/allowance-requests.ts'
import { LI, rider, temporaryFolder, type TestCounter, ZHANG } from '../../support/counter.ts'
import type { StandInCentral } from '../../support/stand-in-central.ts'
import { NOW_MS } from '../../support/test-central.ts'
import type { SyncingStation } from './syncing-station.ts'
import { openTalking, standIn, stockSoap, takeSoap } from './talking-station.ts'

const here = ({ counter }: SyncingStation, who = ZHANG): number => allowancePoints(counter.database.read, who)

function returnedOf(central: StandInCentral, { counter }: SyncingStation): unknown[] {
  return central.factsOf(counter.identity.incarnation).filter(({ kind }) => kind === 'allowance.returned').map(({ body }) => body)
}

function recall(central: StandInCentral, who: string, askedAtMs: number): void {
  central.tell({ kind: 'recall', scope: 'station', key: who, row: { rider: who, askedAtMs } })
}

function leave(station: SyncingStation, who = ZHANG): void {
  station.inSession.delete(who)
  endVisit(station.counter, who)
}

test('a visitor’s rest goes back when his visit is over: at the next contact, and not while central can not be reached', async () => {
  const central = standIn()
  const station = await openTalking(central)
  stockSoap(station.counter)
  expect(takeSoap(station.counter)).toBe(true)
  await station.timers.round()
  expect([here(station), returnedOf(central, station)]).toEqual([80, []])
  central.cutOff = true
  leave(station)
  await station.timers.round()
  expect(here(station)).toBe(80)
  // He comes back to a station that is cut off, and finds his points.
  station.inSession.add(ZHANG)
  expect(takeSoap(station.counter)).toBe(true)
  leave(station)
  central.cutOff = false
  await station.timers.round()
  expect([here(station), returnedOf(central, station)]).toEqual([0, [{ rider: ZHANG, points: 60, reason: 'visit_over' }]])
  await station.timers.round()
  expect(returnedOf(central, station)).toHaveLength(1)
})

test('at home the standing amount stays', async () => {
  const central = standIn()
  central.tell(rider(ZHANG, { balance: 126, home: true }))
  const station = await openTalking(central)
  leave(station)
  await station.timers.round()
  expect([here(station), returnedOf(central, station)]).toEqual([50, [{ rider: ZHANG, points: 50, reason: 'visit_over' }]])
})

test('a recall is answered with all of it when nobody stands here, also from home', async () => {
  const central = standIn()
  central.tell(rider(ZHANG, { balance: 400, home: true }))
  const station = await openTalking(central)
  leave(station)
  await station.timers.round()
  expect(here(station)).toBe(50)
  recall(central, ZHANG, NOW_MS)
  await station.timers.round()
  expect([here(station), returnedOf(central, station).at(-1)]).toEqual([0, { rider: ZHANG, points: 50, reason: 'recall' }])
})

test('a recall is never answered while the rider stands here, and answered when he goes', async () => {
  const central = standIn()
  const station = await openTalking(central)
  recall(central, ZHANG, NOW_MS)
  await station.timers.round()
  await station.timers.round()
  expect([here(station), returnedOf(central, station)]).toEqual([100, []])
  leave(station)
  await station.timers.round()
  expect([here(station), returnedOf(central, station)]).toEqual([0, [{ rider: ZHANG, points: 100, reason: 'recall' }]])
})

test('a recall that nobody repeated has lapsed by central’s clock; the points stay where they belong', async () => {
  const central = standIn()
  central.tell(rider(ZHANG, { balance: 100, home: true }))
  const station = await openTalking(central)
  recall(central, ZHANG, NOW_MS)
  await station.timers.round()
  central.wallMs += RECALL_MS_MAX + 1
  leave(station)
  await station.timers.round()
  expect([here(station), returnedOf(central, station)]).toEqual([50, [{ rider: ZHANG, points: 50, reason: 'visit_over' }]])
})

test('points that arrive when nobody is here for them go back; after a restart every visit is over', async () => {
  const central = standIn()
  const folder = temporaryFolder()
  const station = await openTalking(central, folder)
  central.tell({ kind: 'grant', scope: 'riders', key: randomUUID(), row: { id: randomUUID(), rider: LI, points: 30 } })
  await station.timers.round()
  expect([here(station, LI), here(station), returnedOf(central, station)]).toEqual([0, 100, [{ rider: LI, points: 30, reason: 'visit_over' }]])
  // The power goes while he stands here.
  await station.close()
  const again = await openTalking(central, folder, { inSession: [], onOpened: endAllVisits })
  expect([here(again), returnedOf(central, again).at(-1)]).toEqual([0, { rider: ZHANG, points: 100, reason: 'visit_over' }])
})

test('a fenced file gives nothing back: what it says of points is not believed', async () => {
  const central = standIn()
  const station = await openTalking(central)
  central.state = 'quarantined'
  await station.timers.round()
  recall(central, ZHANG, NOW_MS)
  leave(station)
  await station.timers.round()
  expect([here(station), returnedOf(central, station)]).toEqual([100, []])
})

test('the answer about a rider names where the rest is; to a fenced file nobody is asked for', async () => {
  const central = standIn()
  const heard: unknown[] = []
  const station = await openTalking(central, undefined, { onPoints: (who, { elsewhere, withheld }) => heard.push([who, elsewhere.map(({ points }) => points), withheld]) })
  const place = { station: randomUUID(), name: { zh: '文艺路', en: 'Wenyi Road' }, points: 70, heardAtMs: NOW_MS }
  central.allowance = { grant: { id: randomUUID(), rider: ZHANG, points: 5 }, withheld: null, elsewhere: [place] }
  wantAllowance(station.counter, ZHANG)
  await station.timers.round()
  expect([heard, here(station)]).toEqual([[[ZHANG, [70], null]], 105])
  central.state = 'waiting'
  await station.timers.round()
  wantAllowance(station.counter, ZHANG)
  await station.timers.round()
  expect(central.asked).toEqual([ZHANG])
})

test('a slice for earnings is received once, however often it is told', async () => {
  const central = standIn()
  const slice = { kind: 'earning_slice', scope: 'station', key: 'slice', row: { id: randomUUID(), points: 500 } } as const
  central.tell(slice, slice)
  const station = await openTalking(central)
  const read = (counter: TestCounter): number => earningSliceLeft(counter.database.read)
  expect(read(station.counter)).toBe(500)
  station.counter.database.write((writer) => receiveGrant(station.counter, writer, { id: randomUUID(), rider: ZHANG, points: 1 }))
  await station.timers.round()
  expect(central.factsOf(station.counter.identity.incarnation).filter(({ kind }) => kind === 'earning_slice.received')).toEqual([
    { kind: 'earning_slice.received', body: { grant: slice.row.id, points: 500 } },
  ])
})

test('one person for whom central has no answer, each time, keeps nobody’s points from going back', async () => {
  const central = standIn()
  const station = await openTalking(central)
  central.refusals.set(ALLOWANCE_PATH, 'internal')
  wantAllowance(station.counter, LI)
  leave(station)
  // The first round asks for people first and ends there; the next one asks for them last.
  await station.timers.round()
  await station.timers.round()
  expect([here(station), returnedOf(central, station)]).toEqual([0, [{ rider: ZHANG, points: 100, reason: 'visit_over' }]])
})
