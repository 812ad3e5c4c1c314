import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { expect, test } from 'vitest'
import { judgeFence } from '../../domain/fence.ts'
import { checkIn } from '../../station/acts/check-in.ts'
import { forgetBeginAnew, isAllTold, mayBeginAnew, moveOldFileAside, noteBeginAnew } from '../../station/begin-anew.ts'
import { openStation, type Station } from '../../station/compose.ts'
import { openMarkerKeeper } from '../../station/marker-keeper.ts'
import { machineIds } from '../../station/station-ids.ts'
import { openStationDatabase } from '../../station/store/database.ts'
import { fenceOf, raiseFence } from '../../station/store/fence.ts'
import { beginBoot } from '../../station/store/identity.ts'
import { heedMarker, markerOf, readMarker } from '../../station/store/marker.ts'
import { lastEvent } from '../../station/store/outbox.ts'
import { allowancePoints } from '../../station/store/rider-points.ts'
import { helloOf } from '../../station/sync/hello.ts'
import { openStockedCounter, signPass, STATION, temporaryFolder, type TestCounter, ZHANG } from '../support/counter.ts'
import { openWorkingDesk, type WorkingDesk } from './desk/working-desk.ts'

/** As a start does it. */
function startOver(folder: string): Pick<TestCounter, 'database' | 'identity'> {
  const previous = moveOldFileAside(folder)
  const database = openStationDatabase({ file: join(folder, 'station.db') })
  const identity = beginBoot(database, STATION, machineIds, previous)
  forgetBeginAnew(folder)
  return { database, identity }
}

/** As if central had answered for everything that is here. */
function tellAll({ database }: Pick<TestCounter, 'database'>): void {
  database.write((writer) => writer.run('UPDATE sync_state SET told_seq = ?, acknowledged_seq = ?', lastEvent(writer)?.seq ?? 0, lastEvent(writer)?.seq ?? 0))
}

const dbFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.db') || name.endsWith('.json')).toSorted()

test('beginning anew keeps the old file aside under its name; the new one is empty and says in its hello which it replaced', () => {
  const old = openStockedCounter()
  const { incarnation } = old.identity
  const last = lastEvent(old.database.read)
  tellAll(old)
  noteBeginAnew(old, old.folder)
  old.database.close()
  const anew = startOver(old.folder)
  expect(dbFiles(old.folder)).toEqual([`station.${incarnation}.db`, 'station.db'].toSorted())
  expect([anew.identity.incarnation === incarnation, lastEvent(anew.database.read)]).toEqual([false, undefined])
  expect(helloOf({ ...old, ...anew }, { certificate: null, program: 'test' }).previous).toEqual({
    incarnation, lastSeq: last?.seq, lastHash: Buffer.from(last?.hash ?? []).toString('hex'),
  })
  anew.database.close()
  const kept = openStationDatabase({ file: join(old.folder, `station.${incarnation}.db`) })
  expect(lastEvent(kept.read)).toEqual(last)
  kept.close()
})

test('what somebody does between the touch and the stop is not left behind: the file stays until that is told', () => {
  const old = openStockedCounter()
  const { incarnation } = old.identity
  tellAll(old)
  noteBeginAnew(old, old.folder)
  checkIn(old, { rider: ZHANG, card: 1 })
  const last = lastEvent(old.database.read)
  old.database.close()
  const same = startOver(old.folder)
  expect([same.identity.incarnation, lastEvent(same.database.read), dbFiles(old.folder)]).toEqual([incarnation, last, ['station.db']])
  // Told, and wished for again.
  tellAll(same)
  noteBeginAnew({ ...old, ...same }, old.folder)
  same.database.close()
  const anew = startOver(old.folder)
  expect(anew.identity.incarnation).not.toBe(incarnation)
  anew.database.close()
})

test('what was recorded after the touch and told before the stop is in what the new file says of the old one', () => {
  const old = openStockedCounter()
  tellAll(old)
  noteBeginAnew(old, old.folder)
  checkIn(old, { rider: ZHANG, card: 1 })
  tellAll(old)
  const last = lastEvent(old.database.read)
  old.database.close()
  const told = [moveOldFileAside(old.folder), moveOldFileAside(old.folder)]
  expect(told.map((previous) => previous?.lastSeq)).toEqual([last?.seq, last?.seq])
})

