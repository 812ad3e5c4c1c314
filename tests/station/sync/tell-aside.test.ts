import { randomUUID } from 'node:crypto'
import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HELLO_AGAIN_MS, HELLO_PATH } from '../../../contract/sync/hello.ts'
import { PUSH_PATH } from '../../../contract/sync/sync-protocol.ts'
import { forgetBeginAnew, moveOldFileAside, noteBeginAnew } from '../../../station/begin-anew.ts'
import { machineIds } from '../../../station/station-ids.ts'
import { asideFilesIn } from '../../../station/store/aside-files.ts'
import { openStationDatabase } from '../../../station/store/database.ts'
import { beginBoot } from '../../../station/store/identity.ts'
import { lastEvent } from '../../../station/store/outbox.ts'
import { applyPushAnswer } from '../../../station/sync/apply-answers.ts'
import { sentSeq } from '../../../station/store/sync-state.ts'
import { temporaryFolder } from '../../support/counter.ts'
import { StandInCentral } from '../../support/stand-in-central.ts'
import { FIRST_STATION, type SyncingStation } from './syncing-station.ts'
import { lastSeqOf, openTalking, standIn, stockSoap, takeSoap } from './talking-station.ts'

/** A file that has told everything, and beside it the new one that the station goes on with. */
async function begunAnew(central: StandInCentral): Promise<{ folder: string; old: string; told: number; station: SyncingStation }> {
  const folder = temporaryFolder()
  const before = await openTalking(central, folder)
  stockSoap(before.counter)
  takeSoap(before.counter)
  await before.timers.round()
  const told = lastSeqOf(before.counter)
  const old = before.counter.identity.incarnation
  noteBeginAnew(before.counter, folder)
  await before.close()
  beginNewFile(folder)
  return { folder, old, told, station: await openTalking(central, folder, { aside: asideFilesIn(folder, FIRST_STATION) }) }
}

/** As a start does it. */
function beginNewFile(folder: string): void {
  const previous = moveOldFileAside(folder)
  const made = openStationDatabase({ file: join(folder, 'station.db') })
  beginBoot(made, FIRST_STATION, machineIds, previous)
  made.close()
  forgetBeginAnew(folder)
}

test('a central that was set back to before it is told by the new file what the old one had told, in that one’s own life', async () => {
  const central = standIn()
  const { old, told, station } = await begunAnew(central)
  expect(central.hellos.map(({ incarnation }) => incarnation).slice(-2)).toEqual([station.counter.identity.incarnation, old])
  const all = [...central.eventsOf(old)]
  central.history = randomUUID()
  central.recovering = true
  central.eventsOf(old).length = 1
  central.hellos.length = 0
  await station.timers.round()
  await station.timers.round()
  expect({ events: central.eventsOf(old), hellos: central.hellos.filter(({ incarnation }) => incarnation === old).map(({ lastSeq, cursor }) => ({ lastSeq, isNow: cursor?.history === central.history })) }).toEqual({
    events: all, hellos: [{ lastSeq: told, isNow: false }, { lastSeq: told, isNow: true }],
  })
  expect(station.problems).toEqual([])
})

test('what the old file had acknowledged is claimed under the history of then, so that a central that was set back in silence hears of it', async () => {
  const central = standIn()
  const { old, told, station } = await begunAnew(central)
  central.hellos.length = 0
  station.counter.clock.advance(HELLO_AGAIN_MS)
  await station.timers.round()
  expect(central.hellos.at(-1)).toMatchObject({ incarnation: old, acknowledgedSeq: told, cursor: { history: central.history } })
})

test('where nothing is missing nothing is sent, and no file is written in', async () => {
  const central = standIn()
  const { folder, old, station } = await begunAnew(central)
  central.requests.length = 0
  station.counter.clock.advance(HELLO_AGAIN_MS)
  await station.timers.round()
  expect(central.requests.filter((path) => path === HELLO_PATH || path === PUSH_PATH)).toEqual([HELLO_PATH, HELLO_PATH])
  const kept = openStationDatabase({ file: join(folder, `station.${old}.db`) })
  expect(lastEvent(kept.read)?.seq).toBe(central.eventsOf(old).length)
  kept.close()
})

test('where somebody else wrote under the old name, all of the old file is sent to be kept', async () => {
  const central = standIn()
  const { old, told, station } = await begunAnew(central)
  central.history = randomUUID()
  const [first] = central.eventsOf(old)
  if (first === undefined) throw new Error('it has told something')
  central.eventsOf(old).splice(0, told, { ...first, hash: Buffer.alloc(32, 7) })
  await station.timers.round()
  await station.timers.round()
  expect(central.raw.map(({ seq }) => seq)).toEqual(Array.from({ length: told }, (_, index) => index + 1))
})

