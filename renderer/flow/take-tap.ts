// What a touch does. A touch always counts as "somebody is there"; one that ends the idle warning does nothing else; a
// second touch on a committing button, or one on a button that only just appeared, is taken for a slip.

import { SLIP_MS } from './flow-limits.ts'
import type { FlowState, ScreenAt, Tap } from './flow-state.ts'
import { endAttendance, leaveAttendanceList, tapAttendance, turnAttendancePage } from './attendance-taps.ts'
import { hasRegisterWords, leaveRegister, tapRegister } from './register.ts'
import { leaveHandOff, tapHandOff } from './hand-off-taps.ts'
import { isRegistering } from './hold-screen.ts'
import { askEntries, tapAsRider, turnRiderPage } from './rider-taps.ts'
import { isJoining, tapSetUp } from './set-up.ts'
import { tapCounting, tapPin, turnRestockPage } from './staff-taps.ts'
import { askRedemptions, tapStation, turnStationPage } from './station-taps.ts'
import { ask, canAsk, finish, goTo, isClosingScreen, isCommitScreen, isStaffScreen, keepSession, leave, personOn, say, sessionOn } from './steps.ts'
import { comeBack } from './take-scan.ts'
import { backToList, tapTraining, turnTrainingPage } from './training-taps.ts'
import { tapWish, turnWishPage } from './wish-taps.ts'
import { hasWords, leaveTyping, tapWishTyping } from './wish-typing.ts'

export function takeTap(state: FlowState, tap: Tap, atMs: number, freshId: string): FlowState {
  if (state.screen.at === 'replaced') return tap.do === 'take_over' ? { ...state, reconnects: state.reconnects + 1 } : state
  const wasIdle = state.idle !== null
  const touched = keepSession({ ...state, touchedAtMs: atMs, idle: null }, atMs)
  if (wasIdle && tap.do !== 'finish' && tap.do !== 'answer_knock') return touched
  if (isSlip(state, tap, atMs)) return touched
  return act({ ...touched, lastTap: { do: tap.do, atMs } }, tap, atMs, freshId)
}

/** What takes something or cannot be taken back. */
const COMMITS: ReadonlySet<Tap['do']> = new Set<Tap['do']>([
  'redeem', 'restock', 'undo', 'begin_anew', 'sign_up', 'cancel_signup', 'answer_offer', 'mark_attended', 'end_attendance', 'withdraw_wish', 'confirm_wish', 'post_wish',
  'register_here', 'register_agree', 'register_on', 'register_platform', 'register_red_cross', 'register_team', 'register_fix', 'register_send', 'register_mend',
])

function isSlip(state: FlowState, tap: Tap, atMs: number): boolean {
  if (!COMMITS.has(tap.do)) return false
  if (atMs - state.screenSinceMs < SLIP_MS) return true
  return state.lastTap !== null && state.lastTap.do === tap.do && atMs - state.lastTap.atMs < SLIP_MS
}

/** What a volunteer has counted is not dropped by one slip of the hand. */
function finishOrWarn(state: FlowState, atMs: number): FlowState {
  if (hasWords(state) && state.notice?.notice.kind !== 'words_unposted') return say(state, { kind: 'words_unposted' }, atMs)
  if (hasRegisterWords(state) && state.notice?.notice.kind !== 'register_unsent') return say(state, { kind: 'register_unsent' }, atMs)
  const person = personOn(state.screen)
  const lines = person?.kind === 'staff' ? person.staff.lines.length : 0
  if (lines === 0 || state.notice?.notice.kind === 'lines_unconfirmed') return finish(state, atMs)
  return say(state, { kind: 'lines_unconfirmed', lines }, atMs)
}

