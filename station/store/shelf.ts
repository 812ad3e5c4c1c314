// What stands on the shelf: the catalogue's items and this station's own lots. Stock is the sum of lots; nobody else may
// move it (invariant 6).

import type { Period } from '../../domain/calendar.ts'
import type { ShelfLot } from '../../domain/lots.ts'
import type { OfferedItem } from '../../domain/redemption.ts'
import type { RestockableItem } from '../../domain/restock.ts'
import type { Reader } from './database.ts'

interface ItemRow {
  id: string
  nameZh: string
  nameEn: string
  category: 'road' | 'home' | 'food' | 'care'
  pricePoints: number
  picture: string
  tint: 'sky' | 'leaf' | 'clay' | 'sand'
  limitQuantity: number | null
  limitPeriod: Period | null
  perishable: number
}

export interface CatalogueItem extends OfferedItem, RestockableItem {
  name: { zh: string; en: string }
  category: ItemRow['category']
  picture: string
  tint: ItemRow['tint']
}

const ITEM_COLUMNS = `id, name_zh AS nameZh, name_en AS nameEn, category, price_points AS pricePoints, picture, tint,
  limit_quantity AS limitQuantity, limit_period AS limitPeriod, perishable`

/** Everything the catalogue offers, in shelf order. */
export function offeredItems(reader: Reader): CatalogueItem[] {
  return reader.all<ItemRow>(`SELECT ${ITEM_COLUMNS} FROM items WHERE offered = 1 ORDER BY position, id`).map(catalogueItem)
}

export function offeredItem(reader: Reader, id: string): CatalogueItem | undefined {
  const row = reader.get<ItemRow>(`SELECT ${ITEM_COLUMNS} FROM items WHERE id = ? AND offered = 1`, id)
  return row === undefined ? undefined : catalogueItem(row)
}

export function knownItem(reader: Reader, id: string): CatalogueItem | undefined {
  const row = reader.get<ItemRow>(`SELECT ${ITEM_COLUMNS} FROM items WHERE id = ?`, id)
  return row === undefined ? undefined : catalogueItem(row)
}

export function lotsOf(reader: Reader, item: string): ShelfLot[] {
  return reader.all<ShelfLot>(
    'SELECT lot, item, expiry_day AS expiryDay, quantity_left AS quantityLeft FROM lots WHERE item = ? AND quantity_left > 0', item,
  )
}

/** Units of each item that may be given out today; items without any are not in the map. */
export function unitsOnShelfByItem(reader: Reader, today: number): Map<string, number> {
  const rows = reader.all<{ item: string; units: number }>(
    `SELECT item, sum(quantity_left) AS units FROM lots
     WHERE quantity_left > 0 AND (expiry_day IS NULL OR expiry_day >= ?) GROUP BY item`,
    today,
  )
  return new Map(rows.map((row) => [row.item, row.units]))
}

export function itemOfBarcode(reader: Reader, code: string): { item: string; units: number } | undefined {
  return reader.get<{ item: string; units: number }>('SELECT item, units FROM barcodes WHERE code = ?', code)
}

function catalogueItem(row: ItemRow): CatalogueItem {
  const limit = row.limitQuantity === null || row.limitPeriod === null ? null : { quantity: row.limitQuantity, period: row.limitPeriod }
  return {
    id: row.id,
    name: { zh: row.nameZh, en: row.nameEn },
    category: row.category,
    pricePoints: row.pricePoints,
    picture: row.picture,
    tint: row.tint,
    limit,
    perishable: row.perishable === 1,
  }
}
