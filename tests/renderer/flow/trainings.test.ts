// A rider among trainings: two touches from the greeting to a place, what clashes is asked again, what is given up is said first.

import { expect, test } from 'vitest'
import type { SignupShown, TrainingShown } from '../../../contract/kiosk/training-view.ts'
import { trainingNotes } from '../../../renderer/flow/training-notes.ts'
import { calendarPage, trainingAct, trainingDay, trainingPage } from '../../../renderer/flow/trainings.ts'
import { trainingSaid } from '../../../renderer/parts/training-state.tsx'
import { zh } from '../../../renderer/text/zh.ts'
import { type DrivenFlow, greetRider, SESSION, WALL_MS } from './driven-flow.ts'

const DAY_MS = 86_400_000
const idOf = (number: number): string => `00000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`

export function trainingOf(number: number, change: Partial<TrainingShown> = {}): TrainingShown {
  return {
    training: idOf(number), topic: 'cpr', title: { zh: `培训${number}`, en: `Training ${number}` }, place: { zh: '南湖站', en: 'Nanhu' }, startsAtMs: WALL_MS + number * DAY_MS,
    endsAtMs: WALL_MS + number * DAY_MS + 7_200_000, closesAtMs: WALL_MS + number * DAY_MS - 3_600_000, capacity: 20, seatsFree: { here: 1, central: 3 }, waiting: 0, points: 5, certificateMonths: null, lateMinutes: 15, hostedHere: true, forSome: false, state: 'open',
    cancelReason: null, ...change,
  }
}

const signup = (number: number, state: SignupShown['state'], change: Partial<SignupShown> = {}): SignupShown => ({ training: idOf(number), state, place: null, offerEndsAtMs: null, unsent: false, moved: false, refusal: null, note: null, ...change })

function amongTrainings(signups: SignupShown[] = [], trainings: TrainingShown[] = [trainingOf(1), trainingOf(2, { topic: 'law' }), trainingOf(3, { state: 'cancelled', cancelReason: '老师生病' })]): DrivenFlow {
  const flow = greetRider({ signups })
  flow.show({ trainings })
  flow.tap({ do: 'show_trainings', by: { kind: 'all' } })
  return flow
}

test('Two touches from the greeting to a place, and it is said only when the station has recorded it', () => {
  const flow = amongTrainings()
  flow.tap({ do: 'sign_up', training: idOf(1), despiteClash: false })
  expect(flow.asked('sign_up')).toEqual({ session: SESSION, request: expect.any(String) as string, training: idOf(1), despiteClash: false })
  expect([flow.screen('trainings').asked?.training, flow.state().notice]).toEqual([idOf(1), null])
  flow.answer('sign_up', { signup: signup(1, 'seated') })
  expect(flow.screen('trainings').asked).toBe(null)
  expect([flow.state().notice?.notice, flow.state().sound?.name]).toEqual([{ kind: 'signup_changed', training: idOf(1), what: 'sign_up', state: 'seated', place: null }, 'done'])
})

test.each([
  [signup(1, 'waiting', { place: 5 }), { kind: 'signup_changed', training: idOf(1), what: 'sign_up', state: 'waiting', place: 5 }],
  [signup(1, 'seated'), { kind: 'signup_changed', training: idOf(1), what: 'sign_up', state: 'seated', place: null }],
  [signup(1, 'refused', { refusal: 'rider_unknown' }), undefined],
  [signup(1, 'pending', { unsent: true }), { kind: 'signup_changed', training: idOf(1), what: 'sign_up', state: 'pending', place: null }],
])('What waits for central is said to wait until central has answered, and then what it answered ($state)', (answered, said) => {
  const flow = amongTrainings()
  flow.tap({ do: 'sign_up', training: idOf(1), despiteClash: false })
  flow.answer('sign_up', { signup: signup(1, 'pending') })
  expect(flow.state().notice?.notice).toMatchObject({ state: 'pending' })
  flow.show({ session: { ...flow.screen('trainings').rider.session, signups: [answered] } })
  expect(flow.state().notice?.notice).toEqual(said)
})

