// A touch that hands over to a phone, and what becomes of it: the code is asked for, what the phone sent leads to where a rider
// expects it, and every way of leaving the screen ends the hand-off at the station.

import type { HandOffPurpose } from '../../contract/kiosk/hand-off.ts'
import type { KioskAnswer } from '../../contract/kiosk/kiosk-requests.ts'
import { ANSWER_WAIT_MS, HAND_OFF_RESULT_MS, PASS_WAIT_MS } from './flow-limits.ts'
import type { FlowState, Rider, ScreenAt } from './flow-state.ts'
import { handOffHeld, handOffOn, handOffStage, hasArrived, ownThings, purposeOf } from './hand-off.ts'
import type { RegisterStep } from './register-state.ts'
import { beginRegister, registered, registerHere } from './register.ts'
import { showMyPoints } from './rider-taps.ts'
import { ask, canAsk, goTo, isAsking, isRiderScreen, keepSession, leave, say, sound } from './steps.ts'
import type { HandOffScreen, HandOffTap } from './visit-state.ts'
import { hasWords, noRoom, writeWish } from './wish-typing.ts'
import { wishesFull } from './wishes.ts'

export function tapHandOff(state: FlowState, tap: HandOffTap, atMs: number): FlowState {
  const { screen } = state
  switch (tap.do) {
    case 'show_hand_off':
      return isRiderScreen(screen) ? handOver(state, screen.rider, tap.purpose, atMs) : state
    case 'register_by_phone':
      return registerByPhone(state, atMs)
    case 'new_code': {
      const shown = handOffOn(screen)
      return shown === null || shown.phase !== 'open' ? state : open(state, shown, atMs)
    }
    case 'without_phone':
      if (screen.at === 'register_by_phone') return registerHere(state, atMs)
      return screen.at === 'hand_off' ? withoutPhone(state, screen, atMs) : state
    case 'see_received':
      return screen.at === 'hand_off' ? showReceived(state, screen, atMs) : state
  }
}

function handOver(state: FlowState, rider: Rider, purpose: Exclude<HandOffPurpose, 'register'>, atMs: number): FlowState {
  if (purpose === 'wish' && rider.session.standing === 'unknown') return say(state, { kind: 'rider_unknown' }, atMs)
  if (purpose === 'wish' && rider.session.standing === 'suspended') return say(state, { kind: 'rider_suspended' }, atMs)
  if (hasWords(state) && state.notice?.notice.kind !== 'words_unposted') return say(state, { kind: 'words_unposted' }, atMs)
  const wishesMax = purpose === 'wish' ? wishesFull(state, rider) : null
  if (wishesMax !== null) return noRoom(state, rider, wishesMax, atMs)
  return open(state, { at: 'hand_off', rider, purpose, phase: 'asked', sinceMs: atMs, receivedAtMs: null, before: ownThings(rider) }, atMs)
}

/** Where the way is chosen, and where a small panel's keyboard has the phone beside it. */
const PHONE_FROM: ReadonlySet<RegisterStep> = new Set<RegisterStep>(['begin', 'name', 'site'])

/** Whoever registers is nobody yet, and in no session. */
function registerByPhone(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'register' || !PHONE_FROM.has(screen.step)) return state
  return open(state, { at: 'register_by_phone', phase: 'asked', sinceMs: atMs, receivedAtMs: null }, atMs)
}

function open(state: FlowState, screen: HandOffScreen, atMs: number): FlowState {
  if (!canAsk(state, 'open_hand_off') || isAsking(state, 'open_hand_off')) return say(state, { kind: 'station_busy' }, atMs)
  const session = screen.at === 'hand_off' ? screen.rider.session.session : null
  const asked = ask({ ...state, notice: null }, 'open_hand_off', { session, purpose: purposeOf(screen) })
  return goTo(asked, { ...screen, phase: 'asked', sinceMs: atMs, receivedAtMs: null }, atMs)
}

export function takeHandOffAnswer(state: FlowState, answer: KioskAnswer<'open_hand_off'>, atMs: number): FlowState {
  const screen = handOffOn(state.screen)
  if (screen === null || screen.phase !== 'asked') return state
  if (answer.ok) return { ...state, screen: { ...screen, phase: 'answered' } }
  const { refusal } = answer
  return say(sound(leave(state, atMs), 'refused'), { kind: refusal.code === 'session_ended' ? 'session_ended' : 'station_busy' }, atMs)
}

// ── what becomes of it ──

