// What time alone does: lines go away, screens close, panels turn, and whoever is not there any more is signed out.

import { ANSWER_WAIT_MS, AT_THE_DOOR_IDLE_MS, ATTRACT_PANEL_MS, ATTRACT_RESET_MS, BEGIN_ANEW_WAIT_MS, IDLE_WARNING_MS, LINE_WAIT_MS, ON_PHONE_IDLE_MS, READING_IDLE_MS, START_WAIT_MS, TYPING_IDLE_MS } from './flow-limits.ts'
import { findAgain, unfinished } from './commit.ts'
import { wholeSecond } from './follow-view.ts'
import type { FlowState, ScreenName } from './flow-state.ts'
import { felt, finish, goTo, leave, say, sound, withoutSessionInView } from './steps.ts'
import { passRegister } from './register.ts'
import { handOffOn, handOffStage } from './hand-off.ts'
import { passHandOff } from './hand-off-taps.ts'
import { passSetUp } from './set-up.ts'
import { comeBack } from './take-scan.ts'
import { passAttendance } from './attendance-taps.ts'
import { passTraining } from './training-taps.ts'
import { passWish } from './wish-taps.ts'
import { passWishCheck } from './wish-typing.ts'

export function passTime(state: FlowState, atMs: number): FlowState {
  return passIdle(passScreen(passNotice(passClock(state, atMs), atMs), atMs), atMs)
}

function passClock(state: FlowState, atMs: number): FlowState {
  const wallMs = wholeSecond(state.clock.wallMs + atMs - state.clock.atMs)
  return wallMs === state.wallMs ? state : { ...state, wallMs }
}

function passNotice(state: FlowState, atMs: number): FlowState {
  return state.notice !== null && state.notice.untilMs <= atMs ? { ...state, notice: null } : state
}

function passScreen(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  switch (screen.at) {
    case 'starting':
      return atMs - state.screenSinceMs < START_WAIT_MS ? state : goTo(state, { at: 'out_of_order', why: { kind: 'station_gone' }, behind: null, sinceMs: atMs }, atMs)
    case 'attract':
      return passAttract(state, screen.panel, screen.panelSinceMs, atMs)
    case 'done':
    case 'restock_done':
    case 'register_done':
    case 'begun_anew':
    case 'unfinished':
      return screen.closesAtMs <= atMs ? leave(state, atMs) : state
    case 'not_understood':
      return screen.closesAtMs <= atMs ? comeBack(state, atMs) : state
    case 'undo':
      return screen.askedAtMs !== null && atMs - screen.askedAtMs >= ANSWER_WAIT_MS ? say({ ...state, screen: { ...screen, askedAtMs: null } }, { kind: 'station_busy' }, atMs) : state
    case 'trainings':
    case 'training':
      return passTraining(state, screen, atMs)
    case 'attendance_list':
    case 'attendance':
      return passAttendance(state, screen, atMs)
    case 'wish':
      return passWish(state, screen, atMs)
    case 'wish_check':
      return passWishCheck(state, screen, atMs)
    case 'register':
      return passRegister(state, screen, atMs)
    case 'hand_off':
    case 'register_by_phone':
      return passHandOff(state, screen, atMs)
    case 'set_up':
      return passSetUp(state, atMs)
    case 'committing':
    case 'restock_committing':
    case 'beginning_anew':
      return passCommit(state, atMs)
    case 'out_of_order':
      return screen.behind !== null && atMs - screen.sinceMs >= LINE_WAIT_MS ? forgetPerson(state, atMs) : state
    case 'greeting':
    case 'shelf':
    case 'confirm':
    case 'refused':
    case 'my_points':
    case 'training_calendar':
    case 'wishes':
    case 'wall_wish':
    case 'wish_typing':
    case 'staff_pin':
    case 'staff_home':
    case 'restock':
    case 'sync_report':
    case 'redemptions':
    case 'begin_anew':
    case 'replaced':
      return state
  }
}

