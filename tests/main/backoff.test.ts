import { expect, test } from 'vitest'
import { createBackoff, PAGE_DELAYS_MS, STATION_DELAYS_MS } from '../../main/backoff.ts'

function take(delaysMs: typeof PAGE_DELAYS_MS, count: number): number[] {
  const backoff = createBackoff(delaysMs)
  return Array.from({ length: count }, () => backoff.nextDelayMs())
}

test('a page that keeps crashing is loaded again after 1, 2, 5, 15 and then every 60 seconds', () => {
  expect(take(PAGE_DELAYS_MS, 7)).toEqual([1_000, 2_000, 5_000, 15_000, 60_000, 60_000, 60_000])
})

test('a station that keeps dying is started again after a quarter of a second up to every 10 seconds', () => {
  expect(take(STATION_DELAYS_MS, 9)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000])
})

test('after it went well the first delay is the shortest again', () => {
  const backoff = createBackoff(PAGE_DELAYS_MS)
  backoff.nextDelayMs()
  backoff.nextDelayMs()
  backoff.reset()
  expect(backoff.nextDelayMs()).toBe(1_000)
})
