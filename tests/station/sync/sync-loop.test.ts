import { randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PUSH_EVENTS_MAX, PUSH_PATH, ALLOWANCE_PATH, PULL_PATH, RIDER_PATH } from '../../../contract/sync/sync-protocol.ts'
import { checkIn } from '../../../station/acts/check-in.ts'
import { redeem } from '../../../station/acts/redeem.ts'
import { restock } from '../../../station/acts/restock.ts'
import { fenceOf } from '../../../station/store/fence.ts'
import { outboxState } from '../../../station/store/outbox.ts'
import { allowancePoints, riderRow } from '../../../station/store/rider-points.ts'
import { offeredItems } from '../../../station/store/shelf.ts'
import { endVisit, wantAllowance } from '../../../station/sync/allowance-requests.ts'
import { acknowledgedSeq, currentCursor } from '../../../station/store/sync-state.ts'
import { temporaryFolder, type TestCounter } from '../../support/counter.ts'
import type { Database } from '../../../central/store/database.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { appendChanges, DISTRICT_SCOPE } from '../../../central/store/changes.ts'
import { isCardRevoked } from '../../../station/store/mirror.ts'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import { balancesOf, demoRider, HISTORY, NOW_MS, readBooks } from '../../support/test-central.ts'
import { clientOf, openCentral, openSyncingStation } from './syncing-station.ts'
import staff from '../../../resources/demo/staff.json' with { type: 'json' }

let databases: TestDatabases
beforeAll(async () => {
  databases = await startDatabases('pglite')
})
afterAll(() => databases.stop())

const ZHANG = demoRider('zhang')
const LI = demoRider('li')
const DISTRICT = stations[0]?.district.id ?? ''
const WANG = staff[0]?.id ?? ''

async function openBoth() {
  const central = await openCentral(await databases.create())
  const station = await openSyncingStation(clientOf(central.proxy.url), undefined, { inSession: [ZHANG] })
  // The first round asks for what the home station keeps, the second brings it.
  await station.timers.round()
  return { central, station, counter: station.counter, proxy: central.proxy, timers: station.timers }
}

function cheapest(counter: TestCounter): { item: string; points: number } {
  const item = offeredItems(counter.database.read).toSorted((left, right) => left.pricePoints - right.pricePoints).find(({ perishable }) => !perishable)
  if (item === undefined) throw new Error('nothing is offered')
  return { item: item.id, points: item.pricePoints }
}

function stock(counter: TestCounter): void {
  const stocked = restock(counter, { request: randomUUID(), staff: WANG, lines: [{ item: cheapest(counter).item, quantity: 50, expiryDay: null, donor: null }] })
  if (!stocked.ok) throw new Error(stocked.refusal.code)
}

function takeOne(counter: TestCounter): number {
  const { item, points } = cheapest(counter)
  const taken = redeem(counter, { request: randomUUID(), rider: ZHANG, lines: [{ item, quantity: 1 }], pointsShown: points })
  if (!taken.ok) throw new Error(taken.refusal.code)
  return points
}

async function eventsAtCentral(database: Database): Promise<number[]> {
  const rows = await database.query<{ seq: number }>('SELECT seq::int AS seq FROM events ORDER BY seq')
  return rows.map(({ seq }) => seq)
}

async function pointsAtCentral(database: Database, rider: string): Promise<number> {
  const [row] = await database.query<{ balance: number }>("SELECT balance::int AS balance FROM accounts WHERE rider_id = $1 AND account_key = $2", [rider, `rider:${rider}`])
  return row?.balance ?? 0
}

const countTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

test('the first rounds bring catalogue, people and what the home station holds; the next ones are small and one after the other', async () => {
  const { station, counter, timers, proxy } = await openBoth()
  expect([station.sync.isOnline(), riderRow(counter.database.read, ZHANG)?.maskedName, offeredItems(counter.database.read).length]).toEqual([true, '张*', 24])
  expect(allowancePoints(counter.database.read, ZHANG)).toBeGreaterThan(0)
  expect(currentCursor(counter.database.read)?.history).toBe(HISTORY)
  proxy.requests.length = 0
  await timers.round()
  expect([proxy.requests, timers.alive(), timers.delays.at(-1), proxy.underWayMax()]).toEqual([[PULL_PATH], 1, 5_000, 1])
})

