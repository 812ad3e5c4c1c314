// Entries of both kinds, as the view `every_entry` has them: those with a row of their own, and redemptions that their slice
// paid whole.

import type { MemoryTables } from './memory-tables.ts'

type EntryRow = NonNullable<ReturnType<MemoryTables['entries']['get']>>
type RedemptionRow = NonNullable<ReturnType<MemoryTables['redemptions']['get']>>

export interface EveryEntry {
  /** What stands under this id; two where a redemption and an entry share it. */
  get(id: string): EntryRow[]
  ofRider(rider: string): EntryRow[]
}

export function everyEntry({ entries, redemptions }: Pick<MemoryTables, 'entries' | 'redemptions'>): EveryEntry {
  const both = (own: readonly (EntryRow | undefined)[], redeemed: readonly (RedemptionRow | undefined)[]): EntryRow[] => [
    ...own.filter((row) => row !== undefined), ...redeemed.flatMap((row) => (row === undefined ? [] : entryOf(row))),
  ]
  return {
    get: (id) => both([entries.get(id)], [redemptions.get(id)]),
    ofRider: (rider) => both(entries.find(['rider_id'], rider), redemptions.find(['rider_id'], rider)),
  }
}

function entryOf(row: RedemptionRow): EntryRow[] {
  if (row.ledger_id === null || row.booked_at_ms === null) return []
  return [{
    entry_id: row.event_id, district_id: row.ledger_id, rider_id: row.rider_id, at_ms: Math.min(row.at_ms, row.booked_at_ms), booked_at_ms: row.booked_at_ms,
    points: 0 - row.points, reason: 'redemption', what: null, lines: row.lines, station_id: row.station_id,
  }]
}
