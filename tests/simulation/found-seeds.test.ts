// Schedules that fresh seeds once found to break a promise, with what they found.

import { expect, test } from 'vitest'
import { ALL_FAULTS, simulate, type SimulationOptions } from './simulate.ts'
import { openMemoryState } from './world/memory-state.ts'

const SIZE = { stations: 5, riders: 40, days: 2, openCentral: openMemoryState }
/** Central is set back to a backup, nobody says so, and a station asks for a rider's points before its first push would have shown what central has forgotten. */
const RESTORED_UNSAID: SimulationOptions = { ...SIZE, seed: '428713556', faults: ALL_FAULTS, faultFactor: 2 }
/** Central is set back to before a rider came to a station, which has put him on a place of a training; he gives it up elsewhere. */
const SEATED_UNKNOWN: SimulationOptions = {
  ...SIZE, seed: '6600024', faults: ['drop', 'reply_lost', 'partition', 'cloned_disk', 'station_power_loss', 'central_restored'], faultFactor: 6,
}

test('points that were lent before a restore that nobody declared are not lent again', { timeout: 60_000 }, async () => {
  const outcome = await simulate(RESTORED_UNSAID)
  expect(outcome.violations).toEqual([])
  expect([outcome.faults['central_restored'], outcome.sometimes['set_back_noticed']]).toEqual([1, 1])
})

test('a central that does not look whether its database was set back lends them twice, and it is found', { timeout: 60_000 }, async () => {
  const { violations } = await simulate({ ...RESTORED_UNSAID, bug: { name: 'set-back-unseen', isSetBackUnseen: true } })
  expect(violations.map(({ property, what }) => [property, what.includes('lent twice')])).toEqual([['no overspend', true]])
})

test('a place on which a station has put somebody of whom a restored central says nothing is free again when he gives it up elsewhere', { timeout: 60_000 }, async () => {
  expect((await simulate(SEATED_UNKNOWN)).violations).toEqual([])
})
