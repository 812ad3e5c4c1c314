// The small steps that every part of the flow is made of: go to a screen, say a line, make a sound, ask the station, end a
// session. Invariant kept here: ending wipes; no request that carries something private stays queued after it.

import type { KioskInput, KioskRequestName } from '../../contract/kiosk/kiosk-requests.ts'
import { ASKS_FOR_SCANS_MAX, ASKS_MAX, KEEP_SESSION_EVERY_MS, NOTICE_MS } from './flow-limits.ts'
import type { Ask, ClosingScreen, CommitScreen, FlowState, Notice, Rider, RiderScreen, Screen, SoundName, Staff, StaffScreen } from './flow-state.ts'
import { NOTHING_TYPED } from './nothing-typed.ts'

export function goTo(state: FlowState, screen: Screen, atMs: number): FlowState {
  return { ...state, screen, screenSinceMs: screen.at === state.screen.at ? state.screenSinceMs : atMs }
}

/** A duration as this person should feel it. */
export function felt(state: FlowState, durationMs: number): number {
  return state.slow ? durationMs * 2 : durationMs
}

export function say(state: FlowState, notice: Notice, atMs: number): FlowState {
  return { ...state, notice: { notice, untilMs: atMs + felt(state, NOTICE_MS) } }
}

export function sound(state: FlowState, name: SoundName): FlowState {
  return { ...state, sound: { number: (state.sound?.number ?? 0) + 1, name } }
}

// ── asking ──

export function canAsk(state: FlowState, name: KioskRequestName): boolean {
  if (!state.linkUp || state.asks.length >= ASKS_MAX) return false
  return name !== 'scan' || state.asks.filter((ask) => ask.name === 'scan').length < ASKS_FOR_SCANS_MAX
}

/** Unchanged where there is no line or no room: whoever depends on the answer looks at `canAsk` first. */
export function ask<Name extends KioskRequestName>(state: FlowState, name: Name, input: KioskInput<Name>): FlowState {
  if (!canAsk(state, name)) return state
  const added = { id: state.nextAsk, name, input } as Ask
  return { ...state, asks: [...state.asks, added], nextAsk: state.nextAsk + 1 }
}

export function isAsking(state: FlowState, name: KioskRequestName): boolean {
  return state.asks.some((ask) => ask.name === name)
}

const WITHOUT_PERSON: ReadonlySet<KioskRequestName> = new Set<KioskRequestName>(['scan', 'enrol', 'confirm_central', 'end_session', 'answer_knock', 'hold_screen', 'find_redemption', 'list_demo_codes', 'close_hand_off'])

// ── who is here ──

export type Person = { kind: 'rider'; rider: Rider } | { kind: 'staff'; staff: Staff }

export function personOn(screen: Screen): Person | null {
  switch (screen.at) {
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
    case 'wish_typing':
    case 'wish_check':
    case 'hand_off':
    case 'committing':
      return { kind: 'rider', rider: screen.rider }
    case 'staff_pin':
    case 'staff_home':
    case 'restock':
    case 'sync_report':
    case 'redemptions':
    case 'attendance_list':
    case 'attendance':
    case 'undo':
    case 'begin_anew':
    case 'restock_committing':
    case 'beginning_anew':
      return { kind: 'staff', staff: screen.staff }
    case 'not_understood':
    case 'out_of_order':
      return screen.behind === null ? null : personOn(screen.behind)
    case 'starting':
    case 'set_up':
    case 'attract':
    case 'register':
    case 'register_done':
    case 'register_by_phone':
    case 'done':
    case 'restock_done':
    case 'begun_anew':
    case 'unfinished':
    case 'replaced':
      return null
  }
}

export function sessionOn(screen: Screen): string | null {
  const person = personOn(screen)
  if (person === null) return null
  return person.kind === 'rider' ? person.rider.session.session : person.staff.session.session
}

const RIDER_SCREENS: ReadonlySet<Screen['at']> = new Set<RiderScreen['at']>(['greeting', 'shelf', 'confirm', 'refused', 'my_points', 'trainings', 'training_calendar', 'training', 'wishes', 'wall_wish', 'wish', 'wish_typing', 'wish_check', 'hand_off'])

export function isRiderScreen(screen: Screen): screen is RiderScreen {
  return RIDER_SCREENS.has(screen.at)
}

const STAFF_SCREENS: ReadonlySet<Screen['at']> = new Set<StaffScreen['at']>(['staff_pin', 'staff_home', 'restock', 'sync_report', 'redemptions', 'attendance_list', 'attendance', 'undo', 'begin_anew'])

export function isStaffScreen(screen: Screen): screen is StaffScreen {
  return STAFF_SCREENS.has(screen.at)
}

export function isCommitScreen(screen: Screen): screen is CommitScreen {
  return screen.at === 'committing' || screen.at === 'restock_committing' || screen.at === 'beginning_anew'
}

export function isClosingScreen(screen: Screen): screen is ClosingScreen {
  return screen.at === 'done' || screen.at === 'restock_done' || screen.at === 'register_done' || screen.at === 'begun_anew' || screen.at === 'unfinished'
}

/** Somebody is here: the station's own idle limit starts anew, now and then. */
export function keepSession(state: FlowState, atMs: number): FlowState {
  const session = sessionOn(state.screen)
  if (session === null || atMs - state.keptAtMs < KEEP_SESSION_EVERY_MS || !canAsk(state, 'keep_session')) return state
  return { ...ask(state, 'keep_session', { session }), keptAtMs: atMs }
}

// ── ending ──

/** The screen without anybody: how to begin, or what is wrong. */
export function restingScreen(state: FlowState, atMs: number): Screen {
  if (!state.linkUp) return { at: 'out_of_order', why: { kind: 'station_gone' }, behind: null, sinceMs: atMs }
  if (state.view === null) return { at: 'starting' }
  if (state.view.setUp !== null) return NOTHING_TYPED
  if (state.view.trouble !== null) return { at: 'out_of_order', why: { kind: 'trouble', trouble: state.view.trouble }, behind: null, sinceMs: atMs }
  return { at: 'attract', panel: 0, panelSinceMs: atMs }
}

/** Everything of the person who was here is gone; what he switched is as the next one expects it. */
export function leave(state: FlowState, atMs: number): FlowState {
  const wiped: FlowState = {
    ...withoutPersonalAsks(state.linkUp ? state : withoutSessionInView(state)),
    language: 'zh',
    slow: false,
    notice: null,
    idle: null,
    lastTap: null,
    touchedAtMs: atMs,
  }
  return goTo(wiped, restingScreen(wiped, atMs), atMs)
}

/** Tells the station that this session is over; what it still says of it is not looked at. */
export function endSession(state: FlowState, session: string, atMs: number): FlowState {
  return { ...ask(withoutPersonalAsks(state), 'end_session', { session }), leftSession: { session, askedAtMs: atMs } }
}

export function withoutPersonalAsks(state: FlowState): FlowState {
  return { ...state, asks: state.asks.filter((ask) => WITHOUT_PERSON.has(ask.name)) }
}

/** Without a line no newer view will take away what the last one said of a person. */
export function withoutSessionInView(state: FlowState): FlowState {
  return state.view === null ? state : { ...state, view: { ...state.view, session: null, knock: null, handOff: null } }
}

/** Finish: by the button, or because nobody is there any more. */
export function finish(state: FlowState, atMs: number): FlowState {
  const session = sessionOn(state.screen)
  return leave(session === null ? state : endSession(state, session, atMs), atMs)
}
