// Riders and who mirrors them: the memory's side of riders.ts, stations.ts and the entries' keys.

import type { RiderRows } from '../../../central/store/central-store.ts'
import { everyEntry } from './every-entry.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

export function riderCalls(tables: MemoryTables): RiderRows {
  const { riders, station_riders: mirroring, cards } = tables
  const entries = everyEntry(tables)
  return {
    async findRider(rider) {
      const row = riders.get(rider)
      return row === undefined ? null : { district: row.district_id, standing: row.standing }
    },

    lockRider: async (rider) => riders.get(rider) !== undefined,

    beginToMirror: async ({ station, district }, rider, nowMs) => mirroring.insertIfNew({ district_id: district, station_id: station, rider_id: rider, added_at_ms: nowMs }),

    async stationsThatMirror(wanted) {
      const readers = new Map<string, { station: string; district: string }[]>()
      for (const rider of new Set(wanted)) {
        const rows = mirroring.find(['rider_id'], rider)
        if (rows.length === 0) continue
        readers.set(rider, rows.map((row) => ({ station: row.station_id, district: row.district_id })).toSorted((left, right) => compareText(left.station, right.station)))
      }
      return readers
    },

    async readRevokedCards(holder, limit) {
      const revoked = cards.find(['holder_id'], holder).filter((row) => row.revoked_at_ms !== null)
      return revoked.map((row) => row.card).toSorted((left, right) => right - left).slice(0, limit)
    },

    async recentEntryKeys(wanted, sinceMs, limit) {
      const recent = [...new Set(wanted)].flatMap((rider) => entries.ofRider(rider)).filter((row) => row.booked_at_ms >= sinceMs)
      return recent
        .toSorted((left, right) => right.booked_at_ms - left.booked_at_ms || compareText(left.entry_id, right.entry_id))
        .slice(0, limit)
        .map((row) => row.entry_id)
    },
  }
}
