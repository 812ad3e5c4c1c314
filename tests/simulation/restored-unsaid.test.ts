// Central set back to a backup, and nobody says so: this schedule once lent a rider's points a second time, in the seconds between
// a station's question for them and its first push that would have shown what central had forgotten.

import { expect, test } from 'vitest'
import { ALL_FAULTS, simulate, type SimulationOptions } from './simulate.ts'
import { openMemoryState } from './world/memory-state.ts'

const OPTIONS: SimulationOptions = { seed: '428713556', stations: 5, riders: 40, days: 2, faults: ALL_FAULTS, faultFactor: 2, openCentral: openMemoryState }

test('points that were lent before a restore that nobody declared are not lent again', { timeout: 60_000 }, async () => {
  const outcome = await simulate(OPTIONS)
  expect(outcome.violations).toEqual([])
  expect([outcome.faults['central_restored'], outcome.sometimes['set_back_noticed']]).toEqual([1, 1])
})

test('a central that does not look whether its database was set back lends them twice, and it is found', { timeout: 60_000 }, async () => {
  const { violations } = await simulate({ ...OPTIONS, bug: { name: 'set-back-unseen', isSetBackUnseen: true } })
  expect(violations.map(({ property, what }) => [property, what.includes('lent twice')])).toEqual([['no overspend', true]])
})
