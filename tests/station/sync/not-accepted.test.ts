// A station that central revokes while it works, and a machine in whose place another one was enrolled: what each hears, and does then.

import { expect, test } from 'vitest'
import { HELLO_PATH } from '../../../contract/sync/hello.ts'
import { PULL_PATH, PUSH_PATH } from '../../../contract/sync/sync-protocol.ts'
import { fenceOf } from '../../../station/store/fence.ts'
import { openTalking, standIn, stockSoap, takeSoap } from './talking-station.ts'

test('one that is revoked between two hellos asks at once what central thinks of it, and gives out no goods any more', async () => {
  const central = standIn()
  const station = await openTalking(central)
  stockSoap(station.counter)
  await station.timers.round()
  const before = { fence: fenceOf(station.counter.database.read), took: takeSoap(station.counter) }
  central.refusals.set(PULL_PATH, 'revoked')
  central.state = 'banned'
  const hellos = central.hellos.length
  await station.timers.round()
  await station.timers.round()
  expect({ before, hellos: central.hellos.length - hellos, fence: fenceOf(station.counter.database.read), took: takeSoap(station.counter) }).toEqual({
    before: { fence: null, took: true }, hellos: 1, fence: 'banned', took: false,
  })
})

test('an unsigned word alone stops nobody: somebody in between says revoked, and central says otherwise', async () => {
  const central = standIn()
  const station = await openTalking(central)
  stockSoap(station.counter)
  central.refusals.set(PULL_PATH, 'revoked')
  await station.timers.round()
  await station.timers.round()
  expect([fenceOf(station.counter.database.read), takeSoap(station.counter)]).toEqual([null, true])
})

test('one whose key is not accepted tells staff so, goes on with what it holds, and is still once central accepts it', async () => {
  const central = standIn()
  const station = await openTalking(central)
  stockSoap(station.counter)
  for (const path of [PUSH_PATH, PULL_PATH, HELLO_PATH]) central.refusals.set(path, 'bad_signature')
  const changes = station.changes()
  await station.timers.round()
  const told = { alarms: station.sync.alarms(), shown: station.changes() > changes, took: takeSoap(station.counter) }
  await station.timers.round()
  central.refusals.clear()
  await station.timers.round()
  expect([told, station.sync.alarms()]).toEqual([{ alarms: ['key_refused'], shown: true, took: true }, []])
})
