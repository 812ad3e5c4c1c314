import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'
import { openMemoryState } from './world/memory-state.ts'

test('where nothing goes wrong nobody is told that his points do not suffice here while he has enough, and all of it holds', { timeout: 90_000 }, async () => {
  const outcome = await simulate({ seed: '3', stations: 3, riders: 30, days: 2, faults: [], openCentral: openMemoryState })
  expect(outcome.violations).toEqual([])
  expect(outcome.redemptions).toBeGreaterThan(30)
  // Some of them stood at a station while their points lay at another one.
  expect(outcome.sometimes['points_elsewhere']).toBeGreaterThan(0)
})
