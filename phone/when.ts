// How a page names a time to come: today, tomorrow, or the day with its weekday; in the district's time, wherever the phone is.

import { civilOfDay, dayOf, dayStartMs } from '../domain/calendar.ts'
import type { PhoneWords } from './text/catalogue.ts'

const MINUTE_MS = 60_000

export interface Now {
  nowMs: number
  utcOffsetMinutes: number
}

export function sayDate(day: number, words: PhoneWords): string {
  return words.trainings.date(civilOfDay(day), words.trainings.weekdays[(((day + 3) % 7) + 7) % 7] ?? '')
}

/** 0: today, 1: tomorrow. */
export function daysUntil(atMs: number, { nowMs, utcOffsetMinutes }: Now): number {
  return dayOf(atMs, utcOffsetMinutes) - dayOf(nowMs, utcOffsetMinutes)
}

export function sayMoment(atMs: number, now: Now, words: PhoneWords): string {
  const inDays = daysUntil(atMs, now)
  const day = inDays === 0 ? words.trainings.today : inDays === 1 ? words.trainings.tomorrow : sayDate(dayOf(atMs, now.utcOffsetMinutes), words)
  return `${day} ${clock(atMs, now)}`
}

export function saySpan({ startsAtMs, endsAtMs }: { startsAtMs: number; endsAtMs: number }, now: Now, words: PhoneWords): string {
  return `${sayMoment(startsAtMs, now, words)}–${clock(endsAtMs, now)}`
}

/** "09:30" */
function clock(atMs: number, { utcOffsetMinutes }: Now): string {
  const minutes = Math.floor((atMs - dayStartMs(dayOf(atMs, utcOffsetMinutes), utcOffsetMinutes)) / MINUTE_MS)
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
