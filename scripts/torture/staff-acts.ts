// What a volunteer or a station head does at a counter: fills the shelf, takes back a redemption, hands over what a partner left for
// a wish, and begins anew where the machine says for long enough that its file will never spend again.

import type { CounterLife } from './counter-life.ts'
import type { Kiosk } from './kiosk.ts'
import { saw } from './rider-acts.ts'
import { scanIn } from './scan-in.ts'
import { heard } from './witness.ts'

/** Of those who sign in, how many mistype. */
const WRONG_PIN_SHARE = 0.1

export async function restockShelf(life: CounterLife, kiosk: Kiosk): Promise<void> {
  const { draw, world, witness, post } = life
  const items = world.items.filter(() => isShelfEmpty(kiosk) || draw.chance(0.5))
  if (items.length === 0) return
  await asStaff(life, kiosk, async (session) => {
    const request = draw.uuid()
    const lines = items.map(({ id }) => ({ item: id, quantity: draw.between(20, 120), expiryDay: null, donor: null }))
    const output = heard(witness, await kiosk.ask('restock', { session, request, lines }))
    if (output !== null) witness.restocks.push({ post: post.name, station: post.station.id, incarnation: post.incarnation(), request, units: output.units, atMs: Date.now() })
  })
}

export async function undoOne(life: CounterLife, kiosk: Kiosk): Promise<void> {
  const { draw, witness, post } = life
  await asStaff(life, kiosk, async (session) => {
    const redemptions = heard(witness, await kiosk.ask('list_redemptions', { session }))?.redemptions ?? []
    if (redemptions.length === 0) return
    const { receipt } = draw.pick(redemptions)
    const request = draw.uuid()
    const output = heard(witness, await kiosk.ask('undo_redemption', { session, request, receipt }))
    if (output !== null) witness.undone.push({ post: post.name, station: post.station.id, incarnation: post.incarnation(), request, points: output.points, atMs: Date.now() })
  })
}

export async function handOverGift(life: CounterLife, kiosk: Kiosk): Promise<void> {
  const { draw, witness } = life
  await asStaff(life, kiosk, async (session) => {
    const claimed = kiosk.view()?.wall.filter(({ state }) => state === 'claimed') ?? []
    if (claimed.length === 0) return
    const request = draw.uuid()
    if (heard(witness, await kiosk.ask('fulfil_wish', { session, request, wish: draw.pick(claimed).wish })) !== null) saw(life, 'wish', request)
  })
}

export async function beginAnew(life: CounterLife, kiosk: Kiosk): Promise<void> {
  const { draw, witness, post } = life
  const trouble = kiosk.view()?.trouble?.code ?? 'none'
  await asStaff(life, kiosk, async (session) => {
    const output = heard(witness, await kiosk.ask('begin_anew', { session, request: draw.uuid() }))
    if (output !== null) witness.begunAnew.push({ post: post.name, station: post.station.id, trouble })
  })
}

export function isShelfEmpty(kiosk: Kiosk): boolean {
  return kiosk.view()?.shelf.every(({ onShelf }) => onShelf === 0) ?? false
}

async function asStaff({ draw, world, witness, post }: CounterLife, kiosk: Kiosk, work: (session: string) => Promise<void>): Promise<void> {
  const person = world.staff.find((candidate) => candidate.station === post.station.id)
  if (person === undefined) throw new Error('a station without a volunteer')
  const session = await scanIn(kiosk, person.pass, 'staff')
  if (session === null) return
  const isRight = !draw.chance(WRONG_PIN_SHARE)
  const signedIn = heard(witness, await kiosk.ask('sign_in', { session, pin: isRight ? person.pin : '000000' }))
  if (signedIn !== null) await work(session)
  await kiosk.ask('end_session', { session })
}
