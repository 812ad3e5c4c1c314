// People who came while the outbox was full, or the file behind, are told of when there is room again.

import { expect, test } from 'vitest'
import { dayOf } from '../../../domain/calendar.ts'
import { checkIn } from '../../../station/acts/check-in.ts'
import { tellCounted } from '../../../station/acts/tell-counted.ts'
import { moveOldFileAside, noteBeginAnew } from '../../../station/begin-anew.ts'
import { machineIds } from '../../../station/station-ids.ts'
import { openStationDatabase } from '../../../station/store/database.ts'
import { raiseFence } from '../../../station/store/fence.ts'
import { beginBoot } from '../../../station/store/identity.ts'
import { catalogue, ZHANG } from '../../support/counter.ts'
import type { StandInCentral } from '../../support/stand-in-central.ts'
import { NOW_MS } from '../../support/test-central.ts'
import { FIRST_STATION, type SyncingStation } from './syncing-station.ts'
import { openTalking, standIn } from './talking-station.ts'
import { join } from 'node:path'

const TODAY = dayOf(NOW_MS, 480)

const counted = ({ counter }: SyncingStation): unknown => counter.database.read.all('SELECT day, people FROM uncounted_checkins')

const toldOf = (central: StandInCentral, { counter }: SyncingStation): unknown[] =>
  central.factsOf(counter.identity.incarnation).filter(({ kind }) => kind === 'checkin.counted').map(({ body }) => body)

/** The rule says a hundred events, and a hundred wait. */
async function openFull(central: StandInCentral): Promise<SyncingStation> {
  const rules = catalogue.find((change) => change.kind === 'rules')
  if (rules?.kind !== 'rules' || rules.row === null) throw new Error('no rules')
  central.tell({ ...rules, row: { ...rules.row, outboxEventsMax: 100, checkinAgainMinutes: 0 } })
  const station = await openTalking(central)
  central.cutOff = true
  for (let people = 0; people < 100; people += 1) checkIn(station.counter, { rider: ZHANG, card: 1 })
  return station
}

test('a full outbox counts people, and once central has taken some the number of each day is a fact, told once', async () => {
  const central = standIn()
  const station = await openFull(central)
  for (let people = 0; people < 3; people += 1) checkIn(station.counter, { rider: ZHANG, card: 1 })
  station.counter.clock.advance(86_400_000)
  for (let people = 0; people < 2; people += 1) checkIn(station.counter, { rider: ZHANG, card: 1 })
  expect([counted(station), tellCounted(station.counter)]).toEqual([[{ day: TODAY, people: 3 }, { day: TODAY + 1, people: 2 }], false])
  await station.timers.round()
  expect(counted(station)).toEqual([{ day: TODAY, people: 3 }, { day: TODAY + 1, people: 2 }])
  central.cutOff = false
  await station.timers.round()
  await station.timers.round()
  expect([counted(station), toldOf(central, station)]).toEqual([[], [{ day: TODAY, count: 3 }, { day: TODAY + 1, count: 2 }]])
})

test('a file that is behind tells nothing, and the new one that replaces it tells whom it counted', async () => {
  const central = standIn()
  const station = await openTalking(central)
  const { counter } = station
  counter.database.write((writer) => raiseFence(writer, 'behind'))
  checkIn(counter, { rider: ZHANG, card: 1 })
  expect([tellCounted(counter), counted(station)]).toEqual([false, [{ day: TODAY, people: 1 }]])
  counter.database.write((writer) => writer.run('UPDATE sync_state SET told_seq = 1000'))
  noteBeginAnew(counter, counter.folder)
  await station.close()
  const previous = moveOldFileAside(counter.folder)
  const made = openStationDatabase({ file: join(counter.folder, 'station.db') })
  beginBoot(made, FIRST_STATION, machineIds, previous)
  made.close()
  const anew = await openTalking(central, counter.folder)
  await anew.timers.round()
  expect([counted(anew), toldOf(central, anew)]).toEqual([[], [{ day: TODAY, count: 1 }]])
})
