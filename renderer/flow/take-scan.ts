// What the outcome of a scan does to the screen. Goods codes count each time; a code that is no pass gets a screen of its
// own that gives way to what was there.

import type { ScanOutcome, ShelfEntry } from '../../contract/kiosk/kiosk-view.ts'
import { hearArrival, hearMisread } from './attendance-taps.ts'
import { countItem } from './counting.ts'
import { NOT_UNDERSTOOD_MS, RESTOCK_LINES_MAX } from './flow-limits.ts'
import type { FlowState, Rider, ScanRefused, ScreenBehind, Staff } from './flow-state.ts'
import { quantityIn, whyNotAdd, withQuantity } from './goods.ts'
import { pageOfLine } from './restock-pages.ts'
import { felt, goTo, isClosingScreen, isCommitScreen, isRiderScreen, isStaffScreen, leave, personOn, restingScreen, say, sound } from './steps.ts'

export function takeScan(state: FlowState, number: number, outcome: ScanOutcome, atMs: number): FlowState {
  if (number <= state.lastScan) return state
  const counted: FlowState = { ...state, lastScan: number }
  if (state.screen.at === 'replaced' || state.screen.at === 'starting') return counted
  if (state.screen.at === 'set_up') return outcome.kind === 'session_opened' ? counted : say(sound(counted, 'refused'), { kind: 'not_a_set_up_code' }, atMs)
  switch (outcome.kind) {
    case 'session_opened':
      return present(counted, atMs)
    case 'attendance':
      return hearArrival(present(counted, atMs))
    case 'knocked':
      return sound(counted, 'warning')
    case 'too_many':
      return say(sound(counted, 'refused'), { kind: 'too_many_scans' }, atMs)
    case 'same_holder':
      return say(sound(present(counted, atMs), 'read'), { kind: 'already_here' }, atMs)
    case 'item':
      return takeItem(comeBack(present(counted, atMs), atMs), outcome.item, outcome.units, atMs)
    case 'item_unknown':
      return say(sound(comeBack(present(counted, atMs), atMs), 'refused'), outcome, atMs)
    case 'refused':
      return notUnderstood(present(counted, atMs), outcome, atMs)
  }
}

/** Somebody is there. */
function present(state: FlowState, atMs: number): FlowState {
  return { ...state, touchedAtMs: atMs, idle: null }
}

/** From "not understood" to what it covered, or to the resting screen. */
export function comeBack(state: FlowState, atMs: number): FlowState {
  if (state.screen.at !== 'not_understood') return state
  const { behind } = state.screen
  if (behind === null) return goTo(state, restingScreen(state, atMs), atMs)
  const isOver = isClosingScreen(behind) && behind.closesAtMs <= atMs
  return isOver ? leave(state, atMs) : goTo(state, behind, atMs)
}

function notUnderstood(state: FlowState, scan: ScanRefused, atMs: number): FlowState {
  const { screen } = state
  if (screen.at === 'attendance') return hearMisread(state, screen, scan)
  if (isCommitScreen(screen) || (screen.at === 'register' && screen.asked !== null)) return say(sound(state, 'refused'), { kind: 'wait_for_commit' }, atMs)
  const audience = personOn(screen)?.kind ?? 'rider'
  const next = goTo(state, { at: 'not_understood', scan, audience, behind: coverable(state), closesAtMs: atMs + felt(state, NOT_UNDERSTOOD_MS) }, atMs)
  return sound({ ...next, notice: null }, 'refused')
}

function coverable(state: FlowState): ScreenBehind | null {
  const { screen } = state
  if (screen.at === 'not_understood') return screen.behind
  if (screen.at === 'staff_pin') return { ...screen, digits: '' }
  return isRiderScreen(screen) || isStaffScreen(screen) || screen.at === 'register' || screen.at === 'register_by_phone' || screen.at === 'done' || screen.at === 'restock_done' || screen.at === 'register_done' ? screen : null
}

// ── goods codes ──

function takeItem(state: FlowState, item: string, units: number, atMs: number): FlowState {
  const { screen } = state
  switch (screen.at) {
    case 'greeting':
    case 'shelf':
    case 'confirm':
      return addToCart(state, screen.rider, item, atMs)
    case 'refused':
    case 'my_points':
    case 'trainings':
    case 'training_calendar':
    case 'training':
    case 'wishes':
    case 'wall_wish':
    case 'wish':
    case 'hand_off':
      return addToCart(goTo(state, { at: 'shelf', rider: screen.rider, category: null, page: 0 }, atMs), screen.rider, item, atMs)
    case 'staff_pin':
      return say(sound(state, 'refused'), { kind: 'pin_before_item' }, atMs)
    case 'staff_home':
    case 'restock':
    case 'sync_report':
    case 'redemptions':
    case 'attendance_list':
      return countIn(state, screen.staff, item, units, atMs)
    case 'wish_typing':
    case 'wish_check':
      return say(sound(state, 'refused'), { kind: 'words_unposted' }, atMs)
    case 'attendance':
      return say(sound(state, 'refused'), { kind: 'attendance_running' }, atMs)
    case 'undo':
    case 'begin_anew':
    case 'committing':
    case 'restock_committing':
    case 'beginning_anew':
      return say(sound(state, 'refused'), { kind: 'wait_for_commit' }, atMs)
    case 'starting':
    case 'attract':
    case 'register_by_phone':
    case 'not_understood':
    case 'done':
    case 'restock_done':
    case 'set_up':
    case 'register':
    case 'register_done':
    case 'begun_anew':
    case 'unfinished':
    case 'out_of_order':
    case 'replaced':
      return say(sound(state, 'refused'), { kind: 'item_before_pass' }, atMs)
  }
}

/** One unit, also from a carton's code: a rider takes pieces, a volunteer counts cartons. */
export function addToCart(state: FlowState, rider: Rider, item: string, atMs: number): FlowState {
  const { view } = state
  const entry: ShelfEntry | undefined = view?.shelf.find((offered) => offered.item === item)
  if (view === null || entry === undefined) return say(sound(state, 'refused'), { kind: 'item_not_offered' }, atMs)
  const why = whyNotAdd(entry, rider, view)
  if (why !== null) return say(sound(state, 'refused'), why, atMs)
  const quantity = quantityIn(rider.cart, item) + 1
  const next = withRider(state, { ...rider, cart: withQuantity(rider.cart, item, quantity) })
  return say(sound(next, 'read'), { kind: 'item_added', item, quantity }, atMs)
}

/** The rider of the screen in front, changed. */
export function withRider(state: FlowState, rider: Rider): FlowState {
  return isRiderScreen(state.screen) ? { ...state, screen: { ...state.screen, rider } } : state
}

function countIn(state: FlowState, staff: Staff, item: string, units: number, atMs: number): FlowState {
  if (state.view === null) return state
  const counted = countItem(staff, state.view, item, units)
  if (counted === null) return say(sound(state, 'refused'), { kind: 'lines_full', linesMax: RESTOCK_LINES_MAX }, atMs)
  const page = pageOfLine(state, counted.staff, counted.line)
  const next = goTo(state, { at: 'restock', staff: counted.staff, page, selected: counted.line, typed: null, refusal: null }, atMs)
  return say(sound(next, 'read'), { kind: 'item_counted', item, units }, atMs)
}