test('acts arrive once although the answer to the push was lost, and asked again they change nothing', async () => {
  const { central, counter, timers, proxy, station } = await openBoth()
  stock(counter)
  const spent = takeOne(counter) + takeOne(counter)
  proxy.fault = { kind: 'lose_answer', path: PUSH_PATH, times: 1 }
  await timers.round()
  const depth = outboxState(counter.database.read).depth
  expect([proxy.lost, depth > 0, station.sync.isOnline()]).toEqual([[PUSH_PATH], true, true])
  await timers.round()
  const { seq } = counter.database.read.get<{ seq: number }>('SELECT max(seq) AS seq FROM outbox') ?? { seq: 0 }
  expect([outboxState(counter.database.read).depth, await eventsAtCentral(central.database)]).toEqual([0, countTo(seq)])
  const books = await readBooks(central.database)
  expect([books, (await balancesOf(central.database, ZHANG))['discrepancy'] ?? 0]).toEqual([{ allAccounts: 0, wrong: [] }, 0])
  const before = riderRow(counter.database.read, ZHANG)
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_seq = 0'))
  await timers.round()
  expect([await eventsAtCentral(central.database), await readBooks(central.database), riderRow(counter.database.read, ZHANG)]).toEqual([countTo(seq), books, before])
  expect(spent).toBeGreaterThan(0)
})

test('where central has less than the station believed, it answers a gap and the station sends again from there', async () => {
  const { central, counter, timers } = await openBoth()
  stock(counter)
  const { seq } = counter.database.read.get<{ seq: number }>('SELECT max(seq) AS seq FROM outbox') ?? { seq: 0 }
  takeOne(counter)
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_seq = ?', seq))
  await timers.round()
  expect([acknowledgedSeq(counter.database.read), await eventsAtCentral(central.database)]).toEqual([seq + 1, countTo(seq + 1)])
})

test('a long outbox goes in several batches, each made ready while one is under way and none sent beside another; one that central’s answer has overtaken is not sent', async () => {
  const { central, counter, timers, proxy } = await openBoth()
  const { length: known } = await eventsAtCentral(central.database)
  for (let act = 0; act < PUSH_EVENTS_MAX * 2; act += 1) stock(counter)
  const { seq: last } = counter.database.read.get<{ seq: number }>('SELECT max(seq) AS seq FROM outbox') ?? { seq: 0 }
  // It believes more than central has: the first answer is a gap, and what was made ready behind it is of no use.
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_seq = ?', PUSH_EVENTS_MAX))
  proxy.requests.length = 0
  await timers.round()
  const batches = proxy.requests.filter((path) => path === PUSH_PATH).length
  expect([acknowledgedSeq(counter.database.read), await eventsAtCentral(central.database), batches, proxy.underWayMax()]).toEqual([
    last, countTo(last), 1 + Math.ceil((last - known) / PUSH_EVENTS_MAX), 1,
  ])
})

test('own acts stand on top of the balance central told, at every step: nothing flickers and nothing is counted twice', async () => {
  const { counter, timers, proxy, station } = await openBoth()
  stock(counter)
  const opening = riderRow(counter.database.read, ZHANG)?.balance ?? 0
  const spent = takeOne(counter)
  const seen = new Set<number>()
  const look = (): void => void seen.add(riderRow(counter.database.read, ZHANG)?.balance ?? Number.NaN)
  station.onChange = look
  look()
  proxy.fault = { kind: 'lose_answer', path: PULL_PATH, times: 1 }
  await timers.round()
  look()
  const row = (): unknown => counter.database.read.get('SELECT balance, included_seq > 0 AS later FROM riders WHERE id = ?', ZHANG)
  expect(row()).toEqual({ balance: opening, later: 0 })
  await timers.round()
  look()
  expect([row(), [...seen]]).toEqual([{ balance: opening - spent, later: 1 }, [opening - spent]])
})

test('a grant heard of by its answer and by the pull counts once; one whose answer was lost is asked again under the same id', async () => {
  const { central, counter, timers, proxy } = await openBoth()
  const before = allowancePoints(counter.database.read, ZHANG)
  const lent = await pointsAtCentral(central.database, ZHANG)
  expect(lent).toBeGreaterThan(0)
  wantAllowance(counter, ZHANG)
  const asked = counter.database.read.all<{ id: string }>('SELECT id, sent FROM allowance_requests')
  proxy.fault = { kind: 'lose_answer', path: ALLOWANCE_PATH, times: 1 }
  await timers.round()
  expect(counter.database.read.all('SELECT id, sent FROM allowance_requests')).toEqual([{ id: asked[0]?.id, sent: 1 }])
  // The rider leaves, and comes back: central may have lent already, so the request stands.
  endVisit(counter, ZHANG)
  wantAllowance(counter, ZHANG)
  expect(counter.database.read.all('SELECT id, sent FROM allowance_requests')).toEqual([{ id: asked[0]?.id, sent: 1 }])
  await timers.round()
  await timers.round()
  expect({
    points: allowancePoints(counter.database.read, ZHANG),
    open: counter.database.read.all('SELECT * FROM allowance_requests'),
    grants: counter.database.read.all('SELECT id, points FROM grants WHERE id = ?', asked[0]?.id ?? ''),
  }).toEqual({ points: before + lent, open: [], grants: [{ id: asked[0]?.id, points: lent }] })
  expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
})