test('a power cut at any step of it ends in one new file, and none is lost', () => {
  const old = openStockedCounter()
  const { folder } = old
  tellAll(old)
  noteBeginAnew(old, folder)
  old.database.close()
  // After the rename, before the new file.
  expect(moveOldFileAside(folder)).toMatchObject({ incarnation: old.identity.incarnation })
  expect(moveOldFileAside(folder)).toMatchObject({ incarnation: old.identity.incarnation })
  // After the new file's identity, before the note is gone.
  const previous = moveOldFileAside(folder)
  const made = openStationDatabase({ file: join(folder, 'station.db') })
  const first = beginBoot(made, STATION, machineIds, previous)
  made.close()
  const anew = startOver(folder)
  expect(anew.identity).toEqual({ ...first, boot: 2 })
  expect(dbFiles(folder)).toEqual([`station.${old.identity.incarnation}.db`, 'station.db'].toSorted())
  anew.database.close()
})

test('a start without that wish moves nothing', () => {
  const old = openStockedCounter()
  old.database.close()
  const again = startOver(old.folder)
  expect([again.identity.incarnation, again.identity.boot]).toEqual([old.identity.incarnation, 2])
  again.database.close()
})

test('only a fenced file is left behind, not one that waits for staff, and none that has something untold', () => {
  const counter = openStockedCounter()
  const may = (): boolean[] => [mayBeginAnew(counter), isAllTold(counter)]
  expect(may()).toEqual([false, false])
  counter.database.write((writer) => raiseFence(writer, 'waiting'))
  expect(may()).toEqual([false, false])
  counter.database.write((writer) => {
    raiseFence(writer, 'quarantined')
    writer.run('UPDATE sync_state SET told_seq = ?', lastEvent(writer)?.seq ?? 0)
  })
  expect(may()).toEqual([true, true])
})

test('the marker beside the file says how far it has got, and waits where the file is behind it', () => {
  const counter = openStockedCounter()
  const problems: string[] = []
  const keeperOf = (at: TestCounter) => openMarkerKeeper(at.database, at.identity, { dataFolder: counter.folder, witnessFolder: null }, (problem) => problems.push(problem))
  const markerFile = join(counter.folder, 'station.marker')
  keeperOf(counter).keep()
  const { lastSeq } = markerOf(counter.database, counter.identity)
  expect([readMarker(markerFile)?.lastSeq, problems]).toEqual([lastSeq, []])
  const ahead = { ...markerOf(counter.database, counter.identity), lastSeq: lastSeq + 3 }
  expect(heedMarker(counter.database, counter.identity, ahead)).toBe('ahead')
  checkIn(counter, { rider: ZHANG, card: 1 })
  keeperOf(counter).keep()
  expect([readMarker(markerFile)?.lastSeq, problems]).toEqual([lastSeq, []])
})

test('a marker of another past quarantines the file; one of another life, or half of one, changes nothing', () => {
  const counter = openStockedCounter()
  const marker = markerOf(counter.database, counter.identity)
  expect(heedMarker(counter.database, counter.identity, { ...marker, incarnation: randomUUID() })).toBe('other')
  expect(mayBeginAnew(counter)).toBe(false)
  expect(heedMarker(counter.database, counter.identity, { ...marker, lastSeq: 2, lastHash: 'ab'.repeat(32) })).toBe('contradicts')
  expect(mayBeginAnew(counter)).toBe(true)
})

