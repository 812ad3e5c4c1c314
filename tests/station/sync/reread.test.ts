// A restored file that meets events of its own which this program can not read.

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { EVENT_BODIES, type EventName } from '../../../contract/sync/event-bodies.ts'
import { HELLO_AGAIN_MS, OWN_EVENTS_PATH } from '../../../contract/sync/hello.ts'
import { PULL_PATH } from '../../../contract/sync/sync-protocol.ts'
import { checkIn } from '../../../station/acts/check-in.ts'
import { spendingStop } from '../../../station/acts/may-spend.ts'
import { openMarkerKeeper } from '../../../station/marker-keeper.ts'
import { fenceOf } from '../../../station/store/fence.ts'
import { appendEvent } from '../../../station/store/outbox.ts'
import { syncState } from '../../../station/store/sync-state.ts'
import { temporaryFolder, ZHANG } from '../../support/counter.ts'
import type { StandInCentral } from '../../support/stand-in-central.ts'
import type { SyncingStation } from './syncing-station.ts'
import { lastSeqOf, openTalking, standIn, stockSoap, takeSoap } from './talking-station.ts'

/** The file of an hour ago with the marker of now beside it; meanwhile it has taken a soap, recorded `foreign`, and taken another. */
async function restoredOver(foreign: (station: SyncingStation) => void): Promise<{ central: StandInCentral; back: SyncingStation; foreignSeq: number; lastSeq: number }> {
  const central = standIn()
  const station = await openTalking(central)
  const { counter } = station
  stockSoap(counter)
  await station.timers.round()
  const folder = temporaryFolder()
  counter.database.read.all('PRAGMA wal_checkpoint(TRUNCATE)')
  copyFileSync(join(counter.folder, 'station.db'), join(folder, 'station.db'))
  takeSoap(counter)
  foreign(station)
  const foreignSeq = lastSeqOf(counter)
  takeSoap(counter)
  await station.timers.round()
  openMarkerKeeper(counter.database, counter.identity, { dataFolder: counter.folder, witnessFolder: null }, () => undefined).keep()
  const lastSeq = lastSeqOf(counter)
  await station.close()
  const back = await openTalking(central, folder, {
    onOpened: ({ database, identity }) => openMarkerKeeper(database, identity, { dataFolder: counter.folder, witnessFolder: null }, () => undefined),
  })
  return { central, back, foreignSeq, lastSeq }
}

function append(name: string, body: unknown): (station: SyncingStation) => void {
  return ({ counter }) => counter.database.write((writer) => appendEvent(writer, counter, name as EventName, () => body as never))
}

test.each([
  ['of a kind that only a newer program knows', append('goods.weighed/1', { grams: 12 }), 'kind_unknown'],
  ['with a body that can not be read', append('redemption.recorded/1', { request: 'nobody can read this' }), 'body_unreadable'],
] as const)('an event of its own %s stops the file there, with everything before it: staff are told, the round goes on, nothing is spent', async (_name, foreign, why) => {
  const { central, back, foreignSeq } = await restoredOver(foreign)
  const { counter, sync, timers } = back
  expect({
    last: lastSeqOf(counter), fence: fenceOf(counter.database.read), stop: spendingStop(counter, counter.database.read), alarms: sync.alarms(), online: sync.isOnline(),
    problems: back.problems, pulled: central.requests.at(-1),
  }).toEqual({
    last: foreignSeq - 1, fence: 'behind', stop: 'behind', alarms: ['own_events_unread'], online: true,
    problems: [`event ${foreignSeq} of this file, which central kept, can not be read (${why}): the file stays fenced until the program is newer`], pulled: PULL_PATH,
  })
  // Not asked for at every round, said again at no hello; people are counted.
  central.requests.length = 0
  checkIn(counter, { rider: ZHANG, card: 1 })
  await timers.round()
  await timers.round()
  expect([central.requests.includes(OWN_EVENTS_PATH), takeSoap(counter), timers.delays.at(-1)]).toEqual([false, false, 5_000])
  counter.clock.advance(HELLO_AGAIN_MS)
  await timers.round()
  expect([central.requests.includes(OWN_EVENTS_PATH), back.problems.length, sync.alarms()]).toEqual([true, 1, ['own_events_unread']])
})

/** What this program can read as it was before that kind came; returns how to update it. */
function programWithout(name: EventName): () => void {
  const bodies: Record<string, unknown> = EVENT_BODIES
  const kept = bodies[name]
  delete bodies[name]
  const update = (): void => void (bodies[name] = kept)
  onTestFinished(update)
  return update
}

test('after an update the file goes on from there, with nothing lost, and spends', async () => {
  let update = (): void => undefined
  const { central, back, foreignSeq, lastSeq } = await restoredOver(({ counter }) => {
    checkIn(counter, { rider: ZHANG, card: 1 })
    update = programWithout('checkin.recorded/1')
  })
  expect([lastSeqOf(back.counter), back.sync.alarms()]).toEqual([foreignSeq - 1, ['own_events_unread']])
  update()
  await back.close()
  const updated = await openTalking(central, back.counter.folder)
  expect([lastSeqOf(updated.counter), fenceOf(updated.counter.database.read), updated.sync.alarms(), takeSoap(updated.counter)]).toEqual([lastSeq, null, [], true])
  await updated.timers.round()
  expect([central.state, central.eventsOf(updated.counter.identity.incarnation).length]).toEqual(['active', lastSeqOf(updated.counter)])
})

test('what it has read again central had acknowledged, also where it came no further: a central that is set back then hears from it that it was', async () => {
  const whole = await restoredOver(({ counter }) => checkIn(counter, { rider: ZHANG, card: 1 }))
  expect(syncState(whole.back.counter.database.read).highestAcknowledgedSeq).toBe(whole.lastSeq)
  const half = await restoredOver(append('goods.weighed/1', { grams: 12 }))
  expect(syncState(half.back.counter.database.read).highestAcknowledgedSeq).toBe(half.foreignSeq - 1)
})

test('central’s copy of this file that has a hole is no word to go on: nothing is taken over, and it is asked again', async () => {
  const { central, back, lastSeq } = await restoredOver(append('goods.weighed/1', { grams: 12 }))
  const events = central.eventsOf(back.counter.identity.incarnation)
  const before = lastSeqOf(back.counter)
  // The unreadable one is left out: what follows it does not follow on what is here.
  events.splice(before, 1)
  back.counter.clock.advance(HELLO_AGAIN_MS)
  await back.timers.round()
  expect([lastSeqOf(back.counter), fenceOf(back.counter.database.read), back.problems.at(-1)]).toEqual([before, 'behind', `central leaves out event ${before + 1} of this file`])
  expect(before).toBeLessThan(lastSeq)
})