test('a request that was never sent lapses with its session', async () => {
  const { counter, timers, proxy } = await openBoth()
  proxy.fault = { kind: 'refuse' }
  wantAllowance(counter, ZHANG)
  endVisit(counter, ZHANG)
  proxy.fault = null
  proxy.requests.length = 0
  await timers.round()
  expect(proxy.requests).not.toContain(ALLOWANCE_PATH)
})

test('a rider of another district’s station is fetched by name when he comes; one whom nobody knows stops nothing', async () => {
  const { counter, timers, proxy, station } = await openBoth()
  const nobody = randomUUID()
  checkIn(counter, { rider: nobody, card: 1 })
  station.sync.wantRider(nobody)
  expect(station.sync.isWanted(nobody)).toBe(true)
  proxy.requests.length = 0
  await timers.round()
  expect([proxy.requests.includes(RIDER_PATH), station.sync.isWanted(nobody), outboxState(counter.database.read).depth, station.sync.isOnline()]).toEqual([true, false, 0, true])
})

test('a request for points that central refuses for good does not keep the acts from arriving', async () => {
  const { central, counter, timers, station } = await openBoth()
  // Erased at central since; the request had been sent and its answer lost.
  const erased = randomUUID()
  counter.database.write((writer) => writer.run('INSERT INTO allowance_requests (id, rider, sent) VALUES (?, ?, 1)', randomUUID(), erased))
  stock(counter)
  takeOne(counter)
  await timers.round()
  expect([outboxState(counter.database.read).depth, counter.database.read.all('SELECT * FROM allowance_requests'), station.sync.isOnline()]).toEqual([0, [], true])
  expect((await eventsAtCentral(central.database)).length).toBeGreaterThan(0)
})

test('it is offline after two rounds without an answer, pauses ever longer up to five minutes, and is online after one answer', async () => {
  const { station, timers, proxy, counter } = await openBoth()
  proxy.fault = { kind: 'refuse' }
  const states: boolean[] = []
  const from = timers.delays.length
  for (let failed = 0; failed < 12; failed += 1) {
    await timers.round()
    states.push(station.sync.isOnline())
    expect(timers.alive()).toBe(1)
  }
  expect(states.slice(0, 3)).toEqual([true, false, false])
  expect(timers.delays.slice(from)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000, 300_000, 300_000])
  stock(counter)
  takeOne(counter)
  station.sync.nudge()
  expect([timers.delays.at(-1), timers.alive()]).toEqual([50, 1])
  proxy.fault = null
  await timers.round()
  expect([station.sync.isOnline(), outboxState(counter.database.read).depth, timers.delays.at(-1)]).toEqual([true, 0, 5_000])
})

test('nudged while a round is under way it goes once more, and never two at once', async () => {
  const { station, timers, proxy, counter } = await openBoth()
  proxy.fault = { kind: 'delay', delayMs: 30 }
  const round = timers.round()
  for (let nudges = 0; nudges < 5; nudges += 1) station.sync.nudge()
  expect(timers.alive()).toBe(0)
  stock(counter)
  await round
  expect(timers.delays.at(-1)).toBe(50)
  await timers.round()
  expect([outboxState(counter.database.read).depth, proxy.underWayMax(), timers.delays.at(-1)]).toEqual([0, 1, 5_000])
})

test('a stop gives up what is under way at once, waits for it, and nothing begins after it', async () => {
  const { station, timers, proxy, counter } = await openBoth()
  proxy.fault = { kind: 'swallow_answers' }
  proxy.requests.length = 0
  void timers.round()
  for (let waited = 0; proxy.requests.length === 0 && waited < 200; waited += 1) await new Promise((next) => setTimeout(next, 10))
  const askedAtMs = performance.now()
  await station.sync.stop()
  expect(performance.now() - askedAtMs).toBeLessThan(1_000)
  station.sync.nudge()
  station.sync.wantRider(randomUUID())
  expect([timers.alive(), proxy.requests.length]).toEqual([0, 1])
  expect(counter.database.read.get('SELECT 1 AS open')).toEqual({ open: 1 })
})

