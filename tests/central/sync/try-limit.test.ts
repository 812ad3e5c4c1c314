// What is left to somebody who may be guessing, and what strangers can not take from others.

import { expect, test } from 'vitest'
import { TryLimit } from '../../../central/sync/try-limit.ts'

const LIMITS = { fromOneMax: 2, overallMax: 3, windowMs: 1000 }

test('an address is used up after its own tries, all others are crowded after those of all, and a new window begins with some', () => {
  const tries = new TryLimit(LIMITS)
  tries.fail('one', 0)
  tries.fail('one', 0)
  const early = [tries.left('one', 0), tries.left('two', 0)]
  tries.fail('two', 0)
  expect([...early, tries.left('one', 999), tries.left('two', 999), tries.left('three', 999), tries.left('one', 1000)]).toEqual(['used_up', 'some', 'used_up', 'crowded', 'crowded', 'some'])
})

test('ten thousand addresses that failed use up none of those that come after, however often these fail', () => {
  const tries = new TryLimit(LIMITS)
  for (let address = 0; address < 10_000; address += 1) tries.fail(`stranger ${address}`, 0)
  for (let failed = 0; failed < 100; failed += 1) tries.fail(`later ${failed}`, 0)
  expect([tries.left('later 1', 0), tries.left('one', 0)]).toEqual(['crowded', 'crowded'])
})
