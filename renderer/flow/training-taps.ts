// A rider's touches among trainings: looking, signing up, cancelling, answering an offer. Nothing is shown as done before the
// station has said that it is recorded; what clashes is asked once more, what is given up has a screen that says so.

import type { KioskAnswer } from '../../contract/kiosk/kiosk-requests.ts'
import type { SignupShown } from '../../contract/kiosk/training-view.ts'
import { ANSWER_WAIT_MS } from './flow-limits.ts'
import type { FlowState, Rider, Screen, ScreenAt } from './flow-state.ts'
import type { AskedTraining, TrainingTap } from './visit-state.ts'
import { ask, canAsk, goTo, isRiderScreen, leave, say, sound } from './steps.ts'
import { hasUnseen, othersLike } from './signup-told.ts'
import { calendarPage, certificatePage, nextBy, nextTopic, signupOf, trainingPage } from './trainings.ts'

type AskingScreen = ScreenAt<'trainings'> | ScreenAt<'training'>

export function tapTraining(state: FlowState, tap: TrainingTap, atMs: number, freshId: string): FlowState {
  const { screen } = state
  if (!isRiderScreen(screen)) return state
  const { rider } = screen
  const by = screen.at === 'trainings' ? screen.by : ({ kind: 'all' } as const)
  switch (tap.do) {
    case 'show_trainings':
      return goTo(state, { at: 'trainings', rider, by: tap.by, page: 0, asked: null }, atMs)
    case 'walk_trainings':
      return goTo(state, { at: 'trainings', rider, by: nextBy(state, by), page: 0, asked: null }, atMs)
    case 'walk_topics':
      return goTo(state, { at: 'trainings', rider, by: nextTopic(state, by), page: 0, asked: null }, atMs)
    case 'show_calendar':
      return goTo(state, { at: 'training_calendar', rider, page: 0 }, atMs)
    case 'show_training':
      return showTraining(state, rider, tap.training, atMs)
    case 'sign_up':
      return signUp(state, tap.training, tap.despiteClash, atMs, freshId)
    case 'cancel_signup':
      return screen.at === 'training' ? cancelSignup(state, screen, atMs, freshId) : state
    case 'answer_offer':
      return screen.at === 'training' ? answerOffer(state, screen, tap.accept, atMs, freshId) : state
    case 'seen_training':
      return screen.at === 'training' ? seenTraining(state, screen, atMs) : state
    case 'other_trainings':
      return screen.at === 'training' ? otherTrainings(state, screen, atMs) : state
    case 'keep_signup':
      return screen.at === 'training' ? keepSignup(state, screen, atMs) : state
  }
}

function showTraining(state: FlowState, rider: Rider, training: string, atMs: number): FlowState {
  return goTo({ ...state, notice: null }, { at: 'training', rider, training, from: listOf(state.screen), step: 'look', asked: null, refusal: null }, atMs)
}

function listOf(screen: Screen): ScreenAt<'training'>['from'] {
  if (screen.at === 'trainings') return { by: screen.by, page: screen.page }
  return screen.at === 'training' ? screen.from : { by: { kind: 'all' }, page: 0 }
}

/** What clashes was asked for in the list, with one touch: leaving it needs no more than one either. */
function keepSignup(state: FlowState, screen: ScreenAt<'training'>, atMs: number): FlowState {
  return screen.step === 'clash' ? backToList(state, screen, atMs) : goTo(state, { ...screen, step: 'look', refusal: null }, atMs)
}

export function backToList(state: FlowState, { rider, from }: ScreenAt<'training'>, atMs: number): FlowState {
  return goTo(state, { at: 'trainings', rider, ...from, asked: null }, atMs)
}

function signUp(state: FlowState, training: string, despiteClash: boolean, atMs: number, freshId: string): FlowState {
  const { screen } = state
  if ((screen.at !== 'trainings' && screen.at !== 'training') || screen.asked !== null) return state
  if (screen.rider.session.standing === 'unknown') return say(state, { kind: 'rider_unknown' }, atMs)
  if (screen.rider.session.standing === 'suspended') return say(state, { kind: 'rider_suspended' }, atMs)
  if (!canAsk(state, 'sign_up')) return say(state, { kind: 'station_busy' }, atMs)
  const input = { session: screen.rider.session.session, request: freshId, training, despiteClash }
  return asking(ask({ ...state, notice: null }, 'sign_up', input), screen, { request: freshId, training, what: 'sign_up', sinceMs: atMs })
}

