// Thirty days of a district as the station that missed them finds them: riders earned points elsewhere and their rows changed,
// goods were priced anew. Written through the same writers as the real thing, so the log is numbered as it would be.

import { v7 as uuidv7 } from 'uuid'
import { appendChanges, type ChangedRow, DISTRICT_SCOPE, ridersScope } from '../../central/store/changes.ts'
import type { Database } from '../../central/store/database.ts'
import { type EntryRow, writeEntries } from '../../central/store/entries.ts'
import { writePostings } from '../../central/store/ledger.ts'
import type { District } from '../district.ts'

export interface MissedDays {
  /** Rows of the log that are new to the station. */
  changes: number
  /** Of them, goods. */
  items: number
  nowMs: number
}

const DAYS = 30
const DAY_MS = 86_400_000
const ENTRIES_AT_ONCE = 1_000
const POINTS = 5

export async function addThirtyDays(database: Database, district: District, missed: MissedDays): Promise<void> {
  const { id, riders } = district
  const items = district.items.slice(0, missed.items)
  // Every rider who earned anything is one more change; the rest are entries, some riders having several.
  const others = missed.changes - items.length
  const earners = riders.slice(0, Math.min(riders.length, Math.floor(others / 2)))
  const entries = others - earners.length
  await database.transaction('write', async (transaction) => {
    await transaction.query('UPDATE items SET price_points = price_points + 1 WHERE district_id = $1 AND item_id = ANY($2::text[])', [id, items.map((item) => item.id)])
    await appendChanges(transaction, items.map((item): ChangedRow => ({ district: id, scope: DISTRICT_SCOPE, kind: 'item', key: item.id })))
  })
  for (let from = 0; from < entries; from += ENTRIES_AT_ONCE) {
    const rows = Array.from({ length: Math.min(ENTRIES_AT_ONCE, entries - from) }, (_, index) => earned(district, earners, from + index, missed.nowMs, entries))
    await database.transaction('write', async (transaction) => {
      await writePostings(transaction, rows.map((row) => ({
        eventId: row.id, line: 1, district: id, transfer: { from: { kind: 'program' }, to: { kind: 'rider_central', rider: row.rider }, points: POINTS }, bookedAtMs: row.bookedAtMs,
      })))
      await writeEntries(transaction, rows)
      const scope = { district: id, scope: ridersScope(district.stations[0] ?? '') }
      await appendChanges(transaction, rows.flatMap((row): ChangedRow[] => [{ ...scope, kind: 'rider', key: row.rider }, { ...scope, kind: 'entry', key: row.id }]))
    })
  }
}

function earned({ id }: District, earners: readonly string[], index: number, nowMs: number, entries: number): EntryRow {
  const atMs = nowMs - DAYS * DAY_MS + Math.floor((index / entries) * DAYS * DAY_MS)
  return {
    id: uuidv7({ msecs: atMs }), district: id, rider: earners[index % earners.length] ?? '', atMs, bookedAtMs: atMs, points: POINTS, reason: 'service',
    what: { zh: '志愿活动', en: 'Volunteer activity' }, lines: [], station: null,
  }
}