test('a witness that has marked another life of the station’s file last: this one waits for central’s word', () => {
  const old = openStockedCounter()
  const witnessFolder = temporaryFolder()
  const places = { dataFolder: old.folder, witnessFolder }
  openMarkerKeeper(old.database, old.identity, places, () => undefined).witness?.witness()
  tellAll(old)
  noteBeginAnew(old, old.folder)
  old.database.close()
  const anew = startOver(old.folder)
  const problems: string[] = []
  openMarkerKeeper(anew.database, anew.identity, places, (problem) => problems.push(problem)).witness?.witness()
  expect([fenceOf(anew.database.read), problems]).toEqual([null, []])
  anew.database.close()
  // Somebody puts the file that was kept aside back in its place.
  const kept = openStationDatabase({ file: join(old.folder, `station.${old.identity.incarnation}.db`) })
  openMarkerKeeper(kept, old.identity, { dataFolder: temporaryFolder(), witnessFolder }, (problem) => problems.push(problem))
  expect([fenceOf(kept.read), problems]).toEqual(['behind', ['the database is not the one its witness speaks of: other']])
  expect(judgeFence({ fence: 'behind', ownLastSeq: 3, mustReachSeq: null, central: { state: 'superseded', lastSeq: 3, hashAgrees: true } }).fence).toBeNull()
  kept.close()
})

test('the station itself does it between a stop and a start, and begins with an empty shelf', async () => {
  const dataFolder = temporaryFolder()
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const config = { station: STATION, centralUrl: 'http://127.0.0.1:9', privateKey, centralKey: publicKey, certificate: null, witnessFolder: null, demo: null }
  const open = (): Promise<Station> => openStation({ config, dataFolder, log: pino({ level: 'silent' }), loopback: null, hid: false })
  const first = await open()
  const { incarnation } = first.counter.identity
  checkIn(first.counter, { rider: ZHANG, card: 1 })
  tellAll(first.counter)
  noteBeginAnew(first.counter, dataFolder)
  await first.stop()
  const second = await open()
  expect([second.counter.identity.incarnation === incarnation, second.counter.identity.boot, lastEvent(second.counter.database.read)]).toEqual([false, 1, undefined])
  await second.stop()
  expect(dbFiles(dataFolder)).toEqual([`station.${incarnation}.db`, 'station.db'].toSorted())
})

test('a witness vouches for a file that it knows, not for a copy without it; it is written before a redemption is shown', () => {
  const counter = openStockedCounter()
  const witnessFolder = temporaryFolder()
  const open = (folder: string | null) => openMarkerKeeper(counter.database, counter.identity, { dataFolder: counter.folder, witnessFolder: folder }, () => undefined).witness
  const first = open(witnessFolder)
  expect([first?.vouches(), open(null)]).toEqual([false, null])
  first?.witness()
  expect([open(witnessFolder)?.vouches(), open(temporaryFolder())?.vouches()]).toEqual([true, false])
  checkIn(counter, { rider: ZHANG, card: 1 })
  expect(open(witnessFolder)?.vouches()).toBe(true)
  expect(() => open(join(witnessFolder, 'pulled'))?.witness()).toThrow('does not take writes')
  expect(existsSync(join(counter.folder, 'begin-anew.json'))).toBe(false)
})

test('by the rules that hold at first a copy without the stick waits for nobody: with no folder there it shows no redemption, with another one it does', async () => {
  const counter = openStockedCounter()
  const stick = temporaryFolder()
  const deskWith = (witnessFolder: string): WorkingDesk => {
    const { witness } = openMarkerKeeper(counter.database, counter.identity, { dataFolder: counter.folder, witnessFolder }, () => undefined)
    if (witness === null) throw new Error('no witness')
    return openWorkingDesk({ counter: { ...counter, witness } })
  }
  const redeem = async (at: WorkingDesk): Promise<unknown> => {
    at.scan(signPass({ holderId: ZHANG }))
    const answer = await at.redeemSoap(at.session().session)
    return [answer.ok ? 'green' : answer.refusal.code, at.view().trouble?.code ?? null, allowancePoints(counter.database.read, ZHANG)]
  }
  expect(await redeem(deskWith(stick))).toEqual(['green', null, 106])
  // Recorded, and not shown.
  expect(await redeem(deskWith(join(stick, 'pulled')))).toEqual(['out_of_order', 'storage_failing', 86])
  // What an unmounted stick leaves behind: an empty folder of the copied disk.
  const empty = temporaryFolder()
  expect(await redeem(deskWith(empty))).toEqual(['green', null, 66])
  expect(openMarkerKeeper(counter.database, counter.identity, { dataFolder: counter.folder, witnessFolder: empty }, () => undefined).witness?.vouches()).toBe(true)
})
