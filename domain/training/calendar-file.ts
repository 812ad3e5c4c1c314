// A training as a calendar file (RFC 5545) that phones take into their calendars. The same training keeps its id and counts its
// changes, so that one that was moved or cancelled replaces the one that was taken before. Holds nothing of who takes part.

import { civilOfDay, dayOf, dayStartMs } from '../calendar.ts'

export interface CalendarEntry {
  /** Unique in the world and the same after every change. */
  id: string
  /** Rises with every change. */
  revision: number
  /** Of whoever gives it. */
  host: string
  title: string
  place: string
  notes: string
  startsAtMs: number
  endsAtMs: number
  isCancelled: boolean
  /** When the file is made. */
  nowMs: number
  /** So long before the start the phone speaks up. */
  remindMs: number
}

const LINE_BYTES_MAX = 75
const MINUTE_MS = 60_000

/** Lines end with CR LF and are folded at 75 bytes; times are in UTC, so no table of time zones is needed. */
export function calendarFile(entry: CalendarEntry): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Boai Station//Trainings//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${entry.id}@${entry.host}`,
    `SEQUENCE:${entry.revision}`,
    `DTSTAMP:${utc(entry.nowMs)}`,
    `DTSTART:${utc(entry.startsAtMs)}`,
    `DTEND:${utc(entry.endsAtMs)}`,
    `SUMMARY:${escaped(entry.title)}`,
    `LOCATION:${escaped(entry.place)}`,
    ...(entry.notes === '' ? [] : [`DESCRIPTION:${escaped(entry.notes)}`]),
    `STATUS:${entry.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(entry.isCancelled ? [] : ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(entry.title)}`, `TRIGGER:-PT${Math.round(entry.remindMs / MINUTE_MS)}M`, 'END:VALARM']),
    'END:VEVENT', 'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** "20261129T010000Z" */
function utc(atMs: number): string {
  const { year, month, dayOfMonth } = civilOfDay(dayOf(atMs, 0))
  const seconds = Math.floor((atMs - dayStartMs(dayOf(atMs, 0), 0)) / 1000)
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${String(year).padStart(4, '0')}${two(month)}${two(dayOfMonth)}T${two(Math.floor(seconds / 3600))}${two(Math.floor(seconds / 60) % 60)}${two(seconds % 60)}Z`
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|\r|\n/g, '\\n')
}

/** Never inside a character: some calendars do not put its bytes together again. */
function folded(line: string): string {
  let folds = ''
  let bytes = 0
  for (const sign of line) {
    const size = utf8Bytes(sign.codePointAt(0) ?? 0)
    if (bytes + size > LINE_BYTES_MAX) {
      folds += '\r\n '
      // The blank that says that the line goes on counts too.
      bytes = 1
    }
    folds += sign
    bytes += size
  }
  return folds
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}
