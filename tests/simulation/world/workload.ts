// What people do all day: riders come to the station they like or to another one, are greeted, wait for their points, take
// goods, scan again; volunteers restock. They see what the screen would show, and remember what they saw as done.

import { redeem } from '../../../station/acts/redeem.ts'
import { earnPoints } from '../../../station/acts/earn-points.ts'
import { restock } from '../../../station/acts/restock.ts'
import { undoRedemption } from '../../../station/acts/undo-redemption.ts'
import { riderRow } from '../../../station/store/rider-points.ts'
import { unitsOnShelfByItem } from '../../../station/store/shelf.ts'
import { dayOf } from '../../../domain/calendar.ts'
import type { Random } from '../engine/random.ts'
import type { StationNode } from './station-node.ts'
import { attempt, type StationProcess } from './station-process.ts'
import type { TownItem, TownRider } from './town.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000
const OPENS_MS = 7 * 3_600_000
const CLOSES_MS = 22 * 3_600_000
const VISITS_A_DAY = 0.85
const HOME_SHARE = 0.75
const BETWEEN_VISITS_MS = 20 * 60_000
const TWO_PLACES = 0.12
const AT_A_SPARE = 0.4
/** How long somebody looks at the shelf before he asks for something. */
const LOOKS_MS = [4_000, 20_000] as const
/** Points that are elsewhere may come while he stands there. */
const PATIENCE_MS = 130_000
const ASKS_AGAIN_MS = 8_000
const KNOCK_MS = 9_000
const TICK_MS = 5_000
const KNOCKS_MAX = 12
/** How many of the visits are for a service to the station, and how many redemptions are taken back. */
const HELPS = 0.12
const UNDONE = 0.04
const RESTOCK_BELOW = 30
const RESTOCK_UNITS = 200

interface Visit {
  rider: TownRider
  node: StationNode
  random: Random
}

export function startWorkload(world: World): void {
  const { town, scheduler } = world
  const startMs = scheduler.nowMs()
  for (const rider of town.riders) planDays(world, rider, startMs)
  for (const node of world.nodes) {
    const random = world.random.fork(`staff ${node.site.number}`)
    const shift = (): void => {
      if (!world.isOpen()) return
      restockShelf(world, node, random)
      scheduler.after(random.int(2, 5) * 3_600_000, shift)
    }
    scheduler.after(random.int(1_000, 60_000), shift)
  }
}

function planDays(world: World, rider: TownRider, startMs: number): void {
  const random = world.random.fork(`rider ${rider.id}`)
  let freeAtMs = 0
  const planDay = (dayMs: number): void => {
    if (!world.isOpen()) return
    for (let visits = random.next() * VISITS_A_DAY * 2; visits > 0.5; visits -= 1) {
      world.scheduler.at(dayMs + random.int(OPENS_MS, CLOSES_MS), () => {
        if (!world.isOpen()) return
        const nowMs = world.scheduler.nowMs()
        if (nowMs < freeAtMs) return
        freeAtMs = nowMs + BETWEEN_VISITS_MS
        const site = random.chance(HOME_SHARE) ? rider.home : random.pick(world.town.sites)
        come(world, { rider, node: counterAt(world, site.id, random), random }, 0)
        // Where anything may go wrong, somebody has his card and stands somewhere else with it.
        if (world.options.faults.size === 0 || !random.chance(TWO_PLACES)) return
        const other = random.pick(world.town.sites)
        world.scheduler.after(random.int(1_000, 15_000), () => come(world, { rider, node: counterAt(world, other.id, random), random }, 0))
      })
    }
    world.scheduler.at(dayMs + DAY_MS, () => planDay(dayMs + DAY_MS))
  }
  planDay(startMs)
}

/** Where a copy of its disk runs, or an old machine that somebody found, some go to that one. */
function counterAt(world: World, site: string, random: Random): StationNode {
  const spares = world.nodes.filter((node) => node.site.id === site && node.isSpare && !node.isRetired && node.process !== null)
  return spares.length > 0 && random.chance(AT_A_SPARE) ? random.pick(spares) : world.nodeOf(site)
}