function act(state: FlowState, tap: Tap, atMs: number, freshId: string): FlowState {
  switch (tap.do) {
    case 'stay':
    case 'take_over':
      return state
    case 'back':
      return goBack(state, atMs)
    case 'close':
      return close(state, atMs)
    case 'finish':
      return isCommitting(state) ? state : finishOrWarn(state, atMs)
    case 'toggle_language':
      return { ...state, language: state.language === 'zh' ? 'en' : 'zh' }
    case 'toggle_slow':
      return { ...state, slow: !state.slow }
    case 'toggle_low_reach':
      return fromFirstPage({ ...state, lowReach: !state.lowReach }, atMs)
    case 'answer_knock':
      return answerKnock(state, tap.letIn, atMs)
    case 'toggle_demo':
      return toggleDemo(state)
    case 'demo_scan': {
      const closed: FlowState = { ...state, demo: { ...state.demo, open: false } }
      return canAsk(closed, 'scan') ? ask(closed, 'scan', { text: tap.text, source: 'simulated' }) : say(closed, { kind: 'station_busy' }, atMs)
    }
    case 'turn_page':
      return turnPage(state, tap.to === 'next' ? 1 : -1, atMs)
    case 'toggle_balance':
    case 'show_shelf':
    case 'choose_category':
    case 'add_item':
    case 'take_item_out':
    case 'drop_item':
    case 'show_confirm':
    case 'redeem':
    case 'show_my_points':
      return tapAsRider(state, tap, atMs, freshId)
    case 'show_trainings':
    case 'walk_trainings':
    case 'walk_topics':
    case 'show_calendar':
    case 'show_training':
    case 'sign_up':
    case 'cancel_signup':
    case 'keep_signup':
    case 'answer_offer':
    case 'seen_training':
    case 'other_trainings':
      return tapTraining(state, tap, atMs, freshId)
    case 'show_wishes':
    case 'show_wall_wish':
    case 'show_own_wish':
    case 'confirm_wish':
    case 'withdraw_wish':
    case 'keep_wish':
      return tapWish(state, tap, atMs, freshId)
    case 'write_wish':
    case 'edit_wish':
    case 'type_key':
    case 'typing_done':
    case 'choose_wish_category':
    case 'toggle_wish_name':
    case 'toggle_wish_reach':
    case 'post_wish':
      return tapWishTyping(state, tap, atMs, freshId)
    case 'show_register':
    case 'register_here':
    case 'register_decline':
    case 'register_agree':
    case 'register_key':
    case 'register_digit':
    case 'register_erase':
    case 'register_on':
    case 'register_platform':
    case 'register_red_cross':
    case 'register_team':
    case 'register_fix':
    case 'register_send':
    case 'register_mend':
      return tapRegister(state, tap, atMs, freshId)
    case 'show_hand_off':
    case 'register_by_phone':
    case 'new_code':
    case 'without_phone':
    case 'see_received':
      return tapHandOff(state, tap, atMs)
    case 'pin_digit':
    case 'pin_delete':
      return tapPin(state, tap, atMs)
    case 'show_restock':
    case 'select_line':
    case 'change_quantity':
    case 'type_quantity':
    case 'type_expiry':
    case 'type_digit':
    case 'type_delete':
    case 'type_done':
    case 'type_cancel':
    case 'expiry_in_months':
    case 'expiry_none':
    case 'choose_donor':
    case 'add_lot':
    case 'remove_line':
    case 'restock':
      return tapCounting(state, tap, atMs, freshId)
    case 'show_sync_report':
    case 'show_redemptions':
    case 'show_undo':
    case 'undo':
    case 'show_begin_anew':
    case 'begin_anew_on':
    case 'begin_anew':
      return tapStation(state, tap, atMs, freshId)
    case 'show_attendance':
    case 'begin_attendance':
    case 'show_attendees':
    case 'mark_attended':
    case 'end_attendance':
      return tapAttendance(state, tap, atMs, freshId)
    case 'set_up_sign':
    case 'set_up_erase':
    case 'set_up_on':
    case 'set_up_compared':
      return tapSetUp(state, tap, atMs)
  }
}

function turnPage(state: FlowState, by: 1 | -1, atMs: number): FlowState {
  if (state.screen.at === 'restock') return turnRestockPage(state, state.screen, by)
  if (state.screen.at === 'trainings' || state.screen.at === 'training_calendar') return turnTrainingPage(state, by)
  if (state.screen.at === 'wishes') return turnWishPage(state, by)
  if (state.screen.at === 'attendance_list' || state.screen.at === 'attendance') return turnAttendancePage(state, state.screen, by)
  return isStaffScreen(state.screen) ? turnStationPage(state, by) : turnRiderPage(state, by, atMs)
}

function isCommitting(state: FlowState): boolean {
  return isCommitScreen(state.screen) || (state.screen.at === 'register' && state.screen.asked !== null)
}

