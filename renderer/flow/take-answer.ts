// What the station's answers do to the screen, and what a broken line does to a commit under way. Nothing is shown as done
// before the station said that it is recorded (invariant 1); after a break it is asked, never guessed.

import type { Receipt, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import { takeBegun, takeMarked } from './attendance-taps.ts'
import { begunAnew } from './begin-anew.ts'
import { findAgain, unfinished } from './commit.ts'
import { DONE_MS } from './flow-limits.ts'
import type { AnsweredEvent, Ask, FlowState, Rider, ScreenAt, StaffScreen } from './flow-state.ts'
import { followSession } from './follow-view.ts'
import { quantityIn, withQuantity } from './goods.ts'
import { takeHandOffAnswer } from './hand-off-taps.ts'
import { pageOfLine } from './restock-pages.ts'
import { takeRegisterAnswer } from './register.ts'
import { askRedemptions } from './station-taps.ts'
import { takeSignupAnswer } from './training-taps.ts'
import { takeWishAnswer } from './wish-taps.ts'
import { takePostAnswer } from './wish-typing.ts'
import { endSession, felt, goTo, isClosingScreen, isCommitScreen, isRiderScreen, isStaffScreen, leave, say, sessionOn, sound, withoutSessionInView } from './steps.ts'

export function takeAnswer(state: FlowState, event: AnsweredEvent, atMs: number): FlowState {
  const asked = state.asks.find((ask) => ask.id === event.id)
  if (asked === undefined || asked.name !== event.name) return state
  const open: FlowState = { ...state, asks: state.asks.filter((ask) => ask !== asked) }
  return followSession(takeOne(open, asked, event, atMs), atMs)
}

function takeOne(state: FlowState, asked: Ask, event: AnsweredEvent, atMs: number): FlowState {
  const { screen } = state
  switch (event.name) {
    case 'redeem':
      if (screen.at !== 'committing') return state
      return event.answer.ok ? redeemed(state, screen, event.answer.output.receipt, atMs) : redeemRefused(state, screen, event.answer.refusal, atMs)
    case 'find_redemption':
      if (screen.at !== 'committing' || asked.name !== 'find_redemption' || asked.input.request !== screen.request) return state
      if (!event.answer.ok) return unfinished(state, 'redemption_unsure', atMs)
      return event.answer.output.receipt === null ? unfinished(state, 'redemption_not_recorded', atMs) : redeemed(state, screen, event.answer.output.receipt, atMs)
    case 'restock':
      if (screen.at !== 'restock_committing') return state
      return event.answer.ok ? restocked(state, event.answer.output, atMs) : restockRefused(state, screen, event.answer.refusal, atMs)
    case 'list_entries':
      if (screen.at !== 'my_points' || asked.name !== 'list_entries' || asked.input.page !== screen.page) return state
      if (!event.answer.ok) return { ...state, screen: { ...screen, entries: { ...screen.entries, failed: true } } }
      return { ...state, screen: { ...screen, entries: { list: event.answer.output.entries, total: event.answer.output.total, failed: false } } }
    case 'sign_in':
      return screen.at === 'staff_pin' && screen.asking ? signedIn(state, screen, event.answer, atMs) : state
    case 'list_demo_codes':
      return event.answer.ok ? { ...state, demo: { ...state.demo, codes: event.answer.output.codes } } : { ...state, demo: { open: false, codes: null } }
    case 'list_redemptions':
      if (screen.at !== 'redemptions') return state
      return { ...state, screen: { ...screen, redemptions: event.answer.ok ? { list: event.answer.output.redemptions, failed: false } : { list: null, failed: true } } }
    case 'undo_redemption':
      if (screen.at !== 'undo' || asked.name !== 'undo_redemption' || asked.input.request !== screen.request) return state
      return event.answer.ok ? undone(state, screen, event.answer.output.points, atMs) : refusedToStaff(state, screen, event.answer.refusal, atMs)
    case 'begin_anew':
      if (screen.at !== 'beginning_anew') return state
      if (event.answer.ok) return begunAnew(state, atMs)
      return refusedToStaff(state, { at: 'begin_anew', staff: screen.staff, step: 'sure', refusal: null }, event.answer.refusal, atMs)
    case 'enrol':
      return event.answer.ok ? state : say(sound(state, 'refused'), { kind: 'not_a_set_up_code' }, atMs)
    case 'scan':
      return event.answer.ok ? state : say(sound(state, 'refused'), { kind: 'station_busy' }, atMs)
    case 'sign_up':
    case 'cancel_signup':
    case 'answer_offer':
      return 'request' in asked.input ? takeSignupAnswer(state, asked.input.request, event.answer, atMs) : state
    case 'withdraw_wish':
    case 'confirm_wish':
      return 'request' in asked.input ? takeWishAnswer(state, asked.input.request, event.answer, atMs) : state
    case 'post_wish':
    case 'edit_wish':
      return 'request' in asked.input ? takePostAnswer(state, asked.input.request, event.answer, atMs) : state
    case 'open_hand_off':
      return takeHandOffAnswer(state, event.answer, atMs)
    case 'begin_attendance':
      return asked.name === 'begin_attendance' ? takeBegun(state, asked.input.training, event.answer, atMs) : state
    case 'mark_attended':
      return asked.name === 'mark_attended' ? takeMarked(state, asked.input.request, event.answer, atMs) : state
    case 'acknowledge_training':
    case 'end_attendance':
    case 'fulfil_wish':
    case 'close_hand_off':
      return state
    case 'register':
      return 'phone' in asked.input ? takeRegisterAnswer(state, asked.input.request, event.answer, atMs) : state
    case 'end_session':
    case 'keep_session':
    case 'answer_knock':
    case 'hold_screen':
    case 'confirm_central':
      // The view says what became of it.
      return state
  }
}

// ── redemption ──

function redeemed(state: FlowState, screen: ScreenAt<'committing'>, receipt: Receipt, atMs: number): FlowState {
  const ended = endSession({ ...state, notice: null, idle: null }, screen.rider.session.session, atMs)
  return sound(goTo(ended, { at: 'done', receipt, balanceShown: screen.rider.balanceShown, closesAtMs: atMs + felt(state, DONE_MS) }, atMs), 'done')
}

function redeemRefused(state: FlowState, screen: ScreenAt<'committing'>, refusal: Refusal, atMs: number): FlowState {
  if (refusal.code === 'session_ended') return say(sound(leave(state, atMs), 'refused'), { kind: 'session_ended' }, atMs)
  const rider = withoutWhatIsRefused(screen.rider, refusal)
  return sound(goTo({ ...state, touchedAtMs: atMs }, { at: 'refused', rider, refusal }, atMs), 'refused')
}

/** The cart as far as it can be had, so that the next try is one tap. */
function withoutWhatIsRefused(rider: Rider, refusal: Refusal): Rider {
  if (refusal.code === 'item_not_offered') return { ...rider, cart: withQuantity(rider.cart, refusal.item, 0) }
  if (refusal.code !== 'sold_out' && refusal.code !== 'limit_reached') return rider
  const quantity = Math.min(refusal.left, quantityIn(rider.cart, refusal.item))
  return { ...rider, cart: withQuantity(rider.cart, refusal.item, quantity) }
}

// ── staff ──

function signedIn(state: FlowState, screen: ScreenAt<'staff_pin'>, answer: Extract<AnsweredEvent, { name: 'sign_in' }>['answer'], atMs: number): FlowState {
  if (answer.ok) return sound(goTo({ ...state, touchedAtMs: atMs }, { at: 'staff_home', staff: screen.staff }, atMs), 'read')
  const { refusal } = answer
  const again: FlowState = sound({ ...state, screen: { ...screen, digits: '', asking: false } }, 'refused')
  if (refusal.code !== 'pin_wrong' && refusal.code !== 'pin_locked') return say(again, { kind: 'station_busy' }, atMs)
  return { ...again, screen: { ...screen, digits: '', asking: false, said: refusal } }
}

function undone(state: FlowState, screen: ScreenAt<'undo'>, points: number, atMs: number): FlowState {
  return say(sound(askRedemptions(state, screen.staff, 0, atMs), 'done'), { kind: 'redemption_undone', points }, atMs)
}

function refusedToStaff(state: FlowState, screen: ScreenAt<'undo'> | ScreenAt<'begin_anew'>, refusal: Refusal, atMs: number): FlowState {
  if (refusal.code === 'session_ended' || refusal.code === 'not_signed_in') return say(sound(leave(state, atMs), 'refused'), { kind: 'session_ended' }, atMs)
  const refused = screen.at === 'undo' ? { ...screen, askedAtMs: null, refusal } : { ...screen, refusal }
  return sound(goTo({ ...state, touchedAtMs: atMs }, refused, atMs), 'refused')
}

function restocked(state: FlowState, output: { units: number; lines: number }, atMs: number): FlowState {
  const session = sessionOn(state.screen)
  const ended = session === null ? state : endSession({ ...state, notice: null, idle: null }, session, atMs)
  return sound(goTo(ended, { at: 'restock_done', ...output, closesAtMs: atMs + felt(state, DONE_MS) }, atMs), 'done')
}

function restockRefused(state: FlowState, screen: ScreenAt<'restock_committing'>, refusal: Refusal, atMs: number): FlowState {
  if (screen.phase === 'finding' && refusal.code === 'session_ended') return unfinished(state, 'restock_unsure', atMs)
  if (refusal.code === 'session_ended' || refusal.code === 'not_signed_in') return say(sound(leave(state, atMs), 'refused'), { kind: 'session_ended' }, atMs)
  const { staff } = screen
  const line = 'item' in refusal ? (staff.lines.find((counted) => counted.item === refusal.item)?.line ?? null) : null
  const page = line === null ? 0 : pageOfLine(state, staff, line)
  return sound(goTo({ ...state, touchedAtMs: atMs }, { at: 'restock', staff, page, selected: line, typed: null, refusal }, atMs), 'refused')
}

// ── the line ──

export function loseLine(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  const cut: FlowState = { ...state, linkUp: false, asks: [] }
  switch (screen.at) {
    case 'committing':
    case 'restock_committing':
    case 'beginning_anew':
      return screen.phase === 'line_broken' ? cut : { ...cut, screen: { ...screen, phase: 'line_broken', sinceMs: atMs } }
    case 'starting':
    case 'replaced':
    case 'done':
    case 'restock_done':
    case 'register_done':
    case 'begun_anew':
    case 'unfinished':
      return withoutSessionInView(cut)
    case 'out_of_order':
      if (screen.why.kind === 'trouble') return goGone(cut, null, atMs)
      return screen.behind === null ? withoutSessionInView(cut) : cut
    case 'not_understood':
      return goGone(cut, screen.behind !== null && !isClosingScreen(screen.behind) ? screen.behind : null, atMs)
    case 'set_up':
    case 'attract':
      return goGone(cut, null, atMs)
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
    case 'register':
    case 'hand_off':
    case 'register_by_phone':
    case 'staff_pin':
    case 'staff_home':
    case 'restock':
    case 'sync_report':
    case 'redemptions':
    case 'attendance_list':
    case 'attendance':
    case 'undo':
    case 'begin_anew':
      return goGone(cut, screen, atMs)
  }
}

function goGone(state: FlowState, screen: ScreenAt<'out_of_order'>['behind'], atMs: number): FlowState {
  const behind = screen === null ? null : settled(screen)
  const gone: FlowState = { ...state, idle: null, notice: null }
  return goTo(behind === null ? withoutSessionInView(gone) : gone, { at: 'out_of_order', why: { kind: 'station_gone' }, behind, sinceMs: atMs }, atMs)
}

/** A screen as it can be taken up again: what it was waiting for will not come, typed secrets are gone. */
function settled(screen: NonNullable<ScreenAt<'out_of_order'>['behind']>): NonNullable<ScreenAt<'out_of_order'>['behind']> {
  if (screen.at === 'trainings' || screen.at === 'training' || screen.at === 'wish' || screen.at === 'wish_check' || screen.at === 'register') return { ...screen, asked: null }
  // The station ends a hand-off with its screen: what comes back is a code that is over.
  if (screen.at === 'hand_off' || screen.at === 'register_by_phone') return { ...screen, phase: 'open' }
  if (isRiderScreen(screen)) return screen.at === 'my_points' && screen.entries.list === null ? { ...screen, entries: { ...screen.entries, failed: true } } : screen
  return isStaffScreen(screen) ? withoutSecrets(screen) : screen
}

function withoutSecrets(screen: StaffScreen): StaffScreen {
  if (screen.at === 'undo') return { ...screen, askedAtMs: null }
  if (screen.at === 'attendance_list') return { ...screen, asked: null }
  if (screen.at === 'attendance') return { ...screen, asked: null, sure: null, due: false }
  if (screen.at === 'redemptions' && screen.redemptions.list === null) return { ...screen, redemptions: { list: null, failed: true } }
  return screen.at === 'staff_pin' ? { ...screen, digits: '', asking: false } : screen
}

export function findLine(state: FlowState, atMs: number): FlowState {
  const up: FlowState = { ...state, linkUp: true, lastScan: 0, touchedAtMs: atMs }
  if (state.screen.at === 'replaced') return goTo(up, { at: 'starting' }, atMs)
  const isBroken = isCommitScreen(state.screen) && state.screen.phase === 'line_broken'
  return isBroken ? findAgain(up, atMs) : up
}