function come(world: World, visit: Visit, knocks: number): void {
  const { node, rider, random } = visit
  const { process } = node
  if (process === null) return
  const arrived = arrive(world, visit, process)
  world.acted(`arrive ${node.site.number} ${rider.id} ${arrived ?? 'died'}`)
  if (arrived === null) return
  if (arrived === 'knocked') {
    world.scheduler.after(KNOCK_MS, () => {
      const knock = process.sessions.knock()
      // Whoever stood there is done, or the next one waits once more.
      if (knock !== null && knocks >= KNOCKS_MAX) attempt(() => process.sessions.answerKnock(knock.number, false))
      else if (node.process === process) come(world, visit, knocks + 1)
    })
    return
  }
  if (arrived === 'session_opened') tick(world, node, process)
  const sinceMs = world.scheduler.nowMs()
  world.scheduler.after(random.int(...LOOKS_MS), () => choose(world, visit, process, sinceMs))
}

function arrive(world: World, { node, rider }: Visit, process: StationProcess): ReturnType<StationProcess['sessions']['arrive']> | null {
  const { database } = process.counter
  const people = (): number => database.read.get<{ people: number }>('SELECT (SELECT count(*) FROM checkins) + (SELECT coalesce(sum(people), 0) FROM uncounted_checkins) AS people')?.people ?? 0
  const before = attempt(people)
  const arrived = attempt(() => process.sessions.arrive({ holder: 'rider', holderId: rider.id, card: 1, issueDay: 20_000, keyId: 1 }))
  const after = attempt(people)
  const isKnown = arrived !== null && before !== null && after !== null
  world.visited(node.site.id, isKnown ? after - before : null)
  if (isKnown && attempt(() => database.read.get('SELECT 1 FROM uncounted_checkins')) !== undefined) world.sometimes.add('checkin_counted')
  return arrived
}

/** As the desk's timer does, as long as somebody stands there. */
function tick(world: World, node: StationNode, process: StationProcess): void {
  world.scheduler.after(TICK_MS, () => {
    if (node.process !== process || process.sessions.current() === null) return
    attempt(() => process.sessions.endIdle())
    attempt(() => process.sessions.askForPoints())
    tick(world, node, process)
  })
}

async function choose(world: World, visit: Visit, process: StationProcess, sinceMs: number): Promise<void> {
  const { node, rider, random } = visit
  if (node.process !== process || process.sessions.current()?.pass.holderId !== rider.id) return
  const reader = process.counter.database.read
  const wish = attempt(() => {
    const balance = riderRow(reader, rider.id)?.balance ?? 0
    const shelf = unitsOnShelfByItem(reader, dayOf(process.counter.clock.wallMs(), 480))
    const affordable = world.town.items.filter(({ id, pricePoints }) => pricePoints <= balance && (shelf.get(id) ?? 0) > 0)
    return affordable.length === 0 ? null : random.pick(affordable)
  })
  if (random.chance(HELPS)) help(world, visit, process)
  world.wishes.visited(node, process, rider)
  world.trainings.visited(node, process, rider)
  if (wish === null) leave(process, rider)
  else await ask(world, visit, process, sinceMs, wish, random.uuid())
}

async function ask(world: World, visit: Visit, process: StationProcess, sinceMs: number, item: TownItem, request: string): Promise<void> {
  const { node, rider, random } = visit
  if (node.process !== process || process.sessions.current()?.pass.holderId !== rider.id) return
  process.sessions.touch()
  const nowMs = world.scheduler.nowMs()
  const units = random.chance(0.2) ? 2 : 1
  const result = attempt(() =>
    redeem(process.counter, { request, rider: rider.id, lines: [{ item: item.id, quantity: units }], pointsShown: item.pricePoints * units }),
  )
  world.acted(`redeem ${node.site.number} ${rider.id} ${item.id} ${result === null ? 'died' : result.ok ? result.receipt.code : result.refusal.code}`)
  if (result === null) return
  if (result.ok) {
    world.saw({ kind: 'redemption', request, station: node.site.id, incarnation: process.counter.identity.incarnation, rider: rider.id, points: result.receipt.points, atMs: nowMs })
    const session = process.sessions.current()
    if (session !== null) session.settled = true
    attempt(() => process.sessions.askForMore())
    process.sync.nudge()
    if (random.chance(UNDONE)) world.scheduler.after(random.int(5_000, 600_000), () => takeBack(world, node, process, rider, result.receipt, random.uuid()))
    afterRedemption(world, visit, process)
    return
  }
  const { refusal } = result
  if (refusal.code === 'points_short' && refusal.points <= (attempt(() => riderRow(process.counter.database.read, rider.id)?.balance ?? 0) ?? 0)) {
    if (nowMs - sinceMs < PATIENCE_MS) {
      world.scheduler.after(ASKS_AGAIN_MS, () => ask(world, visit, process, sinceMs, item, random.uuid()))
      return
    }
    await world.refusedForPoints({ station: node.site.id, rider: rider.id, pricePoints: refusal.points, atMs: nowMs })
  }
  world.refused(refusal.code)
  leave(process, rider)
}

