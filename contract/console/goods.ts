// Goods: what is offered for how many points, and what lies on which shelf, how long it will last and what should be brought.

import { z } from 'zod'
import { bilingual, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'

const count = z.int().min(0)
const itemId = z.string().max(64)
export const LIMIT_PERIODS = ['day', 'week', 'month', 'halfyear'] as const
const limit = z.strictObject({ quantity: z.int().min(1).max(1_000), period: z.enum(LIMIT_PERIODS) }).nullable()

const itemRow = z.strictObject({ id: itemId, name: bilingual, category: z.string(), pricePoints: z.int(), isOffered: z.boolean(), limit, unitsOnHand: z.int() })
export type ItemRow = z.infer<typeof itemRow>
export const itemsDoor = tableDoor('items', { sorts: ['position', 'price'], filters: { offered: ['true', 'false'] }, row: itemRow })

const itemTerms = z.strictObject({ pricePoints: z.int().min(0).max(100_000), isOffered: z.boolean(), limit })
export const changeItemDoor = consoleDoor('change-item', z.strictObject({ item: itemId, before: itemTerms, after: itemTerms }), nothing)

export const STOCK_NEEDS = ['out', 'low', 'soon_out', 'enough'] as const
/** `daysLeft`: at the pace of the last four weeks; null where nothing was taken. `bring`: to last for the next four. */
const stockRow = z.strictObject({
  station: rowId, stationName: bilingual, number: z.int(), item: itemId, itemName: bilingual, onHand: z.int(), takenUnits: count, daysLeft: count.nullable(), nextExpiryDay: z.int().nullable(),
  need: z.enum(STOCK_NEEDS), bring: count,
})
export type StockRow = z.infer<typeof stockRow>
export const stockDoor = tableDoor('stock', { sorts: ['daysLeft', 'station', 'onHand'], filters: { need: ['refill', ...STOCK_NEEDS], station: 'id' }, row: stockRow })
