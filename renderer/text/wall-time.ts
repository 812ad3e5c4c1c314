// Wall-clock times as numbers of the station's own calendar, for the catalogues to put into words. Pure: no Intl, no clock,
// so that every machine writes the same.

import { civilOfDay, type CivilDate, dayOf, dayStartMs } from '../../domain/calendar.ts'
import type { PartOfDay } from './catalogue.ts'

const MINUTE_MS = 60_000

export function civilDateAt(wallMs: number, utcOffsetMinutes: number): CivilDate {
  return civilOfDay(dayOf(wallMs, utcOffsetMinutes))
}

export function minuteOfDay(wallMs: number, utcOffsetMinutes: number): number {
  return Math.floor((wallMs - dayStartMs(dayOf(wallMs, utcOffsetMinutes), utcOffsetMinutes)) / MINUTE_MS)
}

/** "14:06", by the 24-hour clock in both languages. */
export function timeOfDay(wallMs: number, utcOffsetMinutes: number): string {
  const minutes = minuteOfDay(wallMs, utcOffsetMinutes)
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
}

/** "1:05"; whole seconds, none below zero. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(whole / 60)}:${twoDigits(whole % 60)}`
}

export function partOfDay(wallMs: number, utcOffsetMinutes: number): PartOfDay {
  const hour = Math.floor(minuteOfDay(wallMs, utcOffsetMinutes) / 60)
  if (hour < 5 || hour >= 23) return 'night'
  if (hour < 11) return 'morning'
  if (hour < 13) return 'noon'
  if (hour < 18) return 'afternoon'
  return 'evening'
}

export function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
