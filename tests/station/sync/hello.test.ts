import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { HELLO_AGAIN_MS, HELLO_PATH, OWN_EVENTS_PATH, RENEWALS_PATH } from '../../../contract/sync/hello.ts'
import { PULL_PATH, PUSH_PATH } from '../../../contract/sync/sync-protocol.ts'
import { checkIn } from '../../../station/acts/check-in.ts'
import { spendingStop } from '../../../station/acts/may-spend.ts'
import { openMarkerKeeper } from '../../../station/marker-keeper.ts'
import { fenceOf } from '../../../station/store/fence.ts'
import { outboxState } from '../../../station/store/outbox.ts'
import { allowancePoints } from '../../../station/store/rider-points.ts'
import { sentSeq, syncState } from '../../../station/store/sync-state.ts'
import { applyPushAnswer } from '../../../station/sync/apply-answers.ts'
import { temporaryFolder, ZHANG } from '../../support/counter.ts'
import { StandInCentral } from '../../support/stand-in-central.ts'
import { NOW_MS } from '../../support/test-central.ts'
import { FIRST_STATION, type SyncingStation } from './syncing-station.ts'
import { copyOf, lastSeqOf, openStocked, openTalking, standIn, stockSoap, takeSoap } from './talking-station.ts'

test('a hello comes before anything else in a process’s life, again after six hours, and says how far the file has got', async () => {
  const central = standIn()
  const station = await openTalking(central)
  expect(central.requests.slice(0, 2)).toEqual([HELLO_PATH, PULL_PATH])
  central.requests.length = 0
  await station.timers.round()
  expect(central.requests).toEqual([PULL_PATH])
  central.requests.length = 0
  station.counter.clock.advance(HELLO_AGAIN_MS)
  await station.timers.round()
  const { identity } = station.counter
  expect(central.requests).toEqual([HELLO_PATH, PULL_PATH])
  expect(central.hellos.at(-1)).toMatchObject({
    incarnation: identity.incarnation, previous: null, lastSeq: lastSeqOf(station.counter), acknowledgedSeq: lastSeqOf(station.counter), cursor: { history: central.history },
  })
})

test('where central recovers under a new history the hello is said once more in that history: only such a one counts', async () => {
  const central = standIn()
  const station = await openStocked(central)
  await station.timers.round()
  const before = central.history
  central.history = randomUUID()
  central.recovering = true
  await station.timers.round()
  central.hellos.length = 0
  await station.timers.round()
  expect(central.hellos.map(({ lastSeq, cursor }) => ({ lastSeq, history: cursor?.history }))).toEqual(
    [before, central.history].map((history) => ({ lastSeq: lastSeqOf(station.counter), history })),
  )
})

test('whoever can not sign with the key of the enrolment is told nothing: an alarm, and the station goes on with what it holds', async () => {
  const central = standIn()
  const folder = temporaryFolder()
  const known = await openTalking(central, folder)
  stockSoap(known.counter)
  await known.close()

  const stranger = new StandInCentral(FIRST_STATION, NOW_MS)
  const station = await openTalking(stranger, folder, { believes: central })
  await station.timers.round()
  expect([stranger.requests, station.sync.alarms(), station.sync.isOnline()]).toEqual([[HELLO_PATH, HELLO_PATH], ['central_unknown'], false])
  expect([takeSoap(station.counter), stranger.kept.get(station.counter.identity.incarnation)]).toEqual([true, []])
})

test('a central with less than it once acknowledged under the same history is sent everything again, and staff are told', async () => {
  const central = standIn()
  const station = await openStocked(central)
  takeSoap(station.counter)
  await station.timers.round()
  const all = lastSeqOf(station.counter)
  central.eventsOf(station.counter.identity.incarnation).length = 1
  station.counter.clock.advance(HELLO_AGAIN_MS)
  await station.timers.round()
  expect(central.hellos.at(-1)?.acknowledgedSeq).toBe(all)
  expect(central.eventsOf(station.counter.identity.incarnation)).toHaveLength(all)
  expect(syncState(station.counter.database.read)).toMatchObject({ acknowledgedSeq: all, highestAcknowledgedSeq: all, fence: null })
})

