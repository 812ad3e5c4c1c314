// The world with many wishes in it: whatever goes wrong, one claim holds, and everything that makes that hard did happen.

import { expect, test } from 'vitest'
import { describe as words } from './shrink.ts'
import { ALL_FAULTS, simulate, type SimulationOptions, type SimulationOutcome } from './simulate.ts'
import { openMemoryState } from './world/memory-state.ts'

const FIXED = ['1', '2', '3']
const SOMETIMES = ['claim_refused', 'claim_lapsed', 'claim_stale', 'claim_not_granted_in_recovery', 'wish_edited_while_claimed', 'wish_confirmed', 'wish_not_yet', 'wish_not_in_state']

test('wishes are claimed once at a time whatever goes wrong, nothing that was said of them is lost, and all that sometimes happens did', { timeout: 180_000 }, async () => {
  const outcomes: SimulationOutcome[] = []
  for (const seed of FIXED) {
    const options: SimulationOptions = { seed: `wishes ${seed}`, stations: 5, riders: 80, days: 3, faults: ALL_FAULTS, faultFactor: 1, openCentral: openMemoryState }
    const outcome = await simulate(options)
    if (outcome.violations.length > 0) process.stderr.write(`npm run simulate -- ${words(options)}\n`)
    outcomes.push(outcome)
  }
  expect(outcomes.map(({ violations }) => violations)).toEqual(FIXED.map(() => []))
  expect(SOMETIMES.filter((name) => outcomes.every(({ sometimes }) => (sometimes[name] ?? 0) === 0))).toEqual([])
})
