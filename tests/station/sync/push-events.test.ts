// How much goes in one request: as many batches as central says it takes, fewer where there are fewer, one after a request that
// nobody answered, then more as long as the line is quick. What central has taken of a request is believed, and it goes on behind that.

import { expect, test } from 'vitest'
import { PUSH_BATCHES_MAX } from '../../../contract/sync/push-request.ts'
import { acknowledgedSeq } from '../../../station/store/sync-state.ts'
import type { StandInCentral } from '../../support/stand-in-central.ts'
import type { SyncingStation } from './syncing-station.ts'
import { lastSeqOf, openTalking, standIn, stockSoap } from './talking-station.ts'

const EVENTS_A_BATCH = 5

/** With everything sent that it has to say at first; the pushes of before are forgotten. */
async function openQuiet(central: StandInCentral): Promise<SyncingStation> {
  const station = await openTalking(central, undefined, { batchEventsMax: EVENTS_A_BATCH })
  await station.timers.round()
  central.pushes.length = 0
  return station
}

function fill({ counter }: SyncingStation, events: number): number {
  for (let act = 0; act < events; act += 1) stockSoap(counter)
  return lastSeqOf(counter)
}

/** Batches and events of each request. */
const sizesOf = ({ pushes }: StandInCentral): [number, number][] =>
  pushes.map((batches) => [batches.length, batches.reduce((sum, [first, last]) => sum + last - first + 1, 0)])

test('eight batches a request where central takes eight, and at the end what is left; never more than the contract knows', async () => {
  for (const batchesAtOnce of [PUSH_BATCHES_MAX, 400]) {
    const central = standIn()
    central.batchesAtOnce = batchesAtOnce
    const station = await openQuiet(central)
    const last = fill(station, 9 * EVENTS_A_BATCH + 2)
    await station.timers.round()
    expect(sizesOf(central)).toEqual([[8, 40], [2, 7]])
    expect(central.pushes.flat().every(([first, end], at, all) => end - first < EVENTS_A_BATCH && first === (all[at - 1]?.[1] ?? first - 1) + 1)).toBe(true)
    expect(acknowledgedSeq(station.counter.database.read)).toBe(last)
    expect(station.problems).toEqual([])
  }
})

test.each([[null, 1], [0, 1], [1.5, 1], [Number.NaN, 1], [3, 3]])('central says %s: %i a request', async (said, expected) => {
  const central = standIn()
  central.batchesAtOnce = said
  const station = await openQuiet(central)
  fill(station, 3 * EVENTS_A_BATCH)
  await station.timers.round()
  expect(sizesOf(central)).toEqual(expected === 3 ? [[3, 15]] : [[1, 5], [1, 5], [1, 5]])
})

test('after a request that nobody answered one batch; then, behind the one that is ready already, two, four and eight', async () => {
  const central = standIn()
  central.batchesAtOnce = PUSH_BATCHES_MAX
  const station = await openQuiet(central)
  central.cutOff = true
  const last = fill(station, 18 * EVENTS_A_BATCH)
  await station.timers.round()
  central.cutOff = false
  await station.timers.round()
  expect(sizesOf(central)).toEqual([[1, 5], [1, 5], [2, 10], [4, 20], [8, 40], [2, 10]])
  expect(acknowledgedSeq(station.counter.database.read)).toBe(last)
})

test('on a slow line fewer and fewer, and no more before it is quick again', async () => {
  const central = standIn()
  central.batchesAtOnce = PUSH_BATCHES_MAX
  const station = await openQuiet(central)
  const seconds = [8, 8, 5, 8, 5, 2]
  central.onPush = () => station.counter.clock.advance((seconds.shift() ?? 0) * 1_000)
  const last = fill(station, 34 * EVENTS_A_BATCH)
  await station.timers.round()
  // Each is made ready while the one before it is under way.
  expect(sizesOf(central).map(([batches]) => batches)).toEqual([8, 8, 4, 2, 2, 1, 1, 2, 4, 2])
  expect(acknowledgedSeq(station.counter.database.read)).toBe(last)
})

test('central has taken the first batch of eight: it is believed, and what follows goes on behind it, one at a time as long as that goes on', async () => {
  const central = standIn()
  central.batchesAtOnce = PUSH_BATCHES_MAX
  const station = await openQuiet(central)
  central.takesOnlyTheFirst = true
  const last = fill(station, 8 * EVENTS_A_BATCH)
  await station.timers.round()
  expect(sizesOf(central).slice(0, 2)).toEqual([[8, 40], [1, 5]])
  expect(central.eventsOf(station.counter.identity.incarnation).length).toBe(last)
  expect(acknowledgedSeq(station.counter.database.read)).toBe(last)
  expect(station.problems).toEqual([])
})

test('central that is older from one moment to the next gets what it can read', async () => {
  const central = standIn()
  central.batchesAtOnce = PUSH_BATCHES_MAX
  const station = await openQuiet(central)
  central.batchesAtOnce = null
  central.refusals.set('/v1/push', 'bad_request')
  const last = fill(station, 3 * EVENTS_A_BATCH)
  await station.timers.round()
  central.refusals.clear()
  await station.timers.round()
  expect(sizesOf(central)).toEqual([[1, 5], [1, 5], [1, 5]])
  expect(acknowledgedSeq(station.counter.database.read)).toBe(last)
})