test.each([
  ['with something to send', true],
  ['with nothing to send', false],
])('a central that was set back while the station runs hears of it in a hello, before one event is sent again: %s', async (_name, sends) => {
  const central = standIn()
  const station = await openStocked(central)
  takeSoap(station.counter)
  await station.timers.round()
  const all = lastSeqOf(station.counter)
  central.eventsOf(station.counter.identity.incarnation).length = 1
  if (sends) takeSoap(station.counter)
  central.requests.length = 0
  await station.timers.round()
  await station.timers.round()
  const before = central.requests.slice(0, central.requests.indexOf(HELLO_PATH))
  expect([before, central.hellos.at(-1)?.acknowledgedSeq]).toEqual([sends ? [PUSH_PATH] : [PULL_PATH], all])
  expect(central.eventsOf(station.counter.identity.incarnation)).toHaveLength(lastSeqOf(station.counter))
})

test('a repeat acknowledges no more than itself: what the copy recorded of its own is sent all the same', async () => {
  const central = standIn()
  const station = await openStocked(central)
  await station.timers.round()
  // The image is from before the last answers came.
  station.counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_seq = 0, highest_acknowledged_seq = 0'))
  const folder = copyOf(station)
  const common = lastSeqOf(station.counter)
  for (let count = 0; count < 5; count += 1) takeSoap(station.counter)
  await station.timers.round()
  central.cutOff = true
  const copy = await openTalking(central, folder)
  takeSoap(copy.counter)
  applyPushAnswer(copy.counter, { result: 'applied', lastSeq: common + 5, outcomes: [] }, common)
  expect([sentSeq(copy.counter.database.read), fenceOf(copy.counter.database.read)]).toEqual([common, 'behind'])
  central.cutOff = false
  await copy.timers.round()
  expect(central.raw.map(({ seq, kind }) => [seq, kind])).toEqual([[common + 1, 'redemption.recorded']])
})

test('a file that central does not know any more says hello in the next round, and it is no outage', async () => {
  const central = standIn()
  const station = await openStocked(central)
  central.refusals.set(PUSH_PATH, 'hello_needed')
  await station.timers.round()
  central.refusals.clear()
  expect([station.timers.delays.at(-1), station.problems]).toEqual([50, []])
  central.requests.length = 0
  await station.timers.round()
  expect([central.requests[0], outboxState(station.counter.database.read).depth]).toEqual([HELLO_PATH, 0])
})

test('a station that never had an answer says so once', async () => {
  const central = standIn()
  central.refusals.set(HELLO_PATH, 'internal')
  const station = await openTalking(central)
  await station.timers.round()
  expect(station.problems).toEqual(['central refuses: internal'])
})

test('another history means another hello before anything else is said, and what was acknowledged is claimed under the old one only', async () => {
  const central = standIn()
  const station = await openStocked(central)
  await station.timers.round()
  const before = central.history
  central.history = randomUUID()
  central.eventsOf(station.counter.identity.incarnation).length = 0
  await station.timers.round()
  central.requests.length = 0
  await station.timers.round()
  expect(central.requests[0]).toBe(HELLO_PATH)
  expect(central.hellos.at(-1)).toMatchObject({ acknowledgedSeq: lastSeqOf(station.counter), cursor: { history: before } })
  await station.timers.round()
  expect([central.eventsOf(station.counter.identity.incarnation).length, outboxState(station.counter.database.read).depth]).toEqual([lastSeqOf(station.counter), 0])
})

test.each([
  ['waiting', 'waiting_for_staff'],
  ['quarantined', 'quarantined'],
  ['banned', 'banned'],
  ['superseded', null],
] as const)('where central says %s, the station spends accordingly, and greets and counts all the same', async (state, stop) => {
  const central = standIn()
  const station = await openStocked(central)
  central.state = state
  station.counter.clock.advance(HELLO_AGAIN_MS)
  await station.timers.round()
  const { counter } = station
  expect([spendingStop(counter, counter.database.read), takeSoap(counter)]).toEqual([stop, stop === null])
  expect(checkIn(counter, { rider: ZHANG, card: 1 }).visitToday).toBe(1)
  stockSoap(counter)
})

