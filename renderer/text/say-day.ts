// "今天", "明天", or the day with its weekday, and when on it: how every screen names a time to come.

import { civilOfDay, dayOf } from '../../domain/calendar.ts'
import type { Catalogue } from './catalogue.ts'

/** Short: "今天", "明天", "11月28日 周六". */
export function sayDay(day: number, today: number, text: Catalogue): string {
  if (day === today) return text.trainings.today
  if (day === today + 1) return text.trainings.tomorrow
  return text.monthDay(civilOfDay(day), weekdayOf(day, text))
}

export function sayMoment(atMs: number, today: number, utcOffsetMinutes: number, text: Catalogue): string {
  return `${sayDay(dayOf(atMs, utcOffsetMinutes), today, text)} ${text.time(atMs, utcOffsetMinutes)}`
}

export function weekdayOf(day: number, text: Catalogue): string {
  return text.trainings.weekdays[(((day + 3) % 7) + 7) % 7] ?? ''
}
