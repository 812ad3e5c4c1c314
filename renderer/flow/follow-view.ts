// What the station's view makes of the screen: a session that appears is greeted, one that vanishes is wiped, one that goes
// on is kept up to date. A commit under way is left alone until its answer is there.

import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { END_SESSION_AGAIN_MS } from './flow-limits.ts'
import type { FlowState, Rider, Screen, ScreenBehind, Staff } from './flow-state.ts'
import { followAttendance } from './attendance-taps.ts'
import { fitToShelf } from './goods.ts'
import { followHandOff } from './hand-off-taps.ts'
import { keepWhereabouts } from './rest-of-points.ts'
import { followConsent } from './register.ts'
import { followSetUp } from './set-up.ts'
import { begunAnew, hasBegunAnew } from './begin-anew.ts'
import { endSession, goTo, isAsking, isClosingScreen, isRiderScreen, isStaffScreen, leave, restingScreen, say, sessionOn, sound, withoutPersonalAsks } from './steps.ts'

type Session = NonNullable<KioskView['session']>

export function followView(state: FlowState, view: KioskView, atMs: number): FlowState {
  const clock = { wallMs: view.nowMs, atMs }
  const knockGone = view.knock === null || view.knock.number !== state.answeredKnock
  const seen: FlowState = { ...state, view, linkUp: true, clock, wallMs: wholeSecond(view.nowMs), answeredKnock: knockGone ? null : state.answeredKnock }
  if (seen.screen.at === 'replaced') return seen
  const followed = followAttendance(followHandOff(state, followSession(backInOrder(endAgain(seen, atMs), atMs), atMs), atMs), atMs)
  return followConsent(followSetUp(followed, state.view), atMs)
}

/** Also after an answer: the view may have moved on while a commit was under way. */
export function followSession(state: FlowState, atMs: number): FlowState {
  const { screen, view } = state
  if (view === null) return state
  const session = view.session === null || view.session.session === state.leftSession?.session ? null : view.session
  const held = sessionOn(screen)
  if (screen.at === 'beginning_anew') return hasBegunAnew(state, view) ? begunAnew(state, atMs) : state
  if (screen.at === 'committing' || screen.at === 'restock_committing') return session?.session === held ? refresh(state, session, view, atMs) : state
  // Who has sent his registration hears of it before the next one is greeted.
  if (screen.at === 'register' && screen.asked !== null) return state
  if (session === null) return held === null ? rest(state, atMs) : vanish(state, atMs)
  return session.session === held ? refresh(state, session, view, atMs) : open(state, session, atMs)
}

export function wholeSecond(wallMs: number): number {
  return Math.floor(wallMs / 1000) * 1000
}

/** A session that this screen has left and that the station still shows: it is told once more. */
function endAgain(state: FlowState, atMs: number): FlowState {
  const left = state.leftSession
  if (left === null) return state
  if (state.view?.session?.session !== left.session) return { ...state, leftSession: null }
  if (isAsking(state, 'end_session') || atMs - left.askedAtMs < END_SESSION_AGAIN_MS) return state
  return endSession(state, left.session, atMs)
}

/** The station is there again: back to what was on the screen. */
function backInOrder(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'out_of_order' || screen.why.kind !== 'station_gone') return state
  return goTo(state, screen.behind ?? restingScreen(state, atMs), atMs)
}

/** Nobody is here and nobody was: the resting screen may be another one by now. */
function rest(state: FlowState, atMs: number): FlowState {
  const { at } = state.screen
  if (at !== 'starting' && at !== 'attract' && at !== 'out_of_order' && at !== 'set_up') return state
  const resting = restingScreen(state, atMs)
  if ((at === 'attract' || at === 'set_up') && resting.at === at) return state
  return goTo(state, resting, atMs)
}

function vanish(state: FlowState, atMs: number): FlowState {
  if (state.screen.at === 'not_understood') {
    return goTo({ ...withoutPersonalAsks(state), language: 'zh', slow: false, idle: null }, { ...state.screen, behind: null }, atMs)
  }
  return say(leave(state, atMs), { kind: 'session_ended' }, atMs)
}

