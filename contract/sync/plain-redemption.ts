// The body of a redemption as every station writes it, recognised by hand: the fact that comes most often, and the schema takes
// ten times as long. Says yes only to what the schema takes too, as it is; whatever it does not recognise is the schema's to
// judge (a test asks both of generated bodies). Pure.

import type { EventBody } from './event-bodies.ts'

type Redemption = EventBody<'redemption.recorded/1'>

const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
const ITEM = /^[a-z0-9][a-z0-9-]{0,63}$/
const RECEIPT = /^\d{1,10}-\d{5,16}-[0-9A-Z]$/
const FIELDS = 5
const LINE_FIELDS = 4
const POINTS_MAX = 1_000_000
const UNITS_MAX = 100_000
const LINES_MAX = 50
const LOTS_MAX = 100

export function isPlainRedemption(body: unknown): body is Redemption {
  if (!isObject(body) || Object.keys(body).length !== FIELDS) return false
  const { request, rider, points, receipt, lines } = body
  return (
    isText(request, UUID) && isText(rider, UUID) && isWithin(points, 0, POINTS_MAX) && isText(receipt, RECEIPT) && isList(lines, LINES_MAX) && lines.every(isPlainLine)
  )
}

function isPlainLine(line: unknown): boolean {
  if (!isObject(line) || Object.keys(line).length !== LINE_FIELDS) return false
  const { item, quantity, points, lots } = line
  return isText(item, ITEM) && isWithin(quantity, 1, UNITS_MAX) && isWithin(points, 0, POINTS_MAX) && isList(lots, LOTS_MAX) && lots.every(isPlainLot)
}

function isPlainLot(lot: unknown): boolean {
  return Array.isArray(lot) && lot.length === 2 && isWithin(lot[0], 1, Number.MAX_SAFE_INTEGER) && isWithin(lot[1], 1, UNITS_MAX)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value)
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}

function isList(value: unknown, lengthMax: number): value is unknown[] {
  return Array.isArray(value) && value.length >= 1 && value.length <= lengthMax
}