test('a file that waited for staff and hears by a page that it is admitted says hello at once: central that recovers waits for that word', async () => {
  const central = standIn()
  central.state = 'waiting'
  const station = await openTalking(central)
  await station.timers.round()
  central.state = 'active'
  central.requests.length = 0
  await station.timers.round()
  expect([central.requests, station.timers.delays.at(-1)]).toEqual([[PULL_PATH], 50])
  await station.timers.round()
  await station.timers.round()
  expect(central.requests.filter((path) => path === HELLO_PATH)).toHaveLength(1)
  expect(spendingStop(station.counter, station.counter.database.read)).toBeNull()
})

test('a clone is fenced at its hello when the other went on, sends what it recorded to be kept, and never spends again', async () => {
  const central = standIn()
  const station = await openStocked(central)
  await station.timers.round()
  const folder = copyOf(station)
  takeSoap(station.counter)
  await station.timers.round()
  const clone = await openTalking(central, folder)
  expect([fenceOf(clone.counter.database.read), takeSoap(clone.counter), fenceOf(station.counter.database.read)]).toEqual(['behind', false, null])
  // What it would record now bears a number that is taken: people are greeted and counted.
  const before = lastSeqOf(clone.counter)
  checkIn(clone.counter, { rider: ZHANG, card: 1 })
  expect([lastSeqOf(clone.counter), clone.counter.database.read.all('SELECT people FROM uncounted_checkins')]).toEqual([before, [{ people: 1 }]])
  await clone.timers.round()
  expect(central.state).toBe('active')
})

test('two that went on apart from one image: the second is found by its hash, kept raw, and both are fenced', async () => {
  const central = standIn()
  const station = await openStocked(central)
  await station.timers.round()
  const folder = copyOf(station)
  takeSoap(station.counter)
  central.cutOff = true
  const clone = await openTalking(central, folder)
  takeSoap(clone.counter)
  takeSoap(clone.counter)
  central.cutOff = false
  await station.timers.round()
  await clone.timers.round()
  expect([fenceOf(clone.counter.database.read), central.state, central.raw.map(({ kind }) => kind)]).toEqual(['quarantined', 'quarantined', ['redemption.recorded', 'redemption.recorded']])
  await station.timers.round()
  expect(fenceOf(station.counter.database.read)).toBe('quarantined')
})

/** As a start does it: the marker is heeded before anything is recorded. */
function startOver(central: StandInCentral, folder: string, markers: string): Promise<SyncingStation> {
  return openTalking(central, folder, {
    onOpened: ({ database, identity }) => openMarkerKeeper(database, identity, { dataFolder: markers, witnessFolder: null }, () => undefined),
  })
}

test('a central that has less than it had, under the same history, hears a hello before it hears anything else', async () => {
  const central = standIn()
  const station = await openStocked(central)
  await station.timers.round()
  const { incarnation } = station.counter.identity
  const told = central.eventsOf(incarnation).length
  // Set back to a backup, and nobody said so.
  central.eventsOf(incarnation).splice(1)
  expect(takeSoap(station.counter)).toBe(true)
  central.requests.length = 0
  await station.timers.round()
  await station.timers.round()
  expect(central.requests.slice(0, 3)).toEqual([PUSH_PATH, HELLO_PATH, PUSH_PATH])
  expect(central.hellos.at(-1)).toMatchObject({ acknowledgedSeq: told, cursor: { history: central.history } })
  expect(central.eventsOf(incarnation)).toHaveLength(lastSeqOf(station.counter))
})

test('where nothing is to be sent, what a page says is enough for that hello; it is said once, and the round goes on', async () => {
  const central = standIn()
  const station = await openStocked(central)
  await station.timers.round()
  const { incarnation } = station.counter.identity
  central.eventsOf(incarnation).splice(1)
  central.requests.length = 0
  await station.timers.round()
  await station.timers.round()
  expect(central.requests.filter((path) => path !== PULL_PATH)).toEqual([HELLO_PATH, PUSH_PATH])
  expect(central.requests.slice(0, 2)).toEqual([PULL_PATH, HELLO_PATH])
  expect(central.eventsOf(incarnation)).toHaveLength(lastSeqOf(station.counter))
})

async function restored(past: (station: SyncingStation) => void): Promise<{ central: StandInCentral; station: SyncingStation; markers: string; folder: string }> {
  const central = standIn()
  const station = await openStocked(central)
  await station.timers.round()
  const folder = copyOf(station)
  past(station)
  await station.timers.round()
  openMarkerKeeper(station.counter.database, station.counter.identity, { dataFolder: station.counter.folder, witnessFolder: null }, () => undefined).keep()
  return { central, station, markers: station.counter.folder, folder }
}

