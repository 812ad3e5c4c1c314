// Half a year of a rider's points, by rule: what he earned with his services, what he took for it, in the order it happened.
// Pure: the same rider on the same day has the same past. Never below zero at any moment, and nothing taken in a period that
// is still running counts against a limit today, so a demo rider finds his limits free.
//
// Three riders end where the screens want them: 张伟强 with 126 points (the 500 item lacks 374), 李娜 with 640 (enough for it),
// 肉孜艾力 with 15 (nothing yet). What their services alone would not give stands as their first entry, carried over from the
// paper book; all others begin at zero and spend about half.

import { dayStartMs, periodStartDay } from '../../domain/calendar.ts'
import { DEMO, DEMO_ITEMS, DEMO_SERVICES, type DemoItem, type DemoRider, type DemoService, UTC_OFFSET_MINUTES } from './demo-data.ts'
import { type Draw, drawFrom } from './demo-draw.ts'

export interface PastEntry {
  id: string
  atMs: number
  /** Above zero: earned; below: spent. */
  points: number
  reason: 'opening' | 'service' | 'training' | 'report' | 'redemption'
  what: { zh: string; en: string } | null
  lines: { item: string; quantity: number; points: number }[]
}

const ENDS: Readonly<Record<string, { opening: number; balance: number }>> = {
  zhang: { opening: 2, balance: 126 },
  li: { opening: 570, balance: 640 },
  rouzi: { opening: 3, balance: 15 },
}
const OPENING = { zh: '旧积分册转入', en: 'Carried over from the paper book' }

const MONTH_DAYS = 30
/** The last one lies more than a week back, so what is limited by the week is free today. */
const VISIT_DAYS = [8, 21]
const HOUR_MS = 3_600_000
/** The last few are never skipped: what is due must fit into their carts. */
const CLOSING_VISITS = 4
const LINES_MAX = 6
/** Prices are 20, 50, 100 (and one 500): these remainders could never be spent. */
const DEAD_ENDS = new Set([10, 30])

export function makePast(rider: DemoRider, today: number): PastEntry[] {
  const draw = drawFrom(`${rider.id}/${today}`)
  const firstDay = today - DEMO.rules.historyMonths * MONTH_DAYS
  const end = ENDS[rider.demo ?? '']
  const earned = earnings(rider, firstDay, draw)
  if (end !== undefined && end.opening > 0) earned.push(entryAt(draw, firstDay, 8, { points: end.opening, reason: 'opening', what: OPENING, lines: [] }))
  earned.sort((left, right) => left.atMs - right.atMs)
  const total = earned.reduce((sum, entry) => sum + entry.points, 0)
  const toSpend = end === undefined ? Math.floor((total * (40 + draw.number(30))) / 2000) * 20 : total - end.balance
  return [...earned, ...redemptions(earned, toSpend, firstDay, today, draw)].toSorted((left, right) => left.atMs - right.atMs)
}

function earnings(rider: DemoRider, firstDay: number, draw: Draw): PastEntry[] {
  return rider.services.flatMap(({ service: id, perMonth }) => {
    const service = DEMO_SERVICES.find((candidate) => candidate.id === id)
    if (service === undefined) throw new Error(`the demo has no service ${id}`)
    const what = { zh: service.zh, en: service.en }
    return Array.from({ length: perMonth * DEMO.rules.historyMonths }, (_, index) => {
      const day = firstDay + Math.floor(index / perMonth) * MONTH_DAYS + draw.number(MONTH_DAYS)
      return entryAt(draw, day, 9 + draw.number(10), { points: pointsOnce(service), reason: reasonOf(service), what, lines: [] })
    })
  })
}

function pointsOnce(service: DemoService): number {
  const ACTIVITY_HOURS = 2
  const once = service.per === 'hour' ? service.points * ACTIVITY_HOURS : service.points
  return Math.min(once, service.capPerActivity ?? once)
}

function reasonOf(service: DemoService): PastEntry['reason'] {
  if (service.id.endsWith('_training')) return 'training'
  return service.per === 'report' ? 'report' : 'service'
}

