// Rules that want central's word before points are spent: what they keep a file from, and what not.

import { expect, test } from 'vitest'
import { spendingStop } from '../../../station/acts/may-spend.ts'
import { catalogue } from '../../support/counter.ts'
import type { StandInCentral } from '../../support/stand-in-central.ts'
import type { SyncingStation } from './syncing-station.ts'
import { copyOf, openStocked, openTalking, standIn, takeSoap } from './talking-station.ts'

/** A station under `spend_before_hello: 0`, with soap on its shelf, that has just been greeted. */
async function openWaiting(central: StandInCentral): Promise<SyncingStation> {
  const rules = catalogue.find((change) => change.kind === 'rules')
  if (rules?.kind !== 'rules' || rules.row === null) throw new Error('no rules')
  central.tell({ ...rules, row: { ...rules.row, spendBeforeHello: false } })
  return openStocked(central)
}

test('where the rules want central’s word first, a file without a witness spends only after a hello of this start', async () => {
  const central = standIn()
  const station = await openWaiting(central)
  expect(takeSoap(station.counter)).toBe(true)
  await station.close()
  central.cutOff = true
  const again = await openTalking(central, station.counter.folder)
  expect([spendingStop(again.counter, again.counter.database.read), takeSoap(again.counter)]).toEqual(['hello_needed', false])
  central.cutOff = false
  await again.timers.round()
  expect(takeSoap(again.counter)).toBe(true)
})

test('a copy of an idle file is greeted as the file itself: cut off after that, it spends all that lies in it, until it is started again', async () => {
  const central = standIn()
  const station = await openWaiting(central)
  await station.timers.round()
  const folder = copyOf(station)
  const clone = await openTalking(central, folder)
  central.cutOff = true
  clone.counter.clock.advance(400 * 86_400_000)
  await clone.timers.round()
  const soaps = (at: SyncingStation): number => Array.from({ length: 6 }, () => takeSoap(at.counter)).filter(Boolean).length
  // 100 points, once here and once there.
  expect([soaps(clone), soaps(station), central.state]).toEqual([5, 5, 'active'])
  await clone.close()
  const again = await openTalking(central, folder)
  expect(spendingStop(again.counter, again.counter.database.read)).toBe('hello_needed')
})
