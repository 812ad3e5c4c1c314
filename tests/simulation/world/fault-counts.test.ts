// A fault is counted when it has happened to somebody: not when it is planned, and not when there was nobody.

import { expect, test } from 'vitest'
import { randomOf, type Random } from '../engine/random.ts'
import { createScheduler } from '../engine/scheduler.ts'
import { Counts } from '../engine/counts.ts'
import { FAULTS } from './fault-names.ts'
import { openMemoryState } from './memory-state.ts'
import { CALM, type CentralDoor, NobodyAnswers, StationLink, type Weather } from './station-link.ts'
import type { StationNode } from './station-node.ts'
import { attempt } from './station-process.ts'
import { type Trouble, TROUBLES } from './troubles.ts'
import { CHECK_EVERY_MS, townOf, World } from './world.ts'

/** Whatever may happen does, as soon as it can. */
const AT_ONCE: Random = { ...randomOf('at once'), chance: () => true, int: (least) => least }
const MINUTE_MS = 60_000

async function runningStation(): Promise<{ world: World; node: StationNode; trouble: Trouble }> {
  const options = { seed: 'counts', stations: 1, riders: 2, days: 1, faults: new Set(FAULTS), bug: null, traceLinesKept: 10, faultFactor: 1, checkEveryMs: CHECK_EVERY_MS }
  const town = townOf(options)
  const world = new World(options, town, openMemoryState(town.rows, true))
  const [node] = world.nodes
  if (node === undefined) throw new Error('a town has a station')
  node.start()
  await world.scheduler.runUntil(world.scheduler.nowMs() + MINUTE_MS)
  return { world, node, trouble: { world, random: AT_ONCE, pickNode: () => node } }
}

function write({ process }: StationNode): void {
  const counter = process?.counter
  if (counter !== undefined) attempt(() => counter.database.write(({ run }) => run('UPDATE identity SET boot = boot')))
}

test('where no machine runs, nothing that befalls machines has happened', async () => {
  const { world } = await runningStation()
  const befallMachines = FAULTS.filter((fault) => !fault.startsWith('central_'))
  for (const fault of befallMachines) await TROUBLES[fault]?.({ world, random: AT_ONCE, pickNode: () => null })
  expect(world.faults.toObject()).toEqual({})
})

test('a full disk has happened with the first write that it refuses, once however many follow', async () => {
  const { world, node, trouble } = await runningStation()
  await TROUBLES.disk_full?.({ ...trouble, random: { ...AT_ONCE, int: (_least, most) => (most === 6 ? 0 : most) } })
  expect(world.faults.of('disk_full')).toBe(0)
  write(node)
  write(node)
  expect(world.faults.of('disk_full')).toBe(1)
})

test('a kill has happened when the machine is gone', async () => {
  const { world, node, trouble } = await runningStation()
  await TROUBLES.station_kill?.({ ...trouble, random: { ...AT_ONCE, chance: (probability) => probability === 0.5 } })
  expect([world.faults.of('station_kill'), node.process === null]).toEqual([0, false])
  write(node)
  expect([world.faults.of('station_kill'), node.process === null]).toEqual([1, true])
})

test('central is killed when somebody has it write', async () => {
  const { world, node, trouble } = await runningStation()
  await TROUBLES.central_kill?.(trouble)
  expect([world.faults.of('central_kill'), world.central.isUp]).toEqual([0, true])
  // A start is told to central, which writes it down.
  node.kill()
  node.start()
  await world.scheduler.runUntil(world.scheduler.nowMs() + 500)
  expect([world.faults.of('central_kill'), world.central.isUp]).toEqual([1, false])
})

test('an event of a newer program is there once the disk has taken it', async () => {
  const { world, node, trouble } = await runningStation()
  node.disk.plan({ kind: 'disk_full', beforeStatement: 0, times: 1, after: () => undefined })
  await TROUBLES.version_skew?.(trouble)
  expect(world.faults.of('version_skew')).toBe(0)
  await TROUBLES.version_skew?.(trouble)
  expect(world.faults.of('version_skew')).toBe(1)
})

test.each(['repeat', 'reorder'] as const)('%s: a request has come again once central has answered it again', async (fault) => {
  const faults = new Counts()
  const scheduler = createScheduler(0)
  let answered = 0
  const central: CentralDoor = {
    answer: () => {
      answered += 1
      return answered === 2 ? Promise.reject(new NobodyAnswers('away')) : Promise.resolve({ status: 200, headers: {}, body: Buffer.from('') })
    },
  }
  const link = new StationLink({ scheduler, random: { ...AT_ONCE, chance: (probability) => probability === 1 }, central, counts: new Counts(), faults })
  link.weather = { ...CALM, [fault]: 1 } satisfies Weather
  const ask = link.exchangeOf(() => true)
  const askOnce = async (): Promise<void> => {
    const asked = ask({ path: '/', headers: {}, body: Buffer.from('?'), withinMs: MINUTE_MS, signal: new AbortController().signal })
    await scheduler.runUntil(scheduler.nowMs() + 2 * MINUTE_MS)
    await asked
  }
  await askOnce()
  expect([answered, faults.of(fault)]).toEqual([2, 0])
  await askOnce()
  expect([answered, faults.of(fault)]).toEqual([4, 1])
})

test('what has no bytes is not torn', async () => {
  const faults = new Counts()
  const scheduler = createScheduler(0)
  const central: CentralDoor = { answer: ({ body }) => Promise.resolve({ status: 200, headers: {}, body }) }
  const link = new StationLink({ scheduler, random: { ...AT_ONCE, chance: (probability) => probability === 1 }, central, counts: new Counts(), faults })
  link.weather = { ...CALM, torn_upload: 1 }
  const ask = link.exchangeOf(() => true)
  for (const body of ['', 'torn']) {
    const asked = ask({ path: '/', headers: {}, body: Buffer.from(body), withinMs: MINUTE_MS, signal: new AbortController().signal })
    await scheduler.runUntil(scheduler.nowMs() + MINUTE_MS)
    await asked
  }
  expect(faults.of('torn_upload')).toBe(1)
})
