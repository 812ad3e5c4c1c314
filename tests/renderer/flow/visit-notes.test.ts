// The greeting has two lines for all that waits: what asks something of the rider goes before what is only near.

import { expect, test } from 'vitest'
import type { OwnWish } from '../../../contract/kiosk/wish-view.ts'
import type { SignupShown, TrainingShown } from '../../../contract/kiosk/training-view.ts'
import { visitNotes } from '../../../renderer/flow/visit-notes.ts'
import { greetRider, WALL_MS } from './driven-flow.ts'

const DAY_MS = 86_400_000
const idOf = (number: number): string => `00000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`
const signup = (number: number, state: SignupShown['state'], change: Partial<SignupShown> = {}): SignupShown => ({ training: idOf(number), state, place: null, offerEndsAtMs: null, unsent: false, moved: false, refusal: null, note: null, ...change })
const wish = (number: number, state: OwnWish['state']): OwnWish => ({ wish: idOf(50 + number), category: 'small_need', text: '想要一副手套', state, staffWords: null, claim: null, fulfilment: null, postedAtMs: WALL_MS, notYet: false })

function trainingIn(days: number): TrainingShown {
  const startsAtMs = WALL_MS + days * DAY_MS
  return {
    training: idOf(days), topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '南湖站', en: 'Nanhu' }, startsAtMs, endsAtMs: startsAtMs + 7_200_000, closesAtMs: startsAtMs - 3_600_000,
    capacity: 20, seatsFree: { here: 1, central: 3 }, waiting: 0, points: 5, certificateMonths: null, lateMinutes: 15, hostedHere: true, forSome: false, state: 'open', cancelReason: null,
  }
}

function order(signups: SignupShown[], wishes: OwnWish[]): string[] {
  const flow = greetRider({ signups, wishes })
  flow.show({ trainings: [trainingIn(1), trainingIn(3), trainingIn(5)] })
  return visitNotes(flow.state(), flow.screen('greeting').rider).map(({ of, note }) => `${of} ${note.kind}`)
}

test('A wish that was granted waits for an answer, and stands before trainings of later days', () => {
  expect(order([signup(3, 'seated'), signup(5, 'seated')], [wish(1, 'fulfilled'), wish(2, 'claimed')])).toEqual(['wish fulfilled', 'training remind', 'training remind', 'wish claimed'])
})

test('A place that would be lost, and what is tomorrow, go before it', () => {
  expect(order([signup(1, 'seated'), signup(3, 'offered', { offerEndsAtMs: WALL_MS + 3_600_000 }), signup(5, 'seated')], [wish(1, 'asked_back')])).toEqual(['training offer', 'training remind', 'wish asked_back', 'training remind'])
})
