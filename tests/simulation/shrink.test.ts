import { expect, test } from 'vitest'
import { openMemoryState } from './world/memory-state.ts'
import { describe as words, type Runner, shrink } from './shrink.ts'
import type { SimulationOptions, SimulationOutcome } from './simulate.ts'

const FAILING: SimulationOptions = {
  seed: '1', stations: 12, riders: 90, days: 7, faults: ['drop', 'repeat', 'delay', 'reply_lost', 'partition', 'station_kill'], openCentral: openMemoryState,
}

/** Runs nothing: finds what the options alone decide. */
function finding(property: (options: SimulationOptions) => string | null): { run: Runner; asked: SimulationOptions[] } {
  const asked: SimulationOptions[] = []
  return {
    asked,
    run: (options) => {
      asked.push(options)
      const found = property(options)
      return Promise.resolve({ violations: found === null ? [] : [{ property: found, what: 'it' }] } as unknown as SimulationOutcome)
    },
  }
}

const needsTwoFaults = ({ faults, stations, days }: SimulationOptions): string | null => {
  if (!faults.includes('repeat') || !faults.includes('partition') || stations < 3) return null
  return days < 2 ? 'another' : 'exactly once'
}

test('what is left over fails with the same property, and nothing can be taken from it', async () => {
  const { run } = finding(needsTwoFaults)
  const said: string[] = []
  const smallest = await shrink(FAILING, run, 200, (line) => said.push(line))
  expect(smallest).toEqual({ ...FAILING, stations: 3, riders: 1, days: 2, faults: ['repeat', 'partition'] })
  expect(said.at(-1)).toMatch(/^holds: /)
  expect(said).toContain(`fails: ${words(smallest)}`)
})

test('it runs no more often than it may, and answers the smallest that it has found until then', async () => {
  const { run, asked } = finding(needsTwoFaults)
  const smallest = await shrink(FAILING, run, 5, () => undefined)
  // The failing run itself comes first.
  expect(asked).toHaveLength(6)
  expect(asked).toContain(smallest)
  expect(needsTwoFaults(smallest)).toBe('exactly once')
  expect(words(smallest)).not.toBe(words(FAILING))
})

test('what does not fail stays as it is', async () => {
  const { run, asked } = finding(() => null)
  expect([await shrink(FAILING, run, 10, () => undefined), asked]).toEqual([FAILING, [FAILING]])
})

test('a run is said as it is asked for', () => {
  expect(words({ ...FAILING, faults: ['drop', 'busy'] })).toBe('--seed 1 --stations 12 --riders 90 --days 7 --faults drop,busy')
  expect(words({ ...FAILING, faults: [] })).toBe('--seed 1 --stations 12 --riders 90 --days 7 --faults none')
})
