// What happens at a counter all day: riders scan in, wait a little, take goods, leave; somebody else scans in between; a
// volunteer restocks; wrong codes are held to the scanner. All by real requests. Writes down what was shown green, which is
// what must never be lost.

import { setTimeout as pause } from 'node:timers/promises'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import type { Draw } from './draw.ts'
import type { Kiosk } from './kiosk.ts'
import type { StationPost } from './station-post.ts'
import type { World } from './world.ts'

/** A receipt that a rider has seen. */
export interface Green {
  post: string
  station: string
  /** Of the file that was open. */
  incarnation: string
  request: string
  rider: string
  points: number
  receipt: string
  /** By the driver's clock, which no station shares. */
  atMs: number
}

export interface Witnessed {
  greens: Green[]
  /** Restocks that were confirmed, by request. */
  restocks: { post: string; station: string; incarnation: string; request: string; units: number; atMs: number }[]
  visits: number
  redemptions: number
  linesBroken: number
  /** By code. */
  refusals: Record<string, number>
  /** How often a machine was seen to fall out of order, by its trouble. */
  troubles: Record<string, number>
}

export function emptyWitness(): Witnessed {
  return { greens: [], restocks: [], visits: 0, redemptions: 0, linesBroken: 0, refusals: {}, troubles: {} }
}

const SESSION_MS_MAX = 1_500
const POINTS_MS_MAX = 800
const REST_MS_MAX = 150
/** As in life, most come to the station they live by. */
const HOME_SHARE = 0.6
const FIND_AGAIN_MS_MAX = 30_000
const FOREIGN_CODES = ['134567890123456789', 'https://example.com/menu', 'BXZ1WORN']

export interface CounterLife {
  post: StationPost
  world: World
  draw: Draw
  witness: Witnessed
  isOver: () => boolean
}

export async function liveAtCounter(life: CounterLife): Promise<void> {
  const { post, draw, witness, isOver } = life
  let trouble: string | null = null
  while (!isOver()) {
    const kiosk = post.kiosk()
    if (kiosk === null || kiosk.isBroken() || kiosk.view() === null) {
      await pause(50)
      continue
    }
    const shown = kiosk.view()?.trouble?.code ?? null
    if (shown !== null && shown !== trouble) countOne(witness.troubles, shown)
    trouble = shown
    // An empty shelf is the first thing that is seen to.
    const what = isShelfEmpty(kiosk) ? 1 : draw.below(25)
    if (what === 0) await kiosk.ask('scan', { text: draw.pick(FOREIGN_CODES), source: 'simulated' })
    else if (what <= 2) await restockShelf(life, kiosk)
    else await visit(life, kiosk)
    await pause(draw.below(REST_MS_MAX))
  }
}

async function visit(life: CounterLife, kiosk: Kiosk): Promise<void> {
  const { draw, world, witness } = life
  const atHome = world.riders.filter((candidate) => candidate.home === life.post.station.id)
  const rider = draw.pick(atHome.length > 0 && draw.chance(HOME_SHARE) ? atHome : world.riders)
  const session = await scanIn(kiosk, rider.pass, 'rider')
  if (session === null) return
  witness.visits += 1
  // Some do not wait for central's answer.
  if (draw.chance(0.8)) await kiosk.shows((view) => pointsHere(view) >= 20, draw.below(POINTS_MS_MAX))
  if (draw.chance(0.1)) await kiosk.ask('scan', { text: draw.pick(world.riders).pass, source: 'simulated' })
  for (let carts = draw.between(0, 4); carts > 0; carts -= 1) await redeemCart(life, kiosk, session, rider.id)
  const knock = kiosk.view()?.knock
  if (knock !== null && knock !== undefined) await kiosk.ask('answer_knock', { knock: knock.number, letIn: draw.chance(0.3) })
  const left = kiosk.view()?.session?.session
  // One in ten walks away without a word.
  if (left !== undefined && !draw.chance(0.1)) await kiosk.ask('end_session', { session: left })
}