function goBack(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  switch (screen.at) {
    case 'shelf':
    case 'my_points':
    case 'wishes':
      return goTo(state, { at: 'greeting', rider: screen.rider }, atMs)
    case 'trainings':
      // A day was touched in the calendar.
      return goTo(state, screen.by.kind === 'day' ? { at: 'training_calendar', rider: screen.rider, page: 0 } : { at: 'greeting', rider: screen.rider }, atMs)
    case 'training_calendar':
      return goTo(state, { at: 'trainings', rider: screen.rider, by: { kind: 'all' }, page: 0, asked: null }, atMs)
    case 'wall_wish':
      return goTo(state, { at: 'wishes', rider: screen.rider, tab: 'wall', page: screen.from }, atMs)
    case 'wish_typing':
    case 'wish_check':
      return leaveTyping(state, screen, atMs)
    case 'hand_off':
    case 'register_by_phone':
      return leaveHandOff(state, screen, atMs)
    case 'wish':
      return leaveWish(state, screen, atMs)
    case 'training':
      return leaveTraining(state, screen, atMs)
    case 'confirm':
      return goTo(state, { at: 'shelf', rider: screen.rider, category: null, page: 0 }, atMs)
    case 'refused':
      return goTo(state, screen.rider.cart.length === 0 ? { at: 'shelf', rider: screen.rider, category: null, page: 0 } : { at: 'confirm', rider: screen.rider }, atMs)
    case 'restock':
      return screen.typed === null ? goTo(state, { at: 'staff_home', staff: screen.staff }, atMs) : { ...state, screen: { ...screen, typed: null } }
    case 'sync_report':
    case 'redemptions':
      return goTo(state, { at: 'staff_home', staff: screen.staff }, atMs)
    case 'attendance_list':
      return leaveAttendanceList(state, screen, atMs)
    case 'attendance':
      return endAttendance(state, screen, atMs)
    case 'undo':
      return screen.askedAtMs === null ? askRedemptions(state, screen.staff, 0, atMs) : state
    case 'begin_anew':
      return goTo(state, screen.step === 'what' ? { at: 'sync_report', staff: screen.staff, page: 0 } : { ...screen, step: 'what', refusal: null }, atMs)
    case 'register':
      return leaveRegister(state, screen, atMs)
    case 'set_up':
      return isJoining(state) ? state : { ...state, screen: { ...screen, field: 'code' } }
    case 'not_understood':
      return comeBack(state, atMs)
    case 'greeting':
    case 'staff_pin':
    case 'staff_home':
      return finish(state, atMs)
    case 'done':
    case 'restock_done':
    case 'register_done':
    case 'begun_anew':
    case 'unfinished':
      return leave(state, atMs)
    case 'starting':
    case 'attract':
    case 'committing':
    case 'restock_committing':
    case 'beginning_anew':
    case 'out_of_order':
    case 'replaced':
      return state
  }
}

/** From what it asked to what it shows, from there to the list. */
function leaveTraining(state: FlowState, screen: ScreenAt<'training'>, atMs: number): FlowState {
  if (screen.asked !== null) return state
  if (screen.step !== 'look' || screen.refusal !== null) return goTo(state, { ...screen, step: 'look', refusal: null }, atMs)
  return backToList(state, screen, atMs)
}

function leaveWish(state: FlowState, screen: ScreenAt<'wish'>, atMs: number): FlowState {
  if (screen.asked !== null) return state
  if (screen.step !== 'look' || screen.refusal !== null) return goTo(state, { ...screen, step: 'look', refusal: null }, atMs)
  return goTo(state, { at: 'wishes', rider: screen.rider, tab: 'mine', page: 0 }, atMs)
}

function close(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  if (state.notice !== null) return { ...state, notice: null }
  if (screen.at === 'refused') return goTo(state, { at: 'shelf', rider: screen.rider, category: null, page: 0 }, atMs)
  if (screen.at === 'not_understood' || isClosingScreen(screen)) return goBack(state, atMs)
  return state
}

/** Another layout has other pages: they begin anew, and the history is fetched by the new size. */
export function fromFirstPage(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  if (screen.at === 'trainings' || screen.at === 'training_calendar' || screen.at === 'wishes') return goTo(state, { ...screen, page: 0 }, atMs)
  if (screen.at === 'shelf' || screen.at === 'restock' || screen.at === 'redemptions' || screen.at === 'sync_report' || screen.at === 'attendance_list' || screen.at === 'attendance') return goTo(state, { ...screen, page: 0 }, atMs)
  // A sheet of candidates holds as many as the keyboard has room for.
  if (screen.at === 'register') return goTo(state, { ...screen, page: 0, name: { ...screen.name, page: 0 }, site: { ...screen.site, page: 0 } }, atMs)
  if (screen.at === 'wish_typing') return goTo(state, { ...screen, typing: { ...screen.typing, page: 0 } }, atMs)
  return screen.at === 'my_points' ? askEntries(state, screen, 0, atMs) : state
}

function answerKnock(state: FlowState, letIn: boolean, atMs: number): FlowState {
  const knock = state.view?.knock ?? null
  if (knock === null || state.answeredKnock === knock.number || isCommitting(state) || !canAsk(state, 'answer_knock')) return state
  const answered: FlowState = { ...ask(state, 'answer_knock', { knock: knock.number, letIn }), answeredKnock: knock.number }
  if (!letIn) return answered
  if (isRegistering(state)) return leave(answered, atMs)
  const session = sessionOn(state.screen)
  if (session === null) return answered
  // The station ends the session by letting the next one in; it is asked once more only if it does not.
  return leave({ ...answered, leftSession: { session, askedAtMs: atMs } }, atMs)
}

function toggleDemo(state: FlowState): FlowState {
  if (state.view?.demo !== true) return state
  if (state.demo.open) return { ...state, demo: { ...state.demo, open: false } }
  const opened: FlowState = { ...state, demo: { ...state.demo, open: true } }
  return state.demo.codes === null ? ask(opened, 'list_demo_codes', {}) : opened
}
