// Staff's touches: the PIN and the counting of goods. Typed digits live on the screen and are gone with it.

import { addLot, dayInMonths, dayOfDigits, lineOf, problemOf, removeLine, restockLines, setLine, todayOf, withinUnits } from './counting.ts'
import { PIN_DIGITS, RESTOCK_LINES_MAX } from './flow-limits.ts'
import type { CountedLine, CountingTap, FlowState, PinTap, ScreenAt, Staff } from './flow-state.ts'
import { pageOfLine, restockPageSize } from './restock-pages.ts'
import { ask, canAsk, goTo, isAsking, say, sound } from './steps.ts'

const QUANTITY_DIGITS = 4
const DATE_DIGITS = 8

// ── PIN ──

export function tapPin(state: FlowState, tap: PinTap, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'staff_pin') return state
  if (tap.do === 'pin_delete') return { ...state, screen: { ...screen, digits: screen.digits.slice(0, -1) } }
  if (!/^\d$/.test(tap.digit) || screen.asking || pinLockSeconds(state, screen) > 0) return state
  const pin = screen.digits + tap.digit
  if (pin.length < PIN_DIGITS) return { ...state, screen: { ...screen, digits: pin, said: null } }
  if (!canAsk(state, 'sign_in')) return say({ ...state, screen: { ...screen, digits: '' } }, { kind: 'station_busy' }, atMs)
  const asked = ask(state, 'sign_in', { session: screen.staff.session.session, pin })
  return { ...asked, screen: { ...screen, digits: '', asking: true, said: null } }
}

/** Whole seconds until the PIN may be tried again; nought: now. */
export function pinLockSeconds(state: FlowState, screen: ScreenAt<'staff_pin'>): number {
  const fromView = screen.staff.session.pin.lockedUntilMs ?? 0
  const fromRefusal = screen.said?.code === 'pin_locked' ? screen.said.untilMs : 0
  return Math.max(0, Math.ceil((Math.max(fromView, fromRefusal) - state.wallMs) / 1000))
}

// ── counting ──

export function tapCounting(before: FlowState, tap: CountingTap, atMs: number, freshId: string): FlowState {
  if (before.screen.at === 'staff_home' && tap.do === 'show_restock') {
    return goTo(before, { at: 'restock', staff: before.screen.staff, page: 0, selected: null, typed: null, refusal: null }, atMs)
  }
  if (before.screen.at !== 'restock' || before.view === null) return before
  const screen: ScreenAt<'restock'> = { ...before.screen, refusal: null }
  const state: FlowState = { ...before, screen }
  const { view } = before
  const { staff } = screen
  switch (tap.do) {
    case 'show_restock':
      return state
    case 'select_line':
      return lineOf(staff, tap.line) === undefined ? state : onLine(state, screen, staff, tap.line)
    case 'change_quantity': {
      const counted = lineOf(staff, tap.line)
      return counted === undefined ? state : onLine(state, screen, setLine(staff, tap.line, { quantity: withinUnits(counted.quantity + tap.by) }), tap.line)
    }
    case 'expiry_in_months':
      return onLine(state, screen, setLine(staff, tap.line, { expiry: { day: dayInMonths(todayOf(state), tap.months) } }), tap.line)
    case 'expiry_none':
      return onLine(state, screen, setLine(staff, tap.line, { expiry: 'none' }), tap.line)
    case 'choose_donor':
      return isDonor(staff, tap.donor) ? onLine(state, screen, setLine(staff, tap.line, { donor: tap.donor }), tap.line) : state
    case 'type_quantity':
      return typing(onLine(state, screen, staff, tap.line), { field: 'quantity', digits: '' })
    case 'type_expiry':
      return typing(onLine(state, screen, staff, tap.line), { field: 'expiry', digits: '', wrong: false })
    case 'type_digit':
      return /^\d$/.test(tap.digit) ? typeDigit(state, screen, tap.digit) : state
    case 'type_delete':
      return screen.typed === null ? state : typing(state, withDigits(screen.typed, screen.typed.digits.slice(0, -1)))
    case 'type_done':
      return typeDone(state, screen)
    case 'type_cancel':
      return typing(state, null)
    case 'add_lot': {
      const added = addLot(staff, view, tap.line)
      if (added === null) return say(sound(state, 'refused'), { kind: 'lines_full', linesMax: RESTOCK_LINES_MAX }, atMs)
      return onLine(state, screen, added.staff, added.line)
    }
    case 'remove_line': {
      const removed = removeLine(staff, tap.line)
      const pages = Math.max(1, Math.ceil(removed.lines.length / restockPageSize(state)))
      return { ...state, screen: { ...screen, staff: removed, page: Math.min(screen.page, pages - 1), selected: null, typed: null } }
    }
    case 'restock':
      return commit(state, screen, atMs, freshId)
  }
}

