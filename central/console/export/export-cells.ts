// One row of a table as cells: numbers stay numbers, times are the district's wall clock, words are those that came with the
// question. What a column does not find is empty.

import type { ExportColumn } from '../../../contract/console/export.ts'
import { civilOfDay, dayOf } from '../../../domain/calendar.ts'

export type ExportCell =
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  /** `serial`: days since 1899-12-30, as spreadsheets count. */
  | { kind: 'time'; text: string; serial: number }

export interface CellWords {
  language: 'zh' | 'en'
  utcOffsetMinutes: number
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const SERIAL_OF_1970 = 25_569
/** What a spreadsheet's cell takes. */
const TEXT_SIGNS_MAX = 32_000
/** As all doors call a moment: `atMs`, `postedAtMs`, `untilMs`. A span (`clockOffsetMs`) is a number. */
const MOMENT = /^(?:at|until)Ms$|AtMs$/
const two = (count: number): string => String(count).padStart(2, '0')

export function cellsOf(row: Readonly<Record<string, unknown>>, columns: readonly ExportColumn[], words: CellWords): ExportCell[] {
  return columns.map(({ key, words: named }) => cellOf(row[key], key, named ?? {}, words))
}

function cellOf(value: unknown, key: string, named: Readonly<Record<string, string>>, { language, utcOffsetMinutes }: CellWords): ExportCell {
  if (typeof value === 'number') return MOMENT.test(key) ? timeCell(value, utcOffsetMinutes) : key.endsWith('Day') ? text(dayWords(value)) : { kind: 'number', value }
  if (typeof value === 'string' || typeof value === 'boolean') return text(Object.hasOwn(named, String(value)) ? (named[String(value)] ?? '') : String(value))
  if (typeof value === 'object' && value !== null) return text(isBilingual(value) ? value[language] : JSON.stringify(value))
  return text('')
}

function text(value: string): ExportCell {
  return { kind: 'text', value: value.slice(0, TEXT_SIGNS_MAX) }
}

function isBilingual(value: object): value is { zh: string; en: string } {
  return 'zh' in value && 'en' in value && typeof value.zh === 'string' && typeof value.en === 'string'
}

function timeCell(atMs: number, utcOffsetMinutes: number): ExportCell {
  const minutes = Math.floor((atMs + utcOffsetMinutes * MINUTE_MS) / MINUTE_MS) % 1440
  return {
    kind: 'time',
    text: `${dayWords(dayOf(atMs, utcOffsetMinutes))} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
    serial: (atMs + utcOffsetMinutes * MINUTE_MS) / DAY_MS + SERIAL_OF_1970,
  }
}

function dayWords(day: number): string {
  const { year, month, dayOfMonth } = civilOfDay(day)
  return `${year}-${two(month)}-${two(dayOfMonth)}`
}
