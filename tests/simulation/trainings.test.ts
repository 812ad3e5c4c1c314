// The world with trainings that more people want than can have: whatever goes wrong no place is given twice, nobody waits beside a free
// one when all is well again, and everything that makes that hard did happen. And two hundred people for twenty places.

import { expect, test } from 'vitest'
import { numberOf, rowsOf, textOf } from './checker/evidence.ts'
import { describe as words } from './shrink.ts'
import { ALL_FAULTS, simulate, type SimulationOptions, type SimulationOutcome } from './simulate.ts'
import type { FaultName } from './world/fault-names.ts'
import { openMemoryState } from './world/memory-state.ts'

const FIXED = ['1', '15']
const SOMETIMES = [
  'signup_pending', 'signup_seated', 'signup_cancelled', 'offer_made', 'offer_lapsed', 'block_lent', 'block_recalled', 'block_returned', 'seat_double_freed', 'walk_in', 'attended',
]

test('places are given once whatever goes wrong, the list stays in its order, and all that sometimes happens did', { timeout: 180_000 }, async () => {
  const outcomes: SimulationOutcome[] = []
  for (const seed of FIXED) {
    const options: SimulationOptions = { seed: `trainings ${seed}`, stations: 5, riders: 80, days: 3, faults: ALL_FAULTS, faultFactor: 1, openCentral: openMemoryState }
    const outcome = await simulate(options)
    if (outcome.violations.length > 0) process.stderr.write(`npm run simulate -- ${words(options)}\n`)
    outcomes.push(outcome)
  }
  expect(outcomes.map(({ violations }) => violations)).toEqual(FIXED.map(() => []))
  expect(SOMETIMES.filter((name) => outcomes.every(({ sometimes }) => (sometimes[name] ?? 0) === 0))).toEqual([])
})

/** Cut off and back, answers lost, uploads repeated: what a bad network does; nobody's disk is lost. */
const NETWORK: readonly FaultName[] = ['drop', 'repeat', 'delay', 'reply_lost', 'one_way_partition', 'partition', 'partition_weeks']

test('two hundred people for twenty places from ten stations, half of them cut off again and again: twenty have one in the end', { timeout: 120_000 }, async () => {
  const { evidence, violations, faults } = await simulate({ seed: 'twenty places', stations: 10, riders: 200, days: 2, faults: NETWORK, faultFactor: 8, openCentral: openMemoryState })
  expect(violations).toEqual([])
  expect(faults['partition']).toBeGreaterThan(5)
  const { central } = evidence
  const [last] = rowsOf(central, 'trainings').toSorted((one, other) => numberOf(other, 'starts_at_ms') - numberOf(one, 'starts_at_ms'))
  if (last === undefined) throw new Error('no training')
  const own = (table: string) => rowsOf(central, table).filter((row) => row['training_id'] === last['training_id'])
  const standing = (wanted: string): number => own('signups').filter((row) => textOf(row, 'standing') === wanted).length
  expect({ capacity: last['capacity'], held: standing('seated') + standing('offered'), others: standing('waiting') > 20 }).toEqual({ capacity: 20, held: 20, others: true })
})
