// A file that central does not know and does not take: so many new ones of its station wait for staff already.

import { expect, test } from 'vitest'
import { HELLO_PATH } from '../../../contract/sync/hello.ts'
import { checkIn } from '../../../station/acts/check-in.ts'
import { buildView } from '../../../station/desk/build-view.ts'
import { fenceOf } from '../../../station/store/fence.ts'
import { ZHANG } from '../../support/counter.ts'
import { lastSeqOf, openTalking, standIn } from './talking-station.ts'

test('a new file that central does not take, because so many wait, says so on its screen, keeps what it records, and goes up once one is admitted', async () => {
  const central = standIn()
  central.refusals.set(HELLO_PATH, 'too_many_files')
  const station = await openTalking(central)
  const { counter } = station
  await station.timers.round()
  const { incarnation } = counter.identity
  const desk = { revision: 1, session: null, held: false, knock: null, trouble: null, online: false, fetching: false, scanner: 'ready' as const, centralUrl: null, handOff: null, demo: false }
  const troubles = [buildView(counter, { ...desk, syncAlarms: station.sync.alarms() }).trouble?.code]
  checkIn(counter, { rider: ZHANG, card: 1 })
  await station.timers.round()
  expect([central.kept.get(incarnation), station.sync.alarms(), fenceOf(counter.database.read)]).toEqual([undefined, ['too_many_files'], null])
  central.refusals.clear()
  await station.timers.round()
  troubles.push(buildView(counter, { ...desk, syncAlarms: station.sync.alarms() }).trouble?.code)
  expect({ told: central.eventsOf(incarnation).length, alarms: station.sync.alarms(), troubles }).toEqual({ told: lastSeqOf(counter), alarms: [], troubles: ['too_many_files', undefined] })
})
