// The world with an outbox that is soon full: people who come meanwhile are counted, and central's figures have each of them in the end.

import { expect, test } from 'vitest'
import { simulate, type SimulationOptions } from './simulate.ts'
import { openMemoryState } from './world/memory-state.ts'

const OPTIONS: SimulationOptions = {
  seed: 'visits 1', stations: 2, riders: 60, days: 2, faults: ['drop', 'repeat', 'reply_lost', 'partition', 'partition_weeks', 'station_kill'], faultFactor: 4, rules: { outbox_events_max: 100 },
  openCentral: openMemoryState,
}

test('whoever came while nothing could be recorded is in the figures, once', { timeout: 120_000 }, async () => {
  const { violations, sometimes, evidence } = await simulate(OPTIONS)
  expect(violations).toEqual([])
  expect(sometimes['checkin_counted']).toBeGreaterThan(0)
  expect(evidence.central['events']?.filter(({ kind }) => kind === 'checkin.counted').length).toBeGreaterThan(0)
})
