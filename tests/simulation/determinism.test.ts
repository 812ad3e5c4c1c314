import { expect, test } from 'vitest'
import { ALL_FAULTS, simulate, type SimulationOptions } from './simulate.ts'
import { openMemoryState } from './world/memory-state.ts'

const SMALL: SimulationOptions = { seed: 'twice', stations: 2, riders: 10, days: 1, faults: ALL_FAULTS, openCentral: openMemoryState }

test('the same seed is the same run, to the last byte of its trace; another seed is another', { timeout: 90_000 }, async () => {
  const first = await simulate(SMALL)
  const second = await simulate(SMALL)
  const other = await simulate({ ...SMALL, seed: 'another' })
  expect([second.traceHash, second.steps, second.faults, second.sometimes]).toEqual([first.traceHash, first.steps, first.faults, first.sometimes])
  expect(other.traceHash).not.toBe(first.traceHash)
})