/** At most two visits a month, each spending what is due by then, of what the rider has at that moment. */
function redemptions(earned: readonly PastEntry[], toSpend: number, firstDay: number, today: number, draw: Draw): PastEntry[] {
  const taken: { item: string; day: number; quantity: number }[] = []
  const made: PastEntry[] = []
  const visits = DEMO.rules.historyMonths * VISIT_DAYS.length
  let left = toSpend
  for (let visit = 0; visit < visits; visit += 1) {
    const day = firstDay + Math.floor(visit / VISIT_DAYS.length) * MONTH_DAYS + (VISIT_DAYS[visit % VISIT_DAYS.length] ?? 0)
    const isLast = visit === visits - 1
    if (visit < visits - CLOSING_VISITS && draw.number(3) === 0) continue
    const atMs = dayStartMs(day, UTC_OFFSET_MINUTES) + 20 * HOUR_MS
    const spent = toSpend - left
    const due = Math.ceil((toSpend * (visit + 1)) / visits) - spent
    const has = earned.reduce((sum, entry) => (entry.atMs < atMs ? sum + entry.points : sum), 0) - spent
    const lines = fillCart({ due: Math.min(due, has), left, isLast, day, today, taken }, draw)
    const points = lines.reduce((sum, line) => sum + line.points, 0)
    if (points === 0) continue
    left -= points
    made.push(entryAt(draw, day, 20, { points: -points, reason: 'redemption', what: null, lines }))
  }
  return made
}

interface Visit {
  /** What should be spent by now and can be. */
  due: number
  /** What is to be spent over all visits. */
  left: number
  /** No visit comes after it, so what is taken must lead to exactly nothing left. */
  isLast: boolean
  day: number
  today: number
  taken: { item: string; day: number; quantity: number }[]
}

function fillCart(visit: Visit, draw: Draw): PastEntry['lines'] {
  const lines: PastEntry['lines'] = []
  let { due, left } = visit
  while (lines.reduce((sum, line) => sum + line.quantity, 0) < DEMO.rules.cartUnitsMax) {
    const choices = DEMO_ITEMS.filter(
      (item) =>
        item.pricePoints <= due && item.pricePoints < 500 && !DEAD_ENDS.has(left - item.pricePoints) && mayTake(item, visit) &&
        (!visit.isLast || item.pricePoints % 20 === left % 20) && (lines.length < LINES_MAX || lines.some((line) => line.item === item.id)),
    )
    // Much to spend goes on dear things, and an odd ten on something at 50, or the cart would be full before it is spent.
    const favoured = choices.filter((item) => (left % 20 === 0 ? item.pricePoints * 4 >= due : item.pricePoints % 20 === 10))
    const among = favoured.length > 0 ? favoured : choices
    const item = among[draw.number(Math.max(1, among.length))]
    if (item === undefined) return lines
    due -= item.pricePoints
    left -= item.pricePoints
    visit.taken.push({ item: item.id, day: visit.day, quantity: 1 })
    const line = lines.find((candidate) => candidate.item === item.id)
    if (line === undefined) lines.push({ item: item.id, quantity: 1, points: item.pricePoints })
    else {
      line.quantity += 1
      line.points += item.pricePoints
    }
  }
  return lines
}

/** Within the item's limit on that day, and in a period that is over today. */
function mayTake(item: DemoItem, { day, today, taken }: Visit): boolean {
  if (item.limit === null) return true
  const { period, quantity } = item.limit
  const start = periodStartDay(period, day)
  if (start === periodStartDay(period, today)) return false
  const had = taken.filter((other) => other.item === item.id && periodStartDay(period, other.day) === start)
  return had.reduce((sum, other) => sum + other.quantity, 0) < quantity
}

function entryAt(draw: Draw, day: number, hour: number, entry: Omit<PastEntry, 'id' | 'atMs'>): PastEntry {
  const atMs = dayStartMs(day, UTC_OFFSET_MINUTES) + hour * HOUR_MS + draw.number(HOUR_MS)
  return { id: draw.uuid(atMs), atMs, ...entry }
}