test('Who was there, or gave his place up, reads that, and not that the list is closed; who was there is not asked to sign up', () => {
  const begun = trainingOf(1, { startsAtMs: WALL_MS - 60_000, closesAtMs: WALL_MS - 3_600_000, endsAtMs: WALL_MS + 3_600_000 })
  const open = trainingOf(2, { closesAtMs: WALL_MS + 1_000 })
  const flow = amongTrainings([], [begun, open])
  const said = (training: TrainingShown, own: SignupShown | null): string => trainingSaid({ state: flow.state(), training, signup: own, text: zh }).words
  expect([said(begun, null), said(begun, signup(1, 'attended')), said(begun, signup(1, 'declined')), said(open, signup(2, 'attended'))]).toEqual([
    zh.trainings.over, zh.trainings.state.attended, zh.trainings.state.declined, zh.trainings.state.attended,
  ])
  const { rider } = flow.screen('trainings')
  expect([signup(2, 'attended'), signup(2, 'declined'), null].map((own) => trainingAct(flow.state(), rider, { training: open, signup: own }))).toEqual(['look', 'sign_up', 'sign_up'])
})

test('While one is asked for no second one is, and one touch on it is not two', () => {
  const flow = amongTrainings()
  flow.taps({ do: 'sign_up', training: idOf(1), despiteClash: false }, { do: 'sign_up', training: idOf(2), despiteClash: false }, { do: 'sign_up', training: idOf(1), despiteClash: false })
  expect(flow.state().asks.filter(({ name }) => name === 'sign_up')).toHaveLength(1)
})

test('An answer that does not come is waited for no longer than any other, and changes nothing when it comes late', () => {
  const flow = amongTrainings()
  flow.tap({ do: 'sign_up', training: idOf(1), despiteClash: false })
  flow.wait(8_500)
  expect([flow.screen('trainings').asked, flow.state().notice?.notice.kind]).toEqual([null, 'station_busy'])
  flow.answer('sign_up', { signup: signup(1, 'seated') })
  expect(flow.screen('trainings').rider.session.signups).toEqual([])
})

test('What clashes with another of his own is asked once more, under the same training', () => {
  const flow = amongTrainings([signup(2, 'seated')])
  flow.tap({ do: 'sign_up', training: idOf(1), despiteClash: false })
  flow.refuse('sign_up', { code: 'clash', training: idOf(2) })
  expect(flow.screen('training')).toMatchObject({ training: idOf(1), step: 'clash', refusal: { code: 'clash' } })
  flow.tap({ do: 'sign_up', training: idOf(1), despiteClash: true })
  expect(flow.asked('sign_up')).toMatchObject({ training: idOf(1), despiteClash: true })
  flow.answer('sign_up', { signup: signup(1, 'pending', { unsent: true }) })
  expect(flow.screen('trainings').by).toEqual({ kind: 'mine' })
})

test('A place is given up in two touches: the first says what it means', () => {
  const flow = amongTrainings([signup(1, 'seated')])
  flow.taps({ do: 'show_training', training: idOf(1) }, { do: 'cancel_signup' })
  expect([flow.screen('training').step, flow.asked('cancel_signup')]).toEqual(['cancel', undefined])
  flow.tap({ do: 'keep_signup' })
  expect(flow.screen('training').step).toBe('look')
  flow.taps({ do: 'cancel_signup' }, { do: 'cancel_signup' })
  expect(flow.asked('cancel_signup')).toMatchObject({ training: idOf(1) })
  flow.answer('cancel_signup', { signup: signup(1, 'cancelled') })
  expect(flow.state().notice?.notice).toMatchObject({ kind: 'signup_changed', what: 'cancel' })
})

