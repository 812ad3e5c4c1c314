// What a rider sees of the ledger: one line for each movement that concerns him, with its reason. Written once, never
// changed; over all of a rider's entries the points add up to his balance.

import type { MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { Queryable } from './database.ts'

export interface EntryRow {
  /** The event's id for what happened at a station, else central's own. */
  id: string
  district: string
  rider: string
  /** When it happened, by the clock of the place where it did, and not after central heard of it. */
  atMs: number
  bookedAtMs: number
  points: number
  reason: MirrorRow<'entry'>['reason']
  what: MirrorRow<'entry'>['what']
  lines: MirrorRow<'entry'>['lines']
  station: string | null
}

export async function writeEntries(transaction: Queryable, entries: readonly EntryRow[]): Promise<void> {
  if (entries.length === 0) return
  await transaction.query(
    `INSERT INTO entries (entry_id, district_id, rider_id, at_ms, booked_at_ms, points, reason, what, lines, station_id)
     SELECT id, district, rider, "atMs", "bookedAtMs", points, reason, what, lines, station
     FROM json_to_recordset($1::json) AS r(id uuid, district uuid, rider uuid, "atMs" bigint, "bookedAtMs" bigint, points bigint, reason text, what jsonb, lines jsonb, station uuid)`,
    [JSON.stringify(entries)],
  )
}