/** The station's view may say that the phone has come further. `before`: the state that the view came to. */
export function followHandOff(before: FlowState, state: FlowState, atMs: number): FlowState {
  const screen = handOffOn(state.screen)
  if (screen === null) return state
  const seen: FlowState = screen.phase === 'answered' ? { ...state, screen: { ...screen, phase: 'open' } } : state
  const shown = handOffOn(seen.screen)
  if (shown === null) return seen
  const earlier = handOffOn(before.screen)
  const was = earlier === null ? null : handOffStage(before, earlier).kind
  const { kind } = handOffStage(seen, shown)
  if (kind === 'received') return receive(seen, shown, atMs)
  if (kind === was) return seen
  if (kind === 'connected') return sound({ ...seen, touchedAtMs: atMs }, 'read')
  return kind === 'refused' || kind === 'no_network' || kind === 'expired' ? sound(seen, 'warning') : seen
}

function receive(state: FlowState, screen: HandOffScreen, atMs: number): FlowState {
  const isNew = screen.receivedAtMs === null
  const told: FlowState = isNew ? sound({ ...state, touchedAtMs: atMs, screen: { ...screen, receivedAtMs: atMs } }, 'done') : state
  if (screen.at === 'hand_off') return hasArrived(screen) ? showReceived(told, screen, atMs) : told
  const pass = state.view?.handOff?.pass ?? null
  return pass === null ? told : welcome(told, pass, atMs)
}

/** Where a rider looks for it, and a word that it is from the phone. */
function showReceived(state: FlowState, screen: ScreenAt<'hand_off'>, atMs: number): FlowState {
  const { rider, purpose } = screen
  const noted = say(state, { kind: 'came_from_phone', purpose }, atMs)
  switch (purpose) {
    case 'wish':
    case 'my_wishes':
      return goTo(noted, { at: 'wishes', rider, tab: 'mine', page: 0 }, atMs)
    case 'my_trainings':
      return goTo(noted, { at: 'trainings', rider, by: { kind: 'mine' }, page: 0, asked: null }, atMs)
    case 'my_points':
      return showMyPoints(noted, rider, atMs)
  }
}

/** null: central has not told it. */
function welcome(state: FlowState, pass: string | null, atMs: number): FlowState {
  return registered(state, pass === null ? { kind: 'waits', online: state.view?.link.state === 'online' } : { kind: 'pass', pass }, atMs)
}

/** What does not come is waited for no longer; a phone in somebody's hand is somebody who is here. */
export function passHandOff(state: FlowState, screen: HandOffScreen, atMs: number): FlowState {
  if (screen.phase === 'asked' && atMs - screen.sinceMs >= ANSWER_WAIT_MS) return { ...state, screen: { ...screen, phase: 'open' } }
  const { kind } = handOffStage(state, screen)
  if (kind === 'connected') return keepSession(state, atMs)
  if (kind !== 'received') return state
  // It came while something else was on the screen.
  if (screen.receivedAtMs === null) return receive(state, screen, atMs)
  const waitedMs = atMs - screen.receivedAtMs
  if (screen.at === 'hand_off') return waitedMs < HAND_OFF_RESULT_MS ? state : showReceived(state, screen, atMs)
  return waitedMs < PASS_WAIT_MS ? state : welcome(state, null, atMs)
}

/** The same on this screen. */
function withoutPhone(state: FlowState, screen: ScreenAt<'hand_off'>, atMs: number): FlowState {
  const { rider, purpose } = screen
  switch (purpose) {
    case 'wish':
      return writeWish(state, rider, atMs)
    case 'my_wishes':
      return goTo(state, { at: 'wishes', rider, tab: 'mine', page: 0 }, atMs)
    case 'my_trainings':
      return goTo(state, { at: 'trainings', rider, by: { kind: 'mine' }, page: 0, asked: null }, atMs)
    case 'my_points':
      return showMyPoints(state, rider, atMs)
  }
}

/** From a phone's code to where it was asked for. */
export function leaveHandOff(state: FlowState, screen: HandOffScreen, atMs: number): FlowState {
  if (screen.at === 'register_by_phone') return beginRegister(state, atMs)
  return screen.purpose === 'wish' ? goTo(state, { at: 'wishes', rider: screen.rider, tab: 'wall', page: 0 }, atMs) : withoutPhone(state, screen, atMs)
}

/** Whatever led away from it: nobody is to see or use that code any more. */
export function closeBehind(before: FlowState, state: FlowState): FlowState {
  if (handOffHeld(before.screen) === null || handOffHeld(state.screen) !== null) return state
  return ask(state, 'close_hand_off', {})
}
