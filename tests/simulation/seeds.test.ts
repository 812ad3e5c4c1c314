// A fixed set of seeds and one fresh one, which is printed: `npm run simulate -- --seed N …` runs it again.

import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { describe as words } from './shrink.ts'
import { ALL_FAULTS, simulate, type SimulationOptions, type SimulationOutcome } from './simulate.ts'
import { openMemoryState } from './world/memory-state.ts'

const FIXED = ['1', '3', '4']
/** What must have happened in some of them, or they prove nothing. */
const SOMETIMES = [
  'duplicate_delivered', 'grant_replayed', 'late_answer', 'central_in_recovery', 'recall_refused_in_session', 'snapshot_taken', 'event_parked', 'parked_replayed', 'clone_caught', 'push_of_batches',
]

function withSeed(seed: string): SimulationOptions {
  return { seed, stations: 4, riders: 30, days: 2, faults: ALL_FAULTS, faultFactor: 2, openCentral: openMemoryState }
}

async function run(seed: string): Promise<SimulationOutcome> {
  const options = withSeed(seed)
  const outcome = await simulate(options)
  if (outcome.violations.length > 0) process.stderr.write(`npm run simulate -- ${words(options)} --fault-factor 2\n`)
  return outcome
}

test('a fixed set of seeds with every fault holds, every fault was done, and everything that sometimes happens did', { timeout: 180_000 }, async () => {
  const outcomes: SimulationOutcome[] = []
  for (const seed of FIXED) outcomes.push(await run(seed))
  expect(outcomes.map(({ violations }) => violations)).toEqual(FIXED.map(() => []))
  const total = (kind: 'faults' | 'sometimes', name: string): number => outcomes.reduce((sum, outcome) => sum + (outcome[kind][name] ?? 0), 0)
  expect(ALL_FAULTS.filter((name) => total('faults', name) === 0)).toEqual([])
  expect(SOMETIMES.filter((name) => total('sometimes', name) === 0)).toEqual([])
})

test('a fresh seed holds', { timeout: 120_000 }, async () => {
  const seed = String(randomInt(1_000_000))
  process.stdout.write(`the fresh seed of the simulation: ${words(withSeed(seed))} --fault-factor 2\n`)
  expect((await run(seed)).violations).toEqual([])
})
