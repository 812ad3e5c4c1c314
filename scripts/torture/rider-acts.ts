// What riders do at a counter besides taking goods: they sign up for a training, give the place up, answer an offer; they wish for
// something, change their mind, say whether it reached them. What the screen confirmed is written down.

import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import type { CounterLife } from './counter-life.ts'
import type { Kiosk } from './kiosk.ts'
import { heard, type SaidKind } from './witness.ts'

/** Of what they do about a training or a wish that is theirs already. */
const ACCEPTED_SHARE = 0.75
const GIVEN_UP_SHARE = 0.5
const REACHED_SHARE = 0.75
const WITHDRAWN_SHARE = 0.2
const ACTIVE = new Set(['pending', 'seated', 'waiting', 'attended'])
const GOING = new Set(['unsent', 'in_review', 'asked_back', 'open', 'claimed'])

type RiderSession = Extract<NonNullable<KioskView['session']>, { kind: 'rider' }>

export async function seeToTraining(life: CounterLife, kiosk: Kiosk): Promise<void> {
  const { draw, witness } = life
  const [view, standing] = [kiosk.view(), riderAt(kiosk)]
  if (view === null || standing === null || view.trainings.length === 0) return
  const { session, signups } = standing
  const { training } = draw.pick(view.trainings)
  const own = signups.find((signup) => signup.training === training)?.state
  const asked = { session, request: draw.uuid(), training }
  if (own === 'offered') {
    if (heard(witness, await kiosk.ask('answer_offer', { ...asked, accept: draw.chance(ACCEPTED_SHARE) })) !== null) saw(life, 'training', asked.request)
  } else if (own === undefined || !ACTIVE.has(own)) {
    if (heard(witness, await kiosk.ask('sign_up', { ...asked, despiteClash: draw.chance(0.5) })) === null) return
    witness.signups += 1
    saw(life, 'training', asked.request)
  } else if (draw.chance(GIVEN_UP_SHARE) && heard(witness, await kiosk.ask('cancel_signup', asked)) !== null) saw(life, 'training', asked.request)
}

export async function seeToWish(life: CounterLife, kiosk: Kiosk): Promise<void> {
  const { draw, witness } = life
  const standing = riderAt(kiosk)
  if (standing === null) return
  const { session, wishes } = standing
  const asked = { session, request: draw.uuid() }
  const lit = wishes.find(({ state }) => state === 'fulfilled')
  const going = wishes.find(({ state }) => GOING.has(state))
  if (lit !== undefined) {
    if (heard(witness, await kiosk.ask('confirm_wish', { ...asked, wish: lit.wish, reached: draw.chance(REACHED_SHARE) })) !== null) saw(life, 'wish', asked.request)
  } else if (going === undefined) {
    if (heard(witness, await kiosk.ask('post_wish', { ...asked, category: 'small_need', text: '想要一双手套', shown: draw.chance(0.5) ? 'named' : 'anonymous', reach: 'station' })) === null) return
    witness.wishes += 1
    saw(life, 'wish', asked.request)
  } else {
    const mine = { ...asked, wish: going.wish }
    const answer = draw.chance(WITHDRAWN_SHARE) ? await kiosk.ask('withdraw_wish', mine) : await kiosk.ask('edit_wish', { ...mine, text: '想要一顶帽子' })
    if (heard(witness, answer) !== null) saw(life, 'wish', asked.request)
  }
}

function riderAt(kiosk: Kiosk): RiderSession | null {
  const session = kiosk.view()?.session
  return session?.kind === 'rider' ? session : null
}

export function saw({ witness, post }: CounterLife, kind: SaidKind, request: string): void {
  witness.said.push({ kind, post: post.name, station: post.station.id, incarnation: post.incarnation(), request, atMs: Date.now() })
}
