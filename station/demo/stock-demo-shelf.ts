// The demo's first goods: put on the shelf by a real restock of the demo's volunteer, once, as soon as the catalogue is here.
// Stock is the station's own, so nobody else can put it there (invariant 6).

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Counter, momentOf } from '../acts/act.ts'
import { restock, RESTOCK_LINES_MAX } from '../acts/restock.ts'
import { stationRow } from '../store/mirror.ts'
import { knownItem } from '../store/shelf.ts'

const stockFile = z.object({
  /** A request id for each part, so that a second start does no harm. */
  requests: z.array(z.uuid()),
  staff: z.uuid(),
  lots: z.array(z.object({ item: z.string(), quantity: z.int().min(1), expiresInDays: z.int().nullable(), donor: z.uuid().nullable() })),
})

export function stockDemoShelf(counter: Counter, file: string): void {
  const reader = counter.database.read
  if (stationRow(reader) === null || reader.get('SELECT 1 FROM lots LIMIT 1') !== undefined) return
  const stock = stockFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const donors = new Set(reader.all<{ id: string }>('SELECT id FROM donors').map((donor) => donor.id))
  const isHere = (lot: { item: string; donor: string | null }): boolean => knownItem(reader, lot.item) !== undefined && (lot.donor === null || donors.has(lot.donor))
  // The catalogue comes in pages; the shelf waits for all of it.
  if (!stock.lots.every(isHere)) return
  const { today } = momentOf(counter, reader)
  for (const [index, request] of stock.requests.entries()) {
    const part = stock.lots.slice(index * RESTOCK_LINES_MAX, (index + 1) * RESTOCK_LINES_MAX)
    if (part.length === 0) return
    const lines = part.map((lot) => ({
      item: lot.item,
      quantity: lot.quantity,
      expiryDay: lot.expiresInDays === null ? null : today + lot.expiresInDays,
      donor: lot.donor,
    }))
    const result = restock(counter, { request, staff: stock.staff, lines })
    if (!result.ok) throw new Error(`the demo's first goods are refused: ${JSON.stringify(result.refusal)}`)
  }
}