function passAttract(state: FlowState, panel: number, panelSinceMs: number, atMs: number): FlowState {
  const isSwitched = state.language !== 'zh' || state.slow || state.lowReach
  const reset = isSwitched && atMs - state.touchedAtMs >= ATTRACT_RESET_MS ? { ...state, language: 'zh' as const, slow: false, lowReach: false } : state
  if (atMs - panelSinceMs < ATTRACT_PANEL_MS) return reset
  return { ...reset, screen: { at: 'attract', panel: (panel + 1) % 1_000, panelSinceMs: atMs } }
}

function passCommit(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  if (screen.at === 'beginning_anew') return atMs - screen.sinceMs >= (screen.phase === 'finding' ? ANSWER_WAIT_MS : BEGIN_ANEW_WAIT_MS) ? unfinished(state, 'begin_anew_not_done', atMs) : state
  if (screen.at !== 'committing' && screen.at !== 'restock_committing') return state
  const waitedMs = atMs - screen.sinceMs
  switch (screen.phase) {
    case 'asking':
      return waitedMs >= ANSWER_WAIT_MS ? findAgain(state, atMs) : state
    case 'finding':
      return waitedMs >= ANSWER_WAIT_MS ? unfinished(state, screen.at === 'committing' ? 'redemption_unsure' : 'restock_unsure', atMs) : state
    case 'line_broken':
      return waitedMs >= LINE_WAIT_MS ? forgetPerson(state, atMs) : state
  }
}

/** The line has been gone for so long that whoever was here is not waited for; the station will be told when it is back. */
function forgetPerson(state: FlowState, atMs: number): FlowState {
  return finish(withoutSessionInView(state), atMs)
}

// ── nobody there ──

/** How long this screen waits for a touch; null: it closes by itself or holds nobody. */
function idleLimitOf(state: FlowState): number | null {
  const handOff = handOffOn(state.screen)
  const isOnPhone = handOff !== null && handOffStage(state, handOff).kind === 'connected'
  return isOnPhone ? ON_PHONE_IDLE_MS : idleLimitMs(state.screen.at)
}

export function idleLimitMs(at: ScreenName): number | null {
  switch (at) {
    case 'greeting':
    case 'shelf':
    case 'confirm':
    case 'refused':
    case 'my_points':
    case 'trainings':
    case 'training_calendar':
    case 'training':
    case 'wishes':
    case 'wall_wish':
    case 'wish':
      return READING_IDLE_MS
    case 'wish_typing':
    case 'wish_check':
    case 'register':
    case 'hand_off':
    case 'register_by_phone':
    case 'staff_pin':
    case 'staff_home':
    case 'restock':
    case 'sync_report':
    case 'redemptions':
    case 'attendance_list':
    case 'undo':
    case 'begin_anew':
      return TYPING_IDLE_MS
    case 'attendance':
      return AT_THE_DOOR_IDLE_MS
    case 'starting':
    case 'attract':
    case 'committing':
    case 'restock_committing':
    case 'beginning_anew':
    case 'set_up':
    case 'done':
    case 'restock_done':
    case 'register_done':
    case 'begun_anew':
    case 'unfinished':
    case 'not_understood':
    case 'out_of_order':
    case 'replaced':
      return null
  }
}

function passIdle(state: FlowState, atMs: number): FlowState {
  const limitMs = idleLimitOf(state)
  if (limitMs === null) return state.idle === null ? state : { ...state, idle: null }
  if (state.idle !== null) {
    if (state.idle.endsAtMs <= atMs) return finish(state, atMs)
    const secondsLeft = Math.ceil((state.idle.endsAtMs - atMs) / 1000)
    return secondsLeft === state.idle.secondsLeft ? state : { ...state, idle: { ...state.idle, secondsLeft } }
  }
  if (atMs - state.touchedAtMs < felt(state, limitMs)) return state
  const warningMs = felt(state, IDLE_WARNING_MS)
  return sound({ ...state, idle: { endsAtMs: atMs + warningMs, secondsLeft: Math.ceil(warningMs / 1000) } }, 'warning')
}