function onLine(state: FlowState, screen: ScreenAt<'restock'>, staff: Staff, line: number): FlowState {
  if (lineOf(staff, line) === undefined) return state
  return { ...state, screen: { ...screen, staff, selected: line, page: pageOfLine(state, staff, line), typed: null } }
}

function isDonor(staff: Staff, donor: string | null): boolean {
  return donor === null || staff.session.donors.some(({ id }) => id === donor)
}

export function turnRestockPage(state: FlowState, screen: ScreenAt<'restock'>, by: 1 | -1): FlowState {
  const pages = Math.max(1, Math.ceil(screen.staff.lines.length / restockPageSize(state)))
  return { ...state, screen: { ...screen, page: Math.min(pages - 1, Math.max(0, screen.page + by)), selected: null, typed: null } }
}

// ── typed digits ──

type Typed = ScreenAt<'restock'>['typed']

function typing(state: FlowState, typed: Typed): FlowState {
  const { screen } = state
  if (screen.at !== 'restock' || (typed !== null && screen.selected === null)) return state
  return { ...state, screen: { ...screen, typed } }
}

function withDigits(typed: NonNullable<Typed>, digits: string): NonNullable<Typed> {
  return typed.field === 'quantity' ? { field: 'quantity', digits } : { field: 'expiry', digits, wrong: false }
}

function typeDigit(state: FlowState, screen: ScreenAt<'restock'>, digit: string): FlowState {
  if (screen.typed === null) return state
  const digits = screen.typed.digits + digit
  if (screen.typed.field === 'quantity') return digits.length > QUANTITY_DIGITS ? state : typing(state, { field: 'quantity', digits })
  if (digits.length > DATE_DIGITS) return state
  return digits.length < DATE_DIGITS ? typing(state, { field: 'expiry', digits, wrong: false }) : typeDate(state, screen, digits)
}

function typeDone(state: FlowState, screen: ScreenAt<'restock'>): FlowState {
  if (screen.typed === null || screen.selected === null) return state
  if (screen.typed.field === 'expiry') return typeDate(state, screen, screen.typed.digits)
  const quantity = Number(screen.typed.digits)
  if (screen.typed.digits === '') return typing(state, null)
  return quantity === 0 ? state : onLine(state, screen, setLine(screen.staff, screen.selected, { quantity: withinUnits(quantity) }), screen.selected)
}

/** Complete and a day of the calendar: taken at once. */
function typeDate(state: FlowState, screen: ScreenAt<'restock'>, digits: string): FlowState {
  const day = dayOfDigits(digits)
  if (day === null || screen.selected === null) return typing(state, { field: 'expiry', digits, wrong: true })
  return onLine(state, screen, setLine(screen.staff, screen.selected, { expiry: { day } }), screen.selected)
}

// ── commit ──

function commit(state: FlowState, screen: ScreenAt<'restock'>, atMs: number, freshId: string): FlowState {
  const { staff } = screen
  if (staff.lines.length === 0 || isAsking(state, 'restock')) return state
  const today = todayOf(state)
  const faulty = staff.lines.find((counted) => problemOf(counted, today) !== null)
  if (faulty !== undefined) return sound(refuse(onLine(state, screen, staff, faulty.line), faulty, today), 'refused')
  if (!canAsk(state, 'restock')) return say(state, { kind: 'station_busy' }, atMs)
  const asked = ask({ ...state, notice: null }, 'restock', { session: staff.session.session, request: freshId, lines: restockLines(staff) })
  return goTo(asked, { at: 'restock_committing', staff, request: freshId, phase: 'asking', sinceMs: atMs }, atMs)
}

function refuse(state: FlowState, counted: CountedLine, today: number): FlowState {
  if (state.screen.at !== 'restock') return state
  const code = problemOf(counted, today) === 'expired' ? 'already_expired' : 'expiry_missing'
  return { ...state, screen: { ...state.screen, refusal: { code, item: counted.item } } }
}
