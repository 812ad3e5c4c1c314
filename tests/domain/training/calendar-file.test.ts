// The calendar file by the letter of RFC 5545: lines, folds, signs that mean something, and what a changed training does to it.

import { expect, test } from 'vitest'
import { type CalendarEntry, calendarFile } from '../../../domain/training/calendar-file.ts'

const ENTRY: CalendarEntry = {
  id: '0190b5a2-0000-7000-8000-0000000000e1', revision: 3, host: 'boai-station', title: '心肺复苏（CPR）实操', place: '南湖驿站 活动室', notes: '', startsAtMs: Date.UTC(2026, 10, 29, 6, 5, 9), endsAtMs: Date.UTC(2026, 11, 1, 8),
  isCancelled: false, nowMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678), remindMs: 2 * 3_600_000,
}
/** As a calendar reads it. */
const linesOf = (text: string): string[] => text.replace(/\r\n[ \t]/g, '').split('\r\n')

test('a training has its times in UTC, its place and a reminder; lines end as they must', () => {
  const text = calendarFile(ENTRY)
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(linesOf(text)).toEqual([
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Boai Station//Trainings//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', 'BEGIN:VEVENT', `UID:${ENTRY.id}@boai-station`, 'SEQUENCE:3',
    'DTSTAMP:20260102T030405Z', 'DTSTART:20261129T060509Z', 'DTEND:20261201T080000Z', 'SUMMARY:心肺复苏（CPR）实操', 'LOCATION:南湖驿站 活动室', 'STATUS:CONFIRMED',
    'BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:心肺复苏（CPR）实操', 'TRIGGER:-PT120M', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', '',
  ])
})

test('one that was cancelled says so and why, and speaks up no more', () => {
  const lines = linesOf(calendarFile({ ...ENTRY, isCancelled: true, notes: '老师病了' }))
  expect(lines).toContain('STATUS:CANCELLED')
  expect(lines).toContain('DESCRIPTION:老师病了')
  expect(lines).not.toContain('BEGIN:VALARM')
})

test('signs that mean something are written so that they do not, and nobody adds a line of his own', () => {
  const lines = linesOf(calendarFile({ ...ENTRY, title: 'a;b,c\\d\r\nBEGIN:VEVENT\nX\rY' }))
  expect(lines).toContain(String.raw`SUMMARY:a\;b\,c\\d\nBEGIN:VEVENT\nX\nY`)
  expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1)
})

test('no line is longer than 75 bytes, no sign is cut in two, and read back it is what it was', () => {
  for (const title of ['长'.repeat(200), '🛵'.repeat(90), 'é'.repeat(150), 'a'.repeat(300), `${'x'.repeat(66)}🛵🛵`]) {
    const text = calendarFile({ ...ENTRY, title })
    const bytes = text.split('\r\n').map((line) => new TextEncoder().encode(line).length)
    expect(Math.max(...bytes)).toBeLessThanOrEqual(75)
    expect(text.split('\r\n').every((line) => !/[\uD800-\uDBFF]$/.test(line))).toBe(true)
    expect(linesOf(text)).toContain(`SUMMARY:${title}`)
  }
})