async function redeemCart(life: CounterLife, kiosk: Kiosk, session: string, rider: string): Promise<void> {
  const { draw, witness, post } = life
  const shelf = kiosk.view()?.shelf ?? []
  if (shelf.length === 0) return
  const lines = Array.from({ length: draw.between(1, 2) }, () => ({ item: draw.pick(shelf), quantity: draw.between(1, 3) }))
  const request = draw.uuid()
  const wish = {
    session, request, lines: lines.map(({ item, quantity }) => ({ item: item.item, quantity })),
    pointsShown: lines.reduce((sum, { item, quantity }) => sum + item.pricePoints * quantity, 0),
  }
  const answer = await kiosk.ask('redeem', wish)
  const green = (receipt: { code: string; points: number }): void => {
    witness.redemptions += 1
    witness.greens.push({ post: post.name, station: post.station.id, incarnation: post.incarnation(), request, rider, points: receipt.points, receipt: receipt.code, atMs: Date.now() })
  }
  if (answer !== 'line_broken') {
    if (answer.ok) green(answer.output.receipt)
    else countOne(witness.refusals, answer.refusal.code)
    // An impatient finger: the same request once more must be the same receipt.
    if (answer.ok && draw.chance(0.1)) await kiosk.ask('redeem', wish)
    return
  }
  witness.linesBroken += 1
  const found = await askNextLife(life, request)
  if (found !== null) green(found)
}

/** As the screen does after the line broke: was it recorded? Asked of the station when it is back. */
async function askNextLife({ post, isOver }: CounterLife, request: string): Promise<{ code: string; points: number } | null> {
  for (const beganAtMs = Date.now(); Date.now() - beganAtMs < FIND_AGAIN_MS_MAX && !isOver(); await pause(50)) {
    const answer = await post.kiosk()?.ask('find_redemption', { request })
    if (answer !== undefined && answer !== 'line_broken') return answer.ok ? answer.output.receipt : null
  }
  return null
}

async function restockShelf(life: CounterLife, kiosk: Kiosk): Promise<void> {
  const { draw, world, witness, post } = life
  const person = world.staff.find((candidate) => candidate.station === post.station.id)
  if (person === undefined) throw new Error('a station without a volunteer')
  const session = await scanIn(kiosk, person.pass, 'staff')
  if (session === null) return
  const signedIn = await kiosk.ask('sign_in', { session, pin: draw.chance(0.1) ? '000000' : person.pin })
  if (signedIn !== 'line_broken' && !signedIn.ok) countOne(witness.refusals, signedIn.refusal.code)
  const items = world.items.filter(() => isShelfEmpty(kiosk) || draw.chance(0.5))
  const request = draw.uuid()
  if (items.length > 0) {
    const lines = items.map(({ id }) => ({ item: id, quantity: draw.between(20, 120), expiryDay: null, donor: null }))
    const answer = await kiosk.ask('restock', { session, request, lines })
    if (answer === 'line_broken') witness.linesBroken += 1
    else if (answer.ok) witness.restocks.push({ post: post.name, station: post.station.id, incarnation: post.incarnation(), request, units: answer.output.units, atMs: Date.now() })
    else countOne(witness.refusals, answer.refusal.code)
  }
  await kiosk.ask('end_session', { session })
}

/** The session of whoever was scanned; null where the desk did not open one (unknown person, somebody stands there). */
async function scanIn(kiosk: Kiosk, pass: string, kind: 'rider' | 'staff'): Promise<string | null> {
  const before = kiosk.view()?.session?.session
  if (before !== undefined) await kiosk.ask('end_session', { session: before })
  await kiosk.shows((view) => view.session === null, SESSION_MS_MAX)
  await kiosk.ask('scan', { text: pass, source: 'simulated' })
  await kiosk.shows((view) => view.session?.kind === kind, SESSION_MS_MAX)
  const session = kiosk.view()?.session
  return session?.kind === kind ? session.session : null
}

function isShelfEmpty(kiosk: Kiosk): boolean {
  return kiosk.view()?.shelf.every(({ onShelf }) => onShelf === 0) ?? false
}

function pointsHere(view: KioskView): number {
  return view.session?.kind === 'rider' ? (view.session.points?.here ?? 0) : 0
}

function countOne(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1
}
