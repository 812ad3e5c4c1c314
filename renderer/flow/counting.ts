// Counting goods in: what a scan, a tap or typed digits make of the open lines. Each line becomes a lot. Pure; bounded in
// lines and units; the station checks everything again.

import { civilOfDay, dayOf, dayOfCivil, dayOfTypedDate } from '../../domain/calendar.ts'
import type { KioskInput } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { RESTOCK_LINES_MAX, RESTOCK_UNITS_MAX } from './flow-limits.ts'
import type { CountedLine, FlowState, Staff } from './flow-state.ts'

export const EXPIRY_MONTHS = [1, 3, 6, 12, 18, 24] as const

/** null: there is no room for another line. */
export function countItem(staff: Staff, view: KioskView, item: string, units: number): { staff: Staff; line: number } | null {
  const open = staff.lines.findLast((counted) => counted.item === item)
  if (open !== undefined) return { staff: setLine(staff, open.line, { quantity: withinUnits(open.quantity + units) }), line: open.line }
  return addLine(staff, { item, quantity: withinUnits(units), expiry: firstExpiry(view, item), donor: null })
}

/** The same item once more, for another date or giver. */
export function addLot(staff: Staff, view: KioskView, line: number): { staff: Staff; line: number } | null {
  const like = lineOf(staff, line)
  return like === undefined ? null : addLine(staff, { item: like.item, quantity: 1, expiry: firstExpiry(view, like.item), donor: like.donor })
}

export function lineOf(staff: Staff, line: number): CountedLine | undefined {
  return staff.lines.find((counted) => counted.line === line)
}

export function setLine(staff: Staff, line: number, change: Partial<Omit<CountedLine, 'line' | 'item'>>): Staff {
  return { ...staff, lines: staff.lines.map((counted) => (counted.line === line ? { ...counted, ...change } : counted)) }
}

export function removeLine(staff: Staff, line: number): Staff {
  return { ...staff, lines: staff.lines.filter((counted) => counted.line !== line) }
}

export function withinUnits(quantity: number): number {
  return Math.min(RESTOCK_UNITS_MAX, Math.max(1, quantity))
}

function addLine(staff: Staff, counted: Omit<CountedLine, 'line'>): { staff: Staff; line: number } | null {
  if (staff.lines.length >= RESTOCK_LINES_MAX) return null
  const line = staff.nextLine
  return { staff: { ...staff, lines: [...staff.lines, { ...counted, line }], nextLine: line + 1 }, line }
}

/** What spoils needs a date said; of an item that the shelf does not list it is not known, so somebody says it. */
function firstExpiry(view: KioskView, item: string): CountedLine['expiry'] {
  const entry = view.shelf.find((listed) => listed.item === item)
  return entry === undefined || entry.perishable ? 'unset' : 'none'
}

/** Surely spoils: "does not expire" is not offered. */
export function isPerishable(view: KioskView, item: string): boolean {
  return view.shelf.find((listed) => listed.item === item)?.perishable ?? false
}

// ── dates ──

export function todayOf(state: FlowState): number {
  return dayOf(state.wallMs, state.view?.utcOffsetMinutes ?? 480)
}

/** The same date so many months on, or that month's last day. */
export function dayInMonths(day: number, months: number): number {
  const { year, month, dayOfMonth } = civilOfDay(day)
  const monthIndex = month - 1 + months
  const first = { year: year + Math.floor(monthIndex / 12), month: (monthIndex % 12) + 1, dayOfMonth: 1 }
  const next = first.month === 12 ? { year: first.year + 1, month: 1, dayOfMonth: 1 } : { ...first, month: first.month + 1 }
  const firstDay = dayOfCivil(first)
  return Math.min(firstDay + dayOfMonth - 1, dayOfCivil(next) - 1)
}

/** "20270131" as a day, or null where there is none. */
export function dayOfDigits(digits: string): number | null {
  if (!/^\d{8}$/.test(digits)) return null
  return dayOfTypedDate(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8)))
}

// ── before the commit ──

export type LineProblem = 'needs_expiry' | 'expired'

export function problemOf(counted: CountedLine, today: number): LineProblem | null {
  if (counted.expiry === 'unset') return 'needs_expiry'
  return counted.expiry !== 'none' && counted.expiry.day < today ? 'expired' : null
}

export function restockLines(staff: Staff): KioskInput<'restock'>['lines'] {
  return staff.lines.map(({ item, quantity, expiry, donor }) => ({ item, quantity, expiryDay: typeof expiry === 'object' ? expiry.day : null, donor }))
}
