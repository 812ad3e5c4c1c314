import { randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sentSeq } from '../../../station/store/sync-state.ts'
import { helloOf } from '../../../station/sync/hello.ts'
import { RIDER_PATH } from '../../../contract/sync/sync-protocol.ts'
import { allowancePoints, isRiderKnown } from '../../../station/store/rider-points.ts'
import { startMirrorOver } from '../../../station/sync/apply-answers.ts'
import { openEmptyCounter, rider, temporaryFolder, ZHANG } from '../../support/counter.ts'
import { lastSeqOf, openTalking, standIn, stockSoap, takeSoap } from './talking-station.ts'

test('a station whose cursor was just refused still says in which history central acknowledged, and how much: a restored central is to hear what it lost', () => {
  const counter = openEmptyCounter()
  const history = '0192f0c0-0000-4000-8000-000000000001'
  counter.database.write((writer) => {
    writer.run('UPDATE sync_state SET history = ?, cursor_number = 90, acknowledged_history = ?, highest_acknowledged_seq = 31', history, history)
    startMirrorOver(writer)
  })
  expect(helloOf(counter, { certificate: null, program: 'test' })).toMatchObject({ acknowledgedSeq: 31, cursor: { history, number: 0 } })
})

test('a new file has nothing that was acknowledged', () => {
  expect(helloOf(openEmptyCounter(), { certificate: null, program: 'test' })).toMatchObject({ acknowledgedSeq: 0, cursor: null })
})

test.each([
  ['as many', 3],
  ['more', 5],
])('central is set back, and a copy of the file that went on apart comes first with %s events: what the old history acknowledged is told anew, to be kept', async (_name, ofTheCopy) => {
  const central = standIn()
  const station = await openTalking(central)
  stockSoap(station.counter)
  await station.timers.round()
  const { incarnation } = station.counter.identity
  const common = lastSeqOf(station.counter)
  const folder = temporaryFolder()
  station.counter.database.read.all('PRAGMA wal_checkpoint(TRUNCATE)')
  copyFileSync(join(station.counter.folder, 'station.db'), join(folder, 'station.db'))
  for (let count = 0; count < 2; count += 1) takeSoap(station.counter)
  await station.timers.round()
  expect(sentSeq(station.counter.database.read)).toBe(common + 2)
  central.cutOff = true
  const copy = await openTalking(central, folder)
  for (let count = 0; count < ofTheCopy; count += 1) takeSoap(copy.counter)
  takeSoap(station.counter)
  central.history = randomUUID()
  central.eventsOf(incarnation).length = common
  central.cutOff = false
  for (let round = 0; round < 3; round += 1) await copy.timers.round()
  expect(central.eventsOf(incarnation)).toHaveLength(common + ofTheCopy)
  for (let round = 0; round < 3; round += 1) await station.timers.round()
  const kept = new Set(central.raw.filter(({ kind }) => kind === 'redemption.recorded').map(({ seq }) => seq))
  expect(kept).toEqual(new Set([common + 1, common + 2, common + 3]))
})

test('central is set back to before a rider came here: a station that holds points or a place for him asks for him again, once, and hears of him from then on', async () => {
  const central = standIn()
  let isForgotten = false
  const folder = temporaryFolder()
  const station = await openTalking(central, folder, {
    // As a scope that is exchanged for what central has now.
    fetchScopes: () => {
      if (isForgotten) station.counter.database.write((writer) => writer.run('DELETE FROM riders WHERE id = ?', ZHANG))
      return Promise.resolve()
    },
  })
  const { read } = station.counter.database
  await station.timers.round()
  expect([isRiderKnown(read, ZHANG), allowancePoints(read, ZHANG)]).toEqual([true, 100])
  // Central does not know any more that he was here.
  isForgotten = true
  central.changes.splice(0, Infinity, ...central.changes.filter(({ kind, key }) => kind !== 'rider' || key !== ZHANG))
  central.history = randomUUID()
  const asked = (): number => central.requests.filter((path) => path === RIDER_PATH).length
  for (let round = 0; round < 6; round += 1) await station.timers.round()
  expect([isRiderKnown(read, ZHANG), allowancePoints(read, ZHANG), asked()]).toEqual([false, 100, 1])
  central.tell(rider(ZHANG, { balance: 126 }))
  await station.timers.round()
  expect([isRiderKnown(read, ZHANG), asked()]).toEqual([true, 1])
})

test('where central answers the question for its snapshot that it wants the first word, it gets it at once', async () => {
  const central = standIn()
  let refuses = 0
  const station = await openTalking(central, temporaryFolder(), {
    fetchScopes: (_scopes, bodyOf) => {
      if (refuses > 0) bodyOf?.({ kind: 'refused', error: 'hello_needed', retryAfterMs: null })
      return Promise.resolve()
    },
  })
  await station.timers.round()
  const before = central.hellos.length
  refuses = 1
  station.counter.database.write(startMirrorOver)
  await station.timers.round()
  refuses = 0
  await station.timers.round()
  expect(central.hellos).toHaveLength(before + 1)
})