/** He has helped: his points are spendable here at once, or wait for central. */
function help(world: World, { node, rider, random }: Visit, process: StationProcess): void {
  const { counter } = process
  const request = random.uuid()
  const result = attempt(() => earnPoints(counter, { request, rider: rider.id, points: random.int(1, 6) * 10, service: 'help', staff: node.site.staff }))
  world.acted(`earn ${node.site.number} ${rider.id} ${result === null ? 'died' : result.ok ? `${result.points} ${result.pending ? 'pending' : 'here'}` : result.refusal.code}`)
  if (result?.ok !== true) return
  world.sometimes.add(result.pending ? 'earned_pending' : 'earned_here')
  world.saw({ kind: 'earning', request, station: node.site.id, incarnation: counter.identity.incarnation, rider: rider.id, points: result.points, atMs: world.scheduler.nowMs() })
  process.sync.nudge()
}

function takeBack(world: World, node: StationNode, process: StationProcess, rider: TownRider, receipt: { code: string }, request: string): void {
  if (node.process !== process) return
  const { counter } = process
  const result = attempt(() => undoRedemption(counter, { request, receipt: receipt.code, staff: node.site.staff }))
  world.acted(`undo ${node.site.number} ${rider.id} ${result === null ? 'died' : result.ok ? result.points : result.refusal.code}`)
  if (result?.ok !== true) return
  world.sometimes.add('redemption_undone')
  world.saw({ kind: 'undo', request, station: node.site.id, incarnation: counter.identity.incarnation, rider: rider.id, points: result.points, atMs: world.scheduler.nowMs() })
  process.sync.nudge()
}

/** He takes more, goes away, or just stands there until the screen forgets him. */
function afterRedemption(world: World, visit: Visit, process: StationProcess): void {
  const { node, rider, random } = visit
  const what = random.next()
  if (what < 0.25) {
    world.scheduler.after(random.int(2_000, 15_000), async () => {
      if (node.process !== process) return
      arrive(world, visit, process)
      await choose(world, visit, process, world.scheduler.nowMs())
    })
    return
  }
  world.scheduler.after(what < 0.8 ? random.int(1_000, 10_000) : 200_000, () => {
    if (node.process === process) leave(process, rider)
  })
}

function leave(process: StationProcess, rider: TownRider): void {
  if (process.sessions.current()?.pass.holderId === rider.id) attempt(() => process.sessions.end())
  else attempt(() => process.sessions.endIdle())
}

function restockShelf(world: World, node: StationNode, random: Random): void {
  const { process } = node
  if (process === null) return
  const { counter } = process
  world.wishes.staffed(node, process)
  const lines = attempt(() => {
    const shelf = unitsOnShelfByItem(counter.database.read, dayOf(counter.clock.wallMs(), 480))
    const known = new Set(counter.database.read.all<{ id: string }>('SELECT id FROM items').map(({ id }) => id))
    return world.town.items.filter(({ id }) => known.has(id) && (shelf.get(id) ?? 0) < RESTOCK_BELOW)
  })
  if (lines === null || lines.length === 0) return
  const request = random.uuid()
  const result = attempt(() =>
    restock(counter, { request, staff: node.site.staff, lines: lines.map(({ id }) => ({ item: id, quantity: RESTOCK_UNITS, expiryDay: null, donor: null })) }),
  )
  world.acted(`restock ${node.site.number} ${result === null ? 'died' : result.ok ? result.output.units : result.refusal.code}`)
  if (result?.ok !== true) return
  world.saw({ kind: 'restock', request, station: node.site.id, incarnation: counter.identity.incarnation, rider: null, points: 0, atMs: world.scheduler.nowMs() })
  process.sync.nudge()
}
