// What a rider is told about a sign-up beside how he stands: one thing, the weightiest, until he has seen it; and what one touch does.

import { expect, test } from 'vitest'
import type { SignupShown, TrainingShown } from '../../../contract/kiosk/training-view.ts'
import { SIGNUP_REFUSALS } from '../../../domain/training/training-book.ts'
import { signupTold } from '../../../renderer/flow/signup-told.ts'
import { looksAtOwnFirst, trainingNotes } from '../../../renderer/flow/training-notes.ts'
import { trainingAct } from '../../../renderer/flow/trainings.ts'
import { CATALOGUES } from '../../../renderer/text/catalogues.ts'
import { type DrivenFlow, greetRider, SESSION, WALL_MS } from './driven-flow.ts'

const DAY_MS = 86_400_000
const idOf = (number: number): string => `00000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`

function training(number: number, change: Partial<TrainingShown> = {}): TrainingShown {
  const startsAtMs = WALL_MS + (20 + number) * DAY_MS
  return {
    training: idOf(number), topic: 'cpr', title: { zh: `培训${number}`, en: `Training ${number}` }, place: { zh: '南湖站', en: 'Nanhu' }, startsAtMs, endsAtMs: startsAtMs + 7_200_000, closesAtMs: startsAtMs - 3_600_000,
    capacity: 20, seatsFree: { here: 1, central: 3 }, waiting: 0, points: 5, certificateMonths: null, lateMinutes: 15, hostedHere: true, forSome: false, state: 'open', cancelReason: null, ...change,
  }
}

const signup = (number: number, state: SignupShown['state'], change: Partial<SignupShown> = {}): SignupShown => ({ training: idOf(number), state, place: null, offerEndsAtMs: null, unsent: false, moved: false, refusal: null, note: null, ...change })

function greeted(signups: SignupShown[], trainings: TrainingShown[]): DrivenFlow {
  const flow = greetRider({ signups })
  flow.show({ trainings })
  return flow
}

function toldOf(own: SignupShown, change: Partial<TrainingShown> = {}): unknown {
  const shown = training(1, change)
  return signupTold(greeted([own], [shown]).state(), shown, own)
}

test('One thing is told, the weightiest; nothing where he stands as he knows', () => {
  expect(toldOf(signup(1, 'seated'))).toBeNull()
  expect(toldOf(signup(1, 'waiting', { place: 1, note: 'place_lost', moved: true }))).toEqual({ kind: 'place_lost' })
  expect(toldOf(signup(1, 'seated', { note: 'place_lost' }))).toEqual({ kind: 'place_again' })
  expect(toldOf(signup(1, 'seated', { note: 'seated_twice', moved: true }))).toEqual({ kind: 'moved' })
  expect(toldOf(signup(1, 'seated', { note: 'seated_twice' }))).toEqual({ kind: 'seated_twice' })
  expect(toldOf(signup(1, 'seated', { note: 'place_lost', moved: true }), { state: 'cancelled' })).toEqual({ kind: 'cancelled', isNew: true })
  expect(toldOf(signup(1, 'seated'), { state: 'cancelled' })).toEqual({ kind: 'cancelled', isNew: false })
})

test('An offer has its time, so nothing stands before it; what he gave up, or what is over, is told no more', () => {
  expect(toldOf(signup(1, 'offered', { note: 'place_lost', moved: true, offerEndsAtMs: WALL_MS + DAY_MS }))).toBeNull()
  expect(toldOf(signup(1, 'cancelled', { note: 'place_lost' }))).toBeNull()
  expect(toldOf(signup(1, 'refused', { refusal: 'not_invited' }), { state: 'over' })).toBeNull()
})

test('A refusal has its reason, also before the reason is here, and is asked again only while the list is open', () => {
  expect(toldOf(signup(1, 'refused', { refusal: 'not_invited', note: 'refused' }))).toEqual({ kind: 'refused', why: 'not_invited', mayAskAgain: true, isNew: true })
  expect(toldOf(signup(1, 'refused'), { closesAtMs: WALL_MS - 1 })).toEqual({ kind: 'refused', why: 'untold', mayAskAgain: false, isNew: false })
  for (const { signup: words } of Object.values(CATALOGUES)) expect(Object.keys(words.told.refused).toSorted()).toEqual([...SIGNUP_REFUSALS, 'untold'].toSorted())
})