function open(state: FlowState, session: Session, atMs: number): FlowState {
  const greeted: FlowState = { ...withoutPersonalAsks(state), notice: null, idle: null, lastTap: null, touchedAtMs: atMs, keptAtMs: atMs }
  // The one before may have switched things for himself; what was chosen on the attract screen stays.
  const fresh = state.screen.at === 'attract' || state.screen.at === 'register_done' || state.screen.at === 'out_of_order' ? greeted : { ...greeted, language: 'zh' as const, slow: false }
  return goTo(sound(fresh, 'read'), firstScreen(session), atMs)
}

function firstScreen(session: Session): Screen {
  if (session.kind === 'rider') return { at: 'greeting', rider: { session, cart: [], balanceShown: !session.hideBalance } }
  const staff: Staff = { session, lines: [], nextLine: 1 }
  return session.signedIn ? { at: 'staff_home', staff } : { at: 'staff_pin', staff, digits: '', asking: false, said: null }
}

// ── the same session, newer ──

function refresh(state: FlowState, session: Session, view: KioskView, atMs: number): FlowState {
  const { screen } = state
  if (screen.at === 'committing' && session.kind === 'rider') return { ...state, screen: { ...screen, rider: { ...screen.rider, session } } }
  if (screen.at === 'restock_committing' && session.kind === 'staff') return { ...state, screen: { ...screen, staff: { ...screen.staff, session } } }
  if (screen.at === 'not_understood' || screen.at === 'out_of_order') {
    if (screen.behind === null || isClosingScreen(screen.behind)) return state
    const { behind, notice } = newer(screen.behind, session, view)
    const refreshed = screen.at === 'not_understood' ? { ...screen, behind } : { ...screen, behind: isClosingScreen(behind) ? null : behind }
    const next = { ...state, screen: refreshed }
    return notice === null ? next : say(next, notice, atMs)
  }
  if (!isRiderScreen(screen) && !isStaffScreen(screen)) return state
  const { behind: refreshed, notice } = newer(screen, session, view)
  const next = withSignupAsItStands(goTo(state, refreshed, atMs), session)
  return notice === null ? next : say(next, notice, atMs)
}

/** Central has answered while the line still says that it is waited for: it says what the row below it says. */
function withSignupAsItStands(state: FlowState, session: Session): FlowState {
  if (state.notice === null || session.kind !== 'rider') return state
  const { notice, untilMs } = state.notice
  if (notice.kind !== 'signup_changed' || notice.state !== 'pending') return state
  const signup = session.signups.find(({ training }) => training === notice.training)
  if (signup === undefined || signup.state === 'pending') return state
  // Another standing has words of its own in the row.
  if (signup.state !== 'seated' && signup.state !== 'waiting') return { ...state, notice: null }
  return { ...state, notice: { notice: { ...notice, state: signup.state, place: signup.place }, untilMs } }
}

function newer(screen: ScreenBehind, session: Session, view: KioskView): { behind: ScreenBehind; notice: { kind: 'taken_meanwhile'; item: string; left: number } | null } {
  if (isRiderScreen(screen) && session.kind === 'rider') {
    const { cart, shrunk } = fitToShelf(screen.rider.cart, view.shelf)
    const rider: Rider = { session: keepWhereabouts(screen.rider.session, session), cart, balanceShown: screen.rider.balanceShown && (screen.rider.session.hideBalance || !session.hideBalance) }
    return { behind: { ...screen, rider }, notice: shrunk === null ? null : { kind: 'taken_meanwhile', ...shrunk } }
  }
  if (isStaffScreen(screen) && session.kind === 'staff') {
    const staff: Staff = { ...screen.staff, session }
    const isIn = screen.at === 'staff_pin' && session.signedIn
    return { behind: isIn ? { at: 'staff_home', staff } : { ...screen, staff }, notice: null }
  }
  return { behind: screen, notice: null }
}