function cancelSignup(state: FlowState, screen: ScreenAt<'training'>, atMs: number, freshId: string): FlowState {
  if (screen.asked !== null) return state
  if (screen.step !== 'cancel') return goTo(state, { ...screen, step: 'cancel', refusal: null }, atMs)
  if (!canAsk(state, 'cancel_signup')) return say(state, { kind: 'station_busy' }, atMs)
  const { training } = screen
  const input = { session: screen.rider.session.session, request: freshId, training }
  return asking(ask(state, 'cancel_signup', input), screen, { request: freshId, training, what: 'cancel', sinceMs: atMs })
}

function answerOffer(state: FlowState, screen: ScreenAt<'training'>, accept: boolean, atMs: number, freshId: string): FlowState {
  if (screen.asked !== null) return state
  if (!canAsk(state, 'answer_offer')) return say(state, { kind: 'station_busy' }, atMs)
  const { training } = screen
  const input = { session: screen.rider.session.session, request: freshId, training, accept }
  return asking(ask(state, 'answer_offer', input), screen, { request: freshId, training, what: accept ? 'accept' : 'decline', sinceMs: atMs })
}

/** He knows now that it was moved or cancelled; whether the station has noted it does not keep him here. */
function seenTraining(state: FlowState, screen: ScreenAt<'training'>, atMs: number): FlowState {
  return goTo(noteSeen(state, screen), { at: 'trainings', rider: screen.rider, by: { kind: 'mine' }, page: 0, asked: null }, atMs)
}

function otherTrainings(state: FlowState, screen: ScreenAt<'training'>, atMs: number): FlowState {
  if (screen.asked !== null) return state
  const by = othersLike(state, screen.training)
  return goTo({ ...noteSeen(state, screen), notice: null }, { at: 'trainings', rider: screen.rider, by, page: 0, asked: null }, atMs)
}

function noteSeen(state: FlowState, { rider, training }: ScreenAt<'training'>): FlowState {
  return hasUnseen(signupOf(rider, training)) ? ask(state, 'acknowledge_training', { session: rider.session.session, training }) : state
}

function asking(state: FlowState, screen: AskingScreen, asked: AskedTraining): FlowState {
  return { ...state, screen: { ...screen, asked } }
}

// ── answers ──

/** To whichever of the three was asked; one that nobody waits for any more changes nothing. */
export function takeSignupAnswer(state: FlowState, request: string, answer: KioskAnswer<'sign_up' | 'cancel_signup' | 'answer_offer'>, atMs: number): FlowState {
  const { screen } = state
  if ((screen.at !== 'trainings' && screen.at !== 'training') || screen.asked === null || screen.asked.request !== request) return state
  const { asked } = screen
  if (answer.ok) return tookEffect(state, screen, asked, answer.output.signup, atMs)
  const { refusal } = answer
  if (refusal.code === 'session_ended') return say(sound(leave(state, atMs), 'refused'), { kind: 'session_ended' }, atMs)
  const step = refusal.code === 'clash' ? 'clash' : 'look'
  return sound(goTo({ ...state, touchedAtMs: atMs }, { at: 'training', rider: screen.rider, training: asked.training, from: listOf(screen), step, asked: null, refusal }, atMs), 'refused')
}

/** The row changes with the station's next view, which says how he stands now; the notice says it at once. */
function tookEffect(state: FlowState, screen: AskingScreen, asked: AskedTraining, signup: SignupShown, atMs: number): FlowState {
  const { rider } = screen
  const next: FlowState = { ...state, touchedAtMs: atMs }
  const shown = asked.what === 'sign_up' && screen.at === 'trainings' ? { ...screen, asked: null } : { at: 'trainings' as const, rider, by: { kind: 'mine' as const }, page: 0, asked: null }
  const notice = { kind: 'signup_changed' as const, training: asked.training, what: asked.what, state: signup.state, place: signup.place }
  return say(sound(goTo(next, shown, atMs), 'done'), notice, atMs)
}

// ── pages ──

export function turnTrainingPage(state: FlowState, by: 1 | -1): FlowState {
  const { screen } = state
  if (screen.at === 'trainings') {
    const { page, pages } = screen.by.kind === 'certificates' ? certificatePage(state, screen) : trainingPage(state, screen)
    return { ...state, screen: { ...screen, page: Math.min(pages - 1, Math.max(0, page + by)) } }
  }
  if (screen.at !== 'training_calendar') return state
  const { page, pages } = calendarPage(state, screen)
  return { ...state, screen: { ...screen, page: Math.min(pages - 1, Math.max(0, page + by)) } }
}

/** An answer that does not come is waited for no longer: it was recorded or it was not, and the next view says which. */
export function passTraining(state: FlowState, screen: AskingScreen, atMs: number): FlowState {
  if (screen.asked === null || atMs - screen.asked.sinceMs < ANSWER_WAIT_MS) return state
  return say({ ...state, screen: { ...screen, asked: null } }, { kind: 'station_busy' }, atMs)
}