test('whatever hears of a change and fails, the loop goes on', async () => {
  const { station, timers, proxy, counter } = await openBoth()
  station.onChange = () => {
    throw new Error('a view that can not be built')
  }
  proxy.fault = { kind: 'refuse' }
  for (let failed = 0; failed < 3; failed += 1) await timers.round()
  proxy.fault = null
  stock(counter)
  await timers.round()
  expect([station.sync.isOnline(), outboxState(counter.database.read).depth, station.problems.some((problem) => problem.includes('a view that can not be built'))]).toEqual([true, 0, true])
})

test('where nothing happens, a round every five seconds writes nothing but the time, once a minute', async () => {
  const { counter, timers } = await openBoth()
  await timers.round()
  const changes = (): number => counter.database.read.get<{ count: number }>('SELECT total_changes() AS count')?.count ?? 0
  const before = changes()
  for (let round = 0; round < 36; round += 1) {
    counter.clock.advance(5_000)
    await timers.round()
  }
  expect(changes() - before).toBe(3)
})

test('what a clock that ran a year ahead recorded is put right by central: it uses up no limit of the year to come', async () => {
  const { counter, timers } = await openBoth()
  stock(counter)
  counter.clock.setWall(NOW_MS + 365 * 86_400_000)
  takeOne(counter)
  const times = () => counter.database.read.all('SELECT at_ms AS atMs FROM entries WHERE seq IS NOT NULL')
  expect(times()).toEqual([{ atMs: NOW_MS + 365 * 86_400_000 }])
  await timers.round()
  expect(times()).toEqual([{ atMs: NOW_MS }])
})

test('a cursor that central does not know starts the mirror over, and nothing of the station’s own is lost', async () => {
  const { central, counter, timers, station } = await openBoth()
  stock(counter)
  takeOne(counter)
  await timers.round()
  const before = [riderRow(counter.database.read, ZHANG), allowancePoints(counter.database.read, ZHANG), outboxState(counter.database.read)]
  counter.database.write((writer) => writer.run('UPDATE sync_state SET history = ?, cursor_number = 7', randomUUID()))
  counter.database.write((writer) => writer.run("DELETE FROM donors"))
  await timers.round()
  await timers.round()
  expect([currentCursor(counter.database.read)?.history, station.sync.isOnline()]).toEqual([HISTORY, true])
  expect([riderRow(counter.database.read, ZHANG), allowancePoints(counter.database.read, ZHANG), outboxState(counter.database.read)]).toEqual(before)
  expect(counter.database.read.get<{ donors: number }>('SELECT count(*) AS donors FROM donors')?.donors).toBeGreaterThan(0)
  expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
})

test('a copied disk is put in quarantine: its file keeps every act and knows it, sends each once to be kept, and goes on hearing from central', async () => {
  const { central, counter, timers, proxy } = await openBoth()
  stock(counter)
  await timers.round()
  const folder = temporaryFolder()
  counter.database.read.all('PRAGMA wal_checkpoint(TRUNCATE)')
  copyFileSync(join(counter.folder, 'station.db'), join(folder, 'station.db'))
  takeOne(counter)
  await timers.round()

  // Both go on, apart; the copy hears of it only when it has recorded something of its own.
  proxy.fault = { kind: 'refuse' }
  const copy = await openSyncingStation(clientOf(proxy.url), folder, { inSession: [ZHANG] })
  takeOne(copy.counter)
  checkIn(copy.counter, { rider: ZHANG, card: 1 })
  proxy.fault = null
  await copy.timers.round()
  await copy.timers.round()
  expect([fenceOf(copy.counter.database.read), copy.sync.isOnline(), copy.problems.at(-1)]).toEqual(['quarantined', true, 'central has this database in quarantine'])
  const { depth } = outboxState(copy.counter.database.read)
  expect(depth).toBeGreaterThan(0)
  checkIn(copy.counter, { rider: LI, card: 1 })
  await central.database.query("UPDATE cards SET revoked_at_ms = 1 WHERE holder_id = $1 AND card = 1", [LI])
  await appendChanges(central.database, [{ district: DISTRICT, scope: DISTRICT_SCOPE, kind: 'revoked_card', key: `${LI}:1` }])
  await copy.timers.round()
  await copy.timers.round()
  const kept = await central.database.query<{ seq: number }>('SELECT seq::int AS seq FROM quarantined_events ORDER BY seq')
  // From the place where both wrote something of their own.
  const split = acknowledgedSeq(copy.counter.database.read)
  expect(kept.map(({ seq }) => seq)).toEqual(countTo(depth + 1).map((step) => split + step))
  expect(isCardRevoked(copy.counter.database.read, LI, 1)).toBe(true)
  expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
})
