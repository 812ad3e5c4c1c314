// The demo data is checked as a whole, without a database: counts, references, check digits, money, contrast. What
// resources/demo/README.md says of a key is what stands here.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import donors from '../../resources/demo/donors.json' with { type: 'json' }
import items from '../../resources/demo/items.json' with { type: 'json' }
import riders from '../../resources/demo/riders.json' with { type: 'json' }
import rules from '../../resources/demo/rules.json' with { type: 'json' }
import services from '../../resources/demo/services.json' with { type: 'json' }
import staff from '../../resources/demo/staff.json' with { type: 'json' }
import stations from '../../resources/demo/stations.json' with { type: 'json' }

const RESOURCES = join(import.meta.dirname, '../../resources')
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const PAPER = '#FAF6EF'
const INK = '#1D1A17'
const WHITE = '#FFFFFF'

interface DemoLot {
  quantity: number
  expiresInDays: number | null
  donor: string | null
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

function countBy<T>(rows: readonly T[], keyOf: (row: T) => string | number): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) {
    const key = String(keyOf(row))
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/** EAN-13, EAN-8 and UPC-A share one rule: from the right, weights 1 and 3, a multiple of ten. */
function hasRightCheckDigit(code: string): boolean {
  const digits = Array.from(code, Number).toReversed()
  return digits.reduce((sum, digit, index) => sum + digit * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0
}

function symbologyOf(code: string): string {
  if (/^69\d{11}$/.test(code)) return 'EAN-13'
  if (/^\d{12}$/.test(code)) return 'UPC-A'
  if (/^69\d{6}$/.test(code)) return 'EAN-8'
  if (/^HW-\d{5}$/.test(code)) return 'Code 128'
  return `unexpected ${code}`
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function stockWorthYuan(station: (typeof stations)[number]): number {
  const costFen = new Map(items.map((item) => [item.id, item.costFen]))
  const lots = station.stock.flatMap((row) => row.lots.map((lot) => lot.quantity * (costFen.get(row.item) ?? Number.NaN)))
  return lots.reduce((sum, fen) => sum + fen, 0) / 100
}

function pointsEarnedInHistory(rider: (typeof riders)[number]): number {
  const ACTIVITY_HOURS = 2
  return rider.services.reduce((sum, habit) => {
    const service = services.find((row) => row.id === habit.service)
    if (service === undefined) return Number.NaN
    const once = service.per === 'hour' ? service.points * ACTIVITY_HOURS : service.points
    return sum + Math.min(once, service.capPerActivity ?? once) * habit.perMonth * rules.historyMonths
  }, 0)
}

function unitsOnShelf(item: string): number {
  const row = stations[0]?.stock.find((line) => line.item === item)
  return (row?.lots ?? []).reduce((sum, lot) => sum + lot.quantity, 0)
}

test('the demo is sized like the real programmes', () => {
  expect({
    stations: stations.length,
    brands: new Set(stations.map((station) => station.brand.key)).size,
    riders: riders.length,
    platforms: Object.keys(countBy(riders, (rider) => rider.platform)).toSorted(),
    items: items.length,
    services: services.length,
    donors: donors.length,
  }).toEqual({ stations: 2, brands: 2, riders: 30, platforms: ['eleme', 'meituan'], items: 24, services: 10, donors: 8 })
})

test('every id is a UUID and stands once', () => {
  const ids = [...stations, ...riders, ...staff, ...donors].map((row) => row.id)
  expect(ids.filter((id) => !UUID.test(id))).toEqual([])
  expect(repeated(ids)).toEqual([])
  expect(repeated(items.map((item) => item.id))).toEqual([])
  expect(repeated(services.map((service) => service.id))).toEqual([])
})

test('an item costs 20, 50 or 100 points, and exactly one costs 500', () => {
  const { 20: twenty = 0, 50: fifty = 0, 100: hundred = 0, ...dearer } = countBy(items, (item) => item.pricePoints)
  expect(twenty + fifty + hundred).toBe(23)
  expect(Math.min(twenty, fifty, hundred)).toBeGreaterThan(0)
  expect(dearer).toEqual({ 500: 1 })
})

test('an item has a kebab-case id, a short Chinese name, a known category, tint and limit', () => {
  const odd = items.filter(
    (item) =>
      !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(item.id) ||
      Array.from(item.zh).filter((sign) => /\p{Script=Han}/u.test(sign)).length > 8 ||
      item.en.length > 20 ||
      !['road', 'home', 'food', 'care'].includes(item.category) ||
      !['sky', 'leaf', 'clay', 'sand'].includes(item.tint) ||
      (item.limit !== null && (!['day', 'week', 'month', 'halfyear'].includes(item.limit.period) || item.limit.quantity < 1)),
  )
  expect(odd).toEqual([])
})

test('every barcode stands once, has its right check digit, and every kind of code a scanner meets is there', () => {
  const codes = items.flatMap((item) => item.barcodes.map((barcode) => barcode.code))
  expect(repeated(codes)).toEqual([])
  expect(codes.filter((code) => /^\d+$/.test(code) && !hasRightCheckDigit(code))).toEqual([])
  const { 'EAN-13': ean13 = 0, ...others } = countBy(codes, symbologyOf)
  expect(others).toEqual({ 'UPC-A': 1, 'EAN-8': 1, 'Code 128': 1 })
  expect(ean13).toBeGreaterThanOrEqual(items.length)
  expect(items.filter((item) => item.barcodes[0]?.units !== 1)).toEqual([])
  expect(items.some((item) => item.barcodes.some((barcode) => barcode.units === 12))).toBe(true)
  expect(items.some((item) => item.barcodes.filter((barcode) => barcode.units === 1).length > 1)).toBe(true)
})

test('every item has a picture of its own, and no picture is left over', () => {
  const pictures = items.map((item) => item.picture)
  expect(repeated(pictures)).toEqual([])
  expect(readdirSync(join(RESOURCES, 'items')).toSorted()).toEqual(pictures.toSorted())
})

test('station 1 opens with goods worth about ten thousand yuan, some low, one sold out', () => {
  const [nanhu] = stations
  expect(nanhu === undefined ? 0 : stockWorthYuan(nanhu)).toBeGreaterThanOrEqual(9_000)
  expect(nanhu === undefined ? 0 : stockWorthYuan(nanhu)).toBeLessThanOrEqual(11_000)
  const low = items
    .map((item) => ({ item: item.id, units: unitsOnShelf(item.id) }))
    .filter((row) => row.units <= rules.lowStockUnits)
  expect(low).toEqual([
    { item: 'helmet', units: 1 },
    { item: 'thermos-flask', units: 0 },
    { item: 'hand-cream', units: 2 },
  ])
})

test('perishable goods, and only they, have lots that expire; one lot has five days left', () => {
  const perishable = new Map(items.map((item) => [item.id, item.perishable]))
  const rows = stations.flatMap((station) => station.stock)
  const odd = rows.filter((row) => row.lots.some((lot) => (lot.expiresInDays !== null) !== perishable.get(row.item)))
  expect(odd).toEqual([])
  const soonest = rows.flatMap((row) => row.lots.map((lot) => lot.expiresInDays ?? Number.POSITIVE_INFINITY))
  expect(Math.min(...soonest)).toBe(5)
  const foodAndCare = items.filter((item) => item.category === 'food' || item.category === 'care')
  expect(foodAndCare.every((item) => item.perishable)).toBe(true)
  expect(rows.filter((row) => row.lots.length > 1 && perishable.get(row.item)).length).toBeGreaterThanOrEqual(6)
})

test('every station stocks each item once, and what is named elsewhere exists', () => {
  const itemIds = items.map((item) => item.id)
  const donorIds = new Set(donors.map((donor) => donor.id))
  const serviceIds = new Set(services.map((service) => service.id))
  const numbers = new Set(stations.map((station) => station.number))
  for (const station of stations) expect(station.stock.map((row) => row.item)).toEqual(itemIds)
  const lots = stations.flatMap((station) => station.stock.flatMap((row): readonly DemoLot[] => row.lots))
  expect(lots.filter((lot) => lot.quantity < 1 || (lot.donor !== null && !donorIds.has(lot.donor)))).toEqual([])
  expect(riders.flatMap((rider) => rider.services).filter((habit) => !serviceIds.has(habit.service) || habit.perMonth < 1)).toEqual([])
  expect(riders.filter((rider) => !numbers.has(rider.homeStation))).toEqual([])
  expect(staff.filter((person) => !numbers.has(person.station) || !/^\d{6}$/.test(person.pin))).toEqual([])
  expect(stations.filter((station) => !existsSync(join(RESOURCES, 'icons', `${station.brand.mark}.svg`)))).toEqual([])
})

test('the colours of a brand can be read: accent for shapes, deep accent for text, tint under ink', () => {
  const measured = stations.flatMap(({ brand }) => [
    { pair: `${brand.key} accent on paper`, least: 3, ratio: contrast(brand.accent, PAPER) },
    { pair: `${brand.key} accent on tint`, least: 3, ratio: contrast(brand.accent, brand.tint) },
    { pair: `${brand.key} deep accent on paper`, least: 7, ratio: contrast(brand.accentDeep, PAPER) },
    { pair: `${brand.key} deep accent on tint`, least: 7, ratio: contrast(brand.accentDeep, brand.tint) },
    { pair: `${brand.key} white on deep accent`, least: 7, ratio: contrast(WHITE, brand.accentDeep) },
    { pair: `${brand.key} ink on tint`, least: 7, ratio: contrast(INK, brand.tint) },
  ])
  expect(measured.filter((row) => row.ratio < row.least)).toEqual([])
})

test('the riders bring the names and the states that screens must survive', () => {
  expect({
    suspended: riders.filter((rider) => rider.status === 'suspended').map((rider) => rider.demo),
    lostCard: riders.filter((rider) => rider.cardLost).map((rider) => [rider.demo, rider.card]),
    hidesBalance: riders.some((rider) => rider.hideBalance),
    compoundSurname: riders.some((rider) => rider.name.startsWith('欧阳')),
    uyghurName: riders.filter((rider) => rider.name.includes('·')).length >= 5,
    rareHanzi: riders.some((rider) => rider.name.includes('䶮')),
    lengths: [2, 3, 4].every((length) => riders.some((rider) => Array.from(rider.name).length === length)),
  }).toEqual({
    suspended: ['suspended'],
    lostCard: [['lost-card', 2]],
    hidesBalance: true,
    compoundSurname: true,
    uyghurName: true,
    rareHanzi: true,
    lengths: true,
  })
  expect(repeated([...riders, ...staff].flatMap((person) => ('demo' in person ? [person.demo] : [])))).toEqual([])
  expect(riders.filter((rider) => !/^\d{4}$/.test(rider.phoneTail))).toEqual([])
})

test('by the earning rules 张伟强 can afford the dearest item, 李娜 a dear one, 肉孜艾力 nothing yet', () => {
  const [zhang, li, rouzi] = riders.slice(0, 3)
  expect([zhang?.demo, li?.demo, rouzi?.demo]).toEqual(['zhang', 'li', 'rouzi'])
  const [rich, middling, short] = [zhang, li, rouzi].map((rider) => (rider === undefined ? Number.NaN : pointsEarnedInHistory(rider)))
  expect(rich).toBeGreaterThan(500)
  expect(middling).toBeGreaterThan(100)
  expect(middling).toBeLessThan(200)
  expect(short).toBeGreaterThan(0)
  expect(short).toBeLessThan(20)
})

test('the rules are plain whole numbers above zero', () => {
  expect(Object.entries(rules).filter(([, value]) => !Number.isInteger(value) || value <= 0)).toEqual([])
})
