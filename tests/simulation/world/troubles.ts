// When which fault happens: each one asked for comes a few times, spread over the days by chance, and each kind has its own
// stream, so that taking one away leaves the others where they were. All of them end in `heal`.

import type { Random } from '../engine/random.ts'
import { centralTroubles } from './central-troubles.ts'
import { diskTroubles } from './disk-troubles.ts'
import { FAULTS, type FaultName } from './fault-names.ts'
import { switchOffCopies } from './office.ts'
import type { StationNode } from './station-node.ts'
import { CALM, type Cut, type Weather } from './station-link.ts'
import { DAY_MS, type World } from './world.ts'

export interface Trouble {
  world: World
  random: Random
  /** A machine that stands at its station and runs, or null where none does. */
  pickNode: () => StationNode | null
}

/** How often in a week, at least once in a run. */
const TIMES_A_WEEK: Partial<Record<FaultName, number>> = {
  one_way_partition: 10, partition: 14, partition_weeks: 1, station_power_loss: 12, central_power_loss: 5, station_kill: 25, central_kill: 12, disk_full: 8, busy: 6,
  restored_database: 3, restored_image: 2, cloned_disk: 2, central_restored: 1, clock_jump: 8, frozen_clock: 4, station_replaced: 2, version_skew: 4, poison_event: 4,
  slow_disk: 8,
}

const WEATHER: Weather = { drop: 0.03, repeat: 0.03, delay: 0.03, reorder: 0.004, reply_lost: 0.03, torn_upload: 0.01 }

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

export function startTroubles(world: World): void {
  const wanted = world.options.faults
  const weather = Object.fromEntries(Object.entries(WEATHER).map(([name, chance]) => [name, wanted.has(name as FaultName) ? chance : 0])) as unknown as Weather
  for (const node of world.nodes) node.link.weather = weather
  for (const fault of FAULTS) {
    const times = TIMES_A_WEEK[fault]
    if (times === undefined || !wanted.has(fault)) continue
    const random = world.random.fork(`trouble ${fault}`)
    const count = Math.max(1, Math.round((times * world.options.faultFactor * world.options.days) / 7))
    const trouble: Trouble = { world, random, pickNode: () => pickRunning(world, random) }
    for (let time = 0; time < count; time += 1) {
      // The last hour is left alone: what begins then could not show what it does.
      const atMs = world.scheduler.nowMs() + random.next() * (world.options.days * DAY_MS - HOUR_MS)
      world.scheduler.at(fault === 'partition_weeks' ? world.scheduler.nowMs() + HOUR_MS : atMs, () => {
        world.trace.note(`${world.scheduler.nowMs()} trouble ${fault}`)
        return TROUBLES[fault]?.(trouble)
      })
    }
  }
}

export const TROUBLES: Partial<Record<FaultName, (trouble: Trouble) => void | Promise<void>>> = {
  ...diskTroubles,
  ...centralTroubles,
  one_way_partition: (trouble) => cutOff(trouble, 'one_way_partition', trouble.random.pick(['requests', 'answers'] as const), trouble.random.int(5 * MINUTE_MS, 6 * HOUR_MS)),
  partition: (trouble) => cutOff(trouble, 'partition', 'both', trouble.random.int(10 * MINUTE_MS, 20 * HOUR_MS)),
  partition_weeks: (trouble) => cutOff(trouble, 'partition_weeks', 'both', 30 * DAY_MS),
  clock_jump: ({ world, random, pickNode }) => {
    const node = pickNode()
    if (node === null) return
    node.clock.jump(random.int(-4, 4) * DAY_MS + random.int(-HOUR_MS, HOUR_MS))
    world.faults.add('clock_jump')
  },
  frozen_clock: ({ world, random, pickNode }) => {
    const node = pickNode()
    if (node === null) return
    node.clock.freeze()
    world.faults.add('frozen_clock')
    world.scheduler.after(random.int(HOUR_MS, DAY_MS), () => node.clock.setRight())
  },
}

function cutOff({ world, pickNode }: Trouble, name: FaultName, cut: Cut, lastsMs: number): void {
  const node = pickNode()
  if (node === null || node.link.cut !== 'none') return
  node.link.cut = cut
  world.faults.add(name)
  world.scheduler.after(lastsMs, () => {
    node.link.cut = 'none'
  })
}

function pickRunning(world: World, random: Random): StationNode | null {
  const running = world.nodes.filter((node) => !node.isRetired && node.process !== null)
  return running.length === 0 ? null : random.pick(running)
}

/** The network is good, clocks are right, disks have room, everybody is up. */
export function heal(world: World): void {
  world.central.isUp = true
  world.central.isBusy = false
  for (const node of world.nodes) {
    node.link.weather = CALM
    node.link.cut = 'none'
    node.clock.setRight()
    node.disk.heal()
    node.slowMs = 0
    node.isBusyAtOpen = false
    node.start()
  }
  switchOffCopies(world)
}
