// What happens at a counter all day: riders scan in, wait a little, take goods, see to trainings and wishes, leave; somebody else scans in between; a
// volunteer restocks; wrong codes are held to the scanner. All by real requests. Writes down what was shown green, which is
// what must never be lost.

import { setTimeout as pause } from 'node:timers/promises'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { countArrival, countKnock } from './count-visits.ts'
import type { Draw } from './draw.ts'
import type { Kiosk } from './kiosk.ts'
import type { StationPost } from './station-post.ts'
import { seeToTraining, seeToWish } from './rider-acts.ts'
import { beginAnew, handOverGift, isShelfEmpty, restockShelf, undoOne } from './staff-acts.ts'
import { countOne, type Witnessed } from './witness.ts'
import { scanIn } from './scan-in.ts'
import type { World } from './world.ts'

const POINTS_MS_MAX = 1_500
const REST_MS_MAX = 150
/** As in life, most come to the station they live by. */
const HOME_SHARE = 0.75
const RECKLESS_SHARE = 0.15
/** Of the visits. */
const TRAINING_SHARE = 0.3
const WISH_SHARE = 0.25
/** What a file does not come back from by itself; `behind` may, so staff wait a little. */
const FOR_GOOD = new Set(['quarantined', 'behind', 'banned'])
const PATIENCE_MS = 6_000
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
  let troubledAtMs = 0
  while (!isOver()) {
    const kiosk = post.kiosk()
    if (kiosk === null || kiosk.isBroken() || kiosk.view() === null) {
      await pause(50)
      continue
    }
    const shown = kiosk.view()?.trouble?.code ?? null
    if (shown !== null && shown !== trouble) countOne(witness.troubles, shown)
    if (shown !== trouble) troubledAtMs = Date.now()
    trouble = shown
    // An empty shelf is the first thing that is seen to.
    const what = isShelfEmpty(kiosk) ? 1 : draw.below(30)
    if (shown !== null && FOR_GOOD.has(shown) && kiosk.view()?.link.state === 'online' && Date.now() - troubledAtMs > PATIENCE_MS) {
      await beginAnew(life, kiosk)
      troubledAtMs = Date.now()
    } else if (what === 0) await kiosk.ask('scan', { text: draw.pick(FOREIGN_CODES), source: 'simulated' })
    else if (what <= 2) await restockShelf(life, kiosk)
    else if (what === 3) await undoOne(life, kiosk)
    else if (what === 4) await handOverGift(life, kiosk)
    else await visit(life, kiosk)
    await pause(draw.below(REST_MS_MAX))
  }
}

async function visit(life: CounterLife, kiosk: Kiosk): Promise<void> {
  const { draw, world, witness } = life
  const atHome = world.riders.filter((candidate) => candidate.home === life.post.station.id)
  const rider = draw.pick(atHome.length > 0 && draw.chance(HOME_SHARE) ? atHome : world.riders)
  const before = kiosk.view()?.session?.session
  const session = await scanIn(kiosk, rider.pass, 'rider')
  await countArrival(life, kiosk, before)
  if (session === null || session === before) return
  witness.visits += 1
  // Some do not wait for central's answer.
  if (draw.chance(0.8)) await kiosk.shows((view) => pointsHere(view) >= 20, draw.between(POINTS_MS_MAX / 5, POINTS_MS_MAX))
  if (draw.chance(0.1)) {
    await kiosk.ask('scan', { text: draw.pick(world.riders).pass, source: 'simulated' })
    await countKnock(life, kiosk)
  }
  for (let carts = draw.between(0, 4); carts > 0; carts -= 1) await redeemCart(life, kiosk, session, rider.id)
  if (draw.chance(TRAINING_SHARE)) await seeToTraining(life, kiosk)
  if (draw.chance(WISH_SHARE)) await seeToWish(life, kiosk)
  const knock = kiosk.view()?.knock
  if (knock !== null && knock !== undefined) {
    const letIn = draw.chance(0.3)
    const stood = kiosk.view()?.session?.session
    await kiosk.ask('answer_knock', { knock: knock.number, letIn })
    if (letIn) await countArrival(life, kiosk, stood)
  }
  const left = kiosk.view()?.session?.session
  // One in ten walks away without a word.
  if (left !== undefined && !draw.chance(0.1)) await kiosk.ask('end_session', { session: left })
}

async function redeemCart(life: CounterLife, kiosk: Kiosk, session: string, rider: string): Promise<void> {
  const { draw, witness, post } = life
  const shelf = kiosk.view()?.shelf ?? []
  if (shelf.length === 0) return
  // Most look at what they have before they choose.
  const affordable = shelf.filter((item) => item.pricePoints <= pointsHere(kiosk.view()))
  const offered = draw.chance(RECKLESS_SHARE) ? shelf : affordable
  if (offered.length === 0) return
  const lines = Array.from({ length: draw.between(1, 2) }, () => ({ item: draw.pick(offered), quantity: draw.between(1, 2) }))
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

function pointsHere(view: KioskView | null): number {
  return view?.session?.kind === 'rider' ? (view.session.points?.here ?? 0) : 0
}
