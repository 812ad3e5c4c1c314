// A rider's touches among wishes: the wall, his own, confirming that one reached him, taking one back. Writing one is
// wish-typing.ts. Nothing is shown as done before the station has said that it is recorded.

import type { KioskAnswer } from '../../contract/kiosk/kiosk-requests.ts'
import { ANSWER_WAIT_MS } from './flow-limits.ts'
import type { FlowState, ScreenAt } from './flow-state.ts'
import type { WishAsk, WishTap } from './visit-state.ts'
import { ask, canAsk, goTo, isRiderScreen, leave, say, sound } from './steps.ts'
import { ownPage, ownWishOf, wallPage } from './wishes.ts'

export function tapWish(state: FlowState, tap: WishTap, atMs: number, freshId: string): FlowState {
  const { screen } = state
  if (!isRiderScreen(screen)) return state
  const { rider } = screen
  switch (tap.do) {
    case 'show_wishes':
      return goTo(state, { at: 'wishes', rider, tab: tap.tab, page: 0 }, atMs)
    case 'show_wall_wish':
      return goTo({ ...state, notice: null }, { at: 'wall_wish', rider, wish: tap.wish, from: screen.at === 'wishes' ? screen.page : 0 }, atMs)
    case 'show_own_wish':
      return goTo({ ...state, notice: null }, { at: 'wish', rider, wish: tap.wish, step: 'look', asked: null, refusal: null }, atMs)
    case 'confirm_wish':
      return screen.at === 'wish' ? confirm(state, screen, tap.reached, atMs, freshId) : state
    case 'withdraw_wish':
      return screen.at === 'wish' ? withdraw(state, screen, atMs, freshId) : state
    case 'keep_wish':
      return screen.at === 'wish' ? goTo(state, { ...screen, step: 'look', refusal: null }, atMs) : state
  }
}

function confirm(state: FlowState, screen: ScreenAt<'wish'>, reached: boolean, atMs: number, freshId: string): FlowState {
  if (screen.asked !== null || ownWishOf(screen.rider, screen.wish)?.state !== 'fulfilled') return state
  if (!canAsk(state, 'confirm_wish')) return say(state, { kind: 'station_busy' }, atMs)
  const input = { session: screen.rider.session.session, request: freshId, wish: screen.wish, reached }
  return { ...ask(state, 'confirm_wish', input), screen: { ...screen, asked: { request: freshId, what: reached ? 'reached' : 'not_yet', sinceMs: atMs } } }
}

function withdraw(state: FlowState, screen: ScreenAt<'wish'>, atMs: number, freshId: string): FlowState {
  if (screen.asked !== null) return state
  if (screen.step !== 'withdraw') return goTo(state, { ...screen, step: 'withdraw', refusal: null }, atMs)
  if (!canAsk(state, 'withdraw_wish')) return say(state, { kind: 'station_busy' }, atMs)
  const input = { session: screen.rider.session.session, request: freshId, wish: screen.wish }
  return { ...ask(state, 'withdraw_wish', input), screen: { ...screen, asked: { request: freshId, what: 'withdrawn', sinceMs: atMs } } }
}

/** Of confirming and withdrawing; one that nobody waits for any more changes nothing. */
export function takeWishAnswer(state: FlowState, request: string, answer: KioskAnswer<'confirm_wish' | 'withdraw_wish'>, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'wish' || screen.asked?.request !== request) return state
  if (answer.ok) return wishDone(goTo(state, { at: 'wishes', rider: screen.rider, tab: 'mine', page: 0 }, atMs), screen.asked.what, atMs)
  const { refusal } = answer
  if (refusal.code === 'session_ended') return say(sound(leave(state, atMs), 'refused'), { kind: 'session_ended' }, atMs)
  return sound({ ...state, touchedAtMs: atMs, screen: { ...screen, step: 'look', asked: null, refusal } }, 'refused')
}

export function wishDone(state: FlowState, what: WishAsk, atMs: number): FlowState {
  const isSent = state.view?.link.state === 'online'
  return say(sound({ ...state, touchedAtMs: atMs }, 'done'), { kind: 'wish_noted', what, sent: isSent }, atMs)
}

export function passWish(state: FlowState, screen: ScreenAt<'wish'>, atMs: number): FlowState {
  if (screen.asked === null || atMs - screen.asked.sinceMs < ANSWER_WAIT_MS) return state
  return say({ ...state, screen: { ...screen, asked: null } }, { kind: 'station_busy' }, atMs)
}

export function turnWishPage(state: FlowState, by: 1 | -1): FlowState {
  const { screen } = state
  if (screen.at !== 'wishes') return state
  const { page, pages } = screen.tab === 'wall' ? wallPage(state, screen) : ownPage(state, screen)
  return { ...state, screen: { ...screen, page: Math.min(pages - 1, Math.max(0, page + by)) } }
}