test('Back leads to the list he came from, at its page; from a day to the calendar; what clashed is left with one touch', () => {
  const many = Array.from({ length: 14 }, (_, index) => trainingOf(index + 1))
  const flow = amongTrainings([signup(2, 'seated')], many)
  flow.tap({ do: 'turn_page', to: 'next' })
  flow.taps({ do: 'show_training', training: idOf(9) }, { do: 'back' })
  expect(flow.screen('trainings')).toMatchObject({ by: { kind: 'all' }, page: 1 })
  flow.tap({ do: 'sign_up', training: idOf(10), despiteClash: false })
  flow.refuse('sign_up', { code: 'clash', training: idOf(2) })
  flow.tap({ do: 'keep_signup' })
  expect(flow.screen('trainings')).toMatchObject({ by: { kind: 'all' }, page: 1, asked: null })
  const day = trainingDay(flow.state(), trainingOf(3))
  flow.taps({ do: 'show_calendar' }, { do: 'show_trainings', by: { kind: 'day', day } }, { do: 'show_training', training: idOf(3) }, { do: 'back' })
  expect(flow.screen('trainings').by).toEqual({ kind: 'day', day })
  flow.tap({ do: 'back' })
  expect(flow.state().screen.at).toBe('training_calendar')
  flow.taps({ do: 'back' }, { do: 'back' })
  expect(flow.state().screen.at).toBe('greeting')
})

test('A free place is taken or left with one touch, and one that is gone says so', () => {
  const flow = amongTrainings([signup(1, 'offered', { offerEndsAtMs: WALL_MS + 3_600_000 })])
  flow.taps({ do: 'show_training', training: idOf(1) }, { do: 'answer_offer', accept: true })
  flow.refuse('answer_offer', { code: 'offer_over' })
  expect(flow.screen('training').refusal).toEqual({ code: 'offer_over' })
  flow.tap({ do: 'back' })
  expect(flow.screen('training').refusal).toBe(null)
})

test('His own stay in sight when they are cancelled; the others are what is to come', () => {
  const flow = amongTrainings([signup(3, 'seated')])
  expect(trainingPage(flow.state(), flow.screen('trainings')).rows.map(({ training }) => training.training)).toEqual([idOf(1), idOf(2)])
  flow.tap({ do: 'show_trainings', by: { kind: 'mine' } })
  expect(trainingPage(flow.state(), flow.screen('trainings')).rows.map(({ training }) => training.training)).toEqual([idOf(3)])
  flow.taps({ do: 'show_trainings', by: { kind: 'all' } }, { do: 'walk_topics' })
  expect(flow.screen('trainings').by).toEqual({ kind: 'topic', topic: 'cpr' })
  flow.taps({ do: 'walk_topics' }, { do: 'walk_topics' })
  expect(flow.screen('trainings').by).toEqual({ kind: 'topic', topic: 'cpr' })
})

test('The calendar begins with this week, from Monday, and a day leads to its trainings', () => {
  const flow = amongTrainings([signup(1, 'waiting', { place: 2 })])
  flow.tap({ do: 'show_calendar' })
  const { rows } = calendarPage(flow.state(), flow.screen('training_calendar'))
  const days = rows.flat()
  // 2026-11-21 is a Saturday.
  expect(days.findIndex(({ past }) => !past)).toBe(5)
  expect(days.filter(({ trainings }) => trainings > 0).map(({ trainings, mine }) => [trainings, mine])).toEqual([[1, true], [1, false]])
  const day = days.find(({ mine }) => mine)?.day ?? 0
  flow.tap({ do: 'show_trainings', by: { kind: 'day', day } })
  expect(trainingPage(flow.state(), flow.screen('trainings')).rows.map(({ training }) => training.training)).toEqual([idOf(1)])
})

test('The greeting says the most pressing first: a free place, what was cancelled, what is soon', () => {
  const flow = amongTrainings([signup(1, 'seated'), signup(2, 'offered', { offerEndsAtMs: WALL_MS + 3_600_000 }), signup(3, 'seated', { moved: true })])
  expect(trainingNotes(flow.state(), flow.screen('trainings').rider).map((note) => (note.kind === 'told' ? note.told.kind : note.kind))).toEqual(['offer', 'cancelled', 'remind'])
})

test('Who is not known or not active signs up nowhere, and is told why', () => {
  const flow = greetRider({ standing: 'suspended' })
  flow.show({ trainings: [trainingOf(1)] })
  flow.taps({ do: 'show_trainings', by: { kind: 'all' } }, { do: 'sign_up', training: idOf(1), despiteClash: false })
  expect([flow.asked('sign_up'), flow.state().notice?.notice.kind]).toEqual([undefined, 'rider_suspended'])
})