test('a restored database reads its own events again, has their effects once more, and spends', async () => {
  const { central, station, markers, folder } = await restored(({ counter }) => {
    takeSoap(counter)
    checkIn(counter, { rider: ZHANG, card: 1 })
    stockSoap(counter)
    takeSoap(counter)
  })
  await station.close()
  central.cutOff = true
  const back = await startOver(central, folder, markers)
  expect([spendingStop(back.counter, back.counter.database.read), takeSoap(back.counter)]).toEqual(['behind', false])
  central.cutOff = false
  await back.timers.round()
  expect(central.requests).toContain(OWN_EVENTS_PATH)
  expect(fenceOf(back.counter.database.read)).toBeNull()
  const there = openTables(station.counter.folder)
  const here = openTables(folder)
  await back.close()
  expect(here()).toEqual(there())
  const again = await startOver(central, folder, markers)
  expect([allowancePoints(again.counter.database.read, ZHANG), takeSoap(again.counter)]).toEqual([60, true])
  await again.timers.round()
  expect([central.state, central.eventsOf(again.counter.identity.incarnation).length]).toEqual(['active', lastSeqOf(again.counter)])
})

test('where the marker is beyond what central holds, the file stays fenced: somebody begins anew', async () => {
  const { central, station, markers, folder } = await restored(({ counter }) => void takeSoap(counter))
  await station.close()
  central.eventsOf(station.counter.identity.incarnation).pop()
  const back = await startOver(central, folder, markers)
  await back.timers.round()
  expect([fenceOf(back.counter.database.read), takeSoap(back.counter), central.state]).toEqual(['behind', false, 'active'])
})

test('without a marker an old image stays fenced, whatever central still has of it', async () => {
  const { central, station, folder } = await restored(({ counter }) => void takeSoap(counter))
  await station.close()
  const back = await openTalking(central, folder)
  await back.timers.round()
  expect([fenceOf(back.counter.database.read), central.requests.includes(OWN_EVENTS_PATH)]).toEqual(['behind', false])
})

test('an old image with nothing of its own to send is found by the next page', async () => {
  const central = standIn()
  const station = await openStocked(central)
  await station.timers.round()
  const folder = copyOf(station)
  const clone = await openTalking(central, folder)
  takeSoap(station.counter)
  await station.timers.round()
  await clone.timers.round()
  expect([fenceOf(clone.counter.database.read), fenceOf(station.counter.database.read)]).toEqual(['behind', null])
})

test('a pull that is refused for its version stops no facts: staff are told, and it is no outage', async () => {
  const central = standIn()
  const station = await openStocked(central)
  central.refusals.set(PULL_PATH, 'client_too_old')
  takeSoap(station.counter)
  await station.timers.round()
  expect([station.sync.alarms(), station.sync.isOnline(), outboxState(station.counter.database.read).depth]).toEqual([['client_too_old'], true, 0])
  expect(central.requests).toContain(PUSH_PATH)
})

test('slices are renewed once a day by central’s calendar; withheld, it is asked again an hour later', async () => {
  const central = standIn()
  central.renewals = { granted: 0, more: false, withheld: 'recovering' }
  const station = await openTalking(central)
  const asked = (): number => central.requests.filter((path) => path === RENEWALS_PATH).length
  await station.timers.round()
  expect(asked()).toBe(1)
  station.counter.clock.advance(3_600_000)
  central.renewals = { granted: 2, more: false, withheld: null }
  await station.timers.round()
  await station.timers.round()
  expect(asked()).toBe(2)
  central.wallMs += 86_400_000
  await station.timers.round()
  expect(asked()).toBe(3)
})

/** Every row of the station's own tables, but what says when it was opened or last spoke. */
function openTables(folder: string): () => unknown {
  return () => {
    const database = openForReading(folder)
    const tables = ['outbox', 'allowances', 'grants', 'lots', 'stock_movements', 'redemptions', 'restocks', 'checkins', 'entries', 'entry_lines']
    const rows = Object.fromEntries(tables.map((table) => [table, database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()]))
    database.close()
    return rows
  }
}

function openForReading(folder: string): Database.Database {
  return new Database(join(folder, 'station.db'), { readonly: true })
}