test('a file that was written off hears no contradiction in a hello: where central has more under its name, all of it is sent, and central finds out', async () => {
  const central = standIn()
  const { old, told, station } = await begunAnew(central)
  central.history = randomUUID()
  central.state = 'banned'
  const events = central.eventsOf(old)
  const [first] = events
  if (first === undefined) throw new Error('it has told something')
  for (let more = 0; more < 2; more += 1) events.push({ ...first, hash: Buffer.alloc(32, 7) })
  events.splice(1, told - 1, ...events.slice(1, told).map((event) => ({ ...event, hash: Buffer.alloc(32, 9) })))
  await station.timers.round()
  await station.timers.round()
  expect(central.raw.map(({ seq }) => seq)).toEqual(Array.from({ length: told }, (_, index) => index + 1))
})

test('a file kept aside that can not be read, or is another station’s, is told of; the file at work goes on', async () => {
  const central = standIn()
  const { folder, station } = await begunAnew(central)
  const foreign = openStationDatabase({ file: join(folder, `station.${randomUUID()}.db`) })
  beginBoot(foreign, randomUUID(), machineIds)
  foreign.close()
  copyFileSync(join(import.meta.dirname, 'tell-aside.test.ts'), join(folder, `station.${randomUUID()}.db`))
  station.counter.clock.advance(HELLO_AGAIN_MS)
  await station.timers.round()
  expect(station.problems.map((problem) => problem.replace(/^station\.[0-9a-f-]+\.db/, 'F')).map((problem) => problem.slice(0, 37)).toSorted()).toEqual([
    'F is kept aside and can not be read: ', 'F is kept aside and can not be read: ',
  ])
  expect(station.sync.isOnline()).toBe(true)
})

test.each([
  ['too_many_files', 'aside_too_many_files'],
  ['revoked', 'aside_revoked'],
  ['bad_request', 'aside_refused'],
  ['internal', 'aside_refused'],
] as const)('a file kept aside that central refuses (%s) is put by with its verdict: staff are told, the round was answered, and it is asked again within the hour', async (verdict, alarm) => {
  const central = standIn()
  const { old, station } = await begunAnew(central)
  const all = [...central.eventsOf(old)]
  central.eventsOf(old).length = 1
  central.helloRefusals.set(old, verdict)
  station.counter.clock.advance(HELLO_AGAIN_MS)
  central.requests.length = 0
  for (let round = 0; round < 5; round += 1) await station.timers.round()
  const hellos = (): number => central.requests.filter((path) => path === HELLO_PATH).length
  expect({ online: station.sync.isOnline(), delay: station.timers.delays.at(-1), alarms: station.sync.alarms(), hellos: hellos(), problems: station.problems }).toEqual({
    online: true, delay: 5_000, alarms: [alarm], hellos: 2, problems: [`station.${old}.db is kept aside and central refuses it: ${verdict}`],
  })
  // Still refused, a dozen hours later: not asked at every round.
  for (let minute = 0; minute < 12 * 60; minute += 1) {
    station.counter.clock.advance(60_000)
    await station.timers.round()
  }
  expect(hellos()).toBeLessThan(2 + 2 + 12 + 10)
  central.helloRefusals.clear()
  station.counter.clock.advance(3_600_000)
  await station.timers.round()
  expect({ events: central.eventsOf(old), alarms: station.sync.alarms(), problems: station.problems.length }).toEqual({ events: all, alarms: [], problems: 1 })
})

test('an older copy of a file that is kept aside is put beside it, not in its place, and both are told', async () => {
  const central = standIn()
  const { folder, old, told, station } = await begunAnew(central)
  await station.close()
  // Somebody puts an older copy of the old file in the place of the new one, and begins anew once more.
  copyFileSync(join(folder, `station.${old}.db`), join(folder, 'station.db'))
  const again = await openTalking(central, folder)
  noteBeginAnew(again.counter, folder)
  await again.close()
  beginNewFile(folder)
  expect(readdirSync(folder).filter((name) => name.endsWith('.db')).toSorted()).toEqual([`station.${old}.2.db`, `station.${old}.db`, 'station.db'].toSorted())
  central.hellos.length = 0
  await openTalking(central, folder, { aside: asideFilesIn(folder, FIRST_STATION) })
  expect(central.hellos.map(({ incarnation, lastSeq }) => ({ isOld: incarnation === old, lastSeq }))).toEqual([{ isOld: false, lastSeq: 0 }, { isOld: true, lastSeq: told }, { isOld: true, lastSeq: told }])
})

test('a file that is kept raw by a central with less than it had acknowledged begins again from there: nothing between is passed over', async () => {
  const central = standIn()
  const station = await openTalking(central)
  stockSoap(station.counter)
  takeSoap(station.counter)
  await station.timers.round()
  const { counter } = station
  const all = lastSeqOf(counter)
  takeSoap(counter)
  const hear = (batchSeq: number): [boolean, number] => [applyPushAnswer(counter, { result: 'quarantined', lastSeq: 1 }, batchSeq), sentSeq(counter.database.read)]
  expect(sentSeq(counter.database.read)).toBe(all)
  expect([hear(all + 1), hear(3), hear(all + 1)]).toEqual([[true, 1], [false, 3], [false, all + 1]])
})