test('In the list a refused one is looked at first: the page says why, and asking again is one touch there', () => {
  const shown = training(1)
  const own = signup(1, 'refused', { refusal: 'rider_unknown' })
  const flow = greeted([own], [shown])
  flow.tap({ do: 'show_trainings', by: { kind: 'mine' } })
  expect(trainingAct(flow.state(), flow.screen('trainings').rider, { training: shown, signup: own })).toBe('look')
  flow.taps({ do: 'show_training', training: idOf(1) }, { do: 'sign_up', training: idOf(1), despiteClash: false })
  expect(flow.asked('sign_up')).toMatchObject({ training: idOf(1) })
})

test('Others of the topic are one touch away, and what was to be seen is noted by it; without others of it, all', () => {
  const flow = greeted([signup(1, 'seated', { moved: true })], [training(1, { state: 'cancelled' }), training(2), training(3, { topic: 'law' })])
  flow.taps({ do: 'show_trainings', by: { kind: 'mine' } }, { do: 'show_training', training: idOf(1) }, { do: 'other_trainings' })
  expect([flow.screen('trainings').by, flow.asked('acknowledge_training')]).toEqual([{ kind: 'topic', topic: 'cpr' }, { session: SESSION, training: idOf(1) }])
  const alone = greeted([signup(1, 'refused', { refusal: 'not_invited' })], [training(1), training(3, { topic: 'law' })])
  alone.taps({ do: 'show_trainings', by: { kind: 'mine' } }, { do: 'show_training', training: idOf(1) }, { do: 'other_trainings' })
  expect([alone.screen('trainings').by, alone.asked('acknowledge_training')]).toEqual([{ kind: 'all' }, undefined])
})

test('A refusal that he has not seen is noted as seen by one touch, also where asking again makes no sense', () => {
  for (const change of [{}, { closesAtMs: WALL_MS - 1 }]) {
    const flow = greeted([signup(1, 'refused', { refusal: 'list_full', note: 'refused' })], [training(1, change)])
    expect(trainingNotes(flow.state(), flow.screen('greeting').rider)).toMatchObject([{ kind: 'told', told: { kind: 'refused', isNew: true } }])
    flow.taps({ do: 'show_trainings', by: { kind: 'mine' } }, { do: 'show_training', training: idOf(1) }, { do: 'seen_training' })
    expect([flow.screen('trainings').by, flow.asked('acknowledge_training')]).toEqual([{ kind: 'mine' }, { session: SESSION, training: idOf(1) }])
  }
})

test('A place that was lost is waited for or left by one touch', () => {
  const lost = [signup(1, 'waiting', { place: 1, note: 'place_lost' })]
  const flow = greeted(lost, [training(1)])
  flow.taps({ do: 'show_trainings', by: { kind: 'mine' } }, { do: 'show_training', training: idOf(1) }, { do: 'seen_training' })
  expect([flow.screen('trainings').by, flow.asked('acknowledge_training')]).toEqual([{ kind: 'mine' }, { session: SESSION, training: idOf(1) }])
  const leaving = greeted(lost, [training(1)])
  leaving.taps({ do: 'show_trainings', by: { kind: 'mine' } }, { do: 'show_training', training: idOf(1) }, { do: 'cancel_signup' })
  expect(leaving.screen('training').step).toBe('cancel')
})

test('The greeting says each once, in the order of what can not wait, and leads to his own; what he has seen it says no more', () => {
  const trainings = [training(1), training(2), training(3, { state: 'cancelled' }), training(4), training(5), training(6, { startsAtMs: WALL_MS + DAY_MS })]
  const own = [
    signup(6, 'seated', { note: 'seated_twice' }), signup(5, 'refused', { refusal: 'list_full', note: 'refused' }), signup(4, 'seated', { moved: true }), signup(3, 'seated', { moved: true }), signup(2, 'waiting', { place: 1, note: 'place_lost' }),
    signup(1, 'offered', { offerEndsAtMs: WALL_MS + DAY_MS }),
  ]
  const flow = greeted(own, trainings)
  const said = trainingNotes(flow.state(), flow.screen('greeting').rider).map((note) => (note.kind === 'told' ? note.told.kind : note.kind))
  expect(said).toEqual(['offer', 'cancelled', 'place_lost', 'moved', 'seated_twice', 'refused'])
  expect(looksAtOwnFirst(flow.state(), flow.screen('greeting').rider)).toBe(true)
  const calm = greeted([signup(3, 'seated'), signup(5, 'refused', { refusal: 'list_full' }), signup(6, 'seated')], trainings)
  expect([trainingNotes(calm.state(), calm.screen('greeting').rider).map(({ kind }) => kind), looksAtOwnFirst(calm.state(), calm.screen('greeting').rider)]).toEqual([['remind'], false])
})
