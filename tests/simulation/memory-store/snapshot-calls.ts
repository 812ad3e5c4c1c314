// Snapshots that stations fetch: the memory's side of snapshots.ts.

import { DISTRICT_SCOPE, ridersScope, stationScope } from '../../../central/store/change-scopes.ts'
import type { SnapshotRows } from '../../../central/store/central-store.ts'
import { CHECKED_KINDS, type MirrorKind } from '../../../contract/sync/sync-protocol.ts'
import { rowsOfEntries } from './change-calls.ts'
import { everyEntry } from './every-entry.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

export function snapshotCalls(tables: MemoryTables): SnapshotRows {
  const { changes, entry_changes: told, grants, earning_slices: slices, seat_blocks: blocks, snapshots, snapshot_parts: parts } = tables
  const entries = everyEntry(tables)
  return {
    async readSnapshotKeys({ district, station, incarnation, scope, entriesSinceMs, entriesMax }) {
      const stored = scope === 'district' ? DISTRICT_SCOPE : scope === 'station' ? stationScope(station) : ridersScope(station)
      const log = (kind: MirrorKind) => changes.find(['district_id', 'scope', 'kind'], district, stored, kind)
      const isWaiting = (row: { station_id: string; incarnation: string; received_at_ms: number | null } | undefined): boolean =>
        row !== undefined && row.station_id === station && row.incarnation === incarnation && row.received_at_ms === null
      const entryLog = new Map(told.find(['district_id', 'scope'], district, stored).flatMap(rowsOfEntries).toSorted((left, right) => left.number - right.number).map((row) => [row.key, row]))
      const recent = [...entryLog.values()]
        .flatMap((row) => entries.get(row.key).filter((entry) => entry.booked_at_ms >= entriesSinceMs).map((entry) => ({ row, entry })))
        .toSorted((left, right) => right.entry.booked_at_ms - left.entry.booked_at_ms || compareText(left.entry.entry_id, right.entry.entry_id))
        .slice(0, entriesMax)
      const wanted = [
        ...CHECKED_KINDS.flatMap(log), ...recent.map(({ row }) => row), ...log('grant').filter((row) => isWaiting(grants.get(row.key))),
        ...log('earning_slice').filter((row) => isWaiting(slices.get(row.key))),
        ...log('seat_block').filter((row) => {
          const block = blocks.get(row.key)
          return block !== undefined && block.station_id === station && block.incarnation === incarnation && (block.recalled || !block.received)
        }),
      ]
      return wanted
        .toSorted((left, right) => compareText(left.kind, right.kind) || compareText(left.key, right.key))
        .map(({ kind, key, number }) => ({ scope, kind, key, number }))
    },

    async keepSnapshot({ id, district, station, parts: kept }, nowMs, staleBeforeMs) {
      for (const row of snapshots.rows()) if (row.made_at_ms < staleBeforeMs) snapshots.delete(row)
      for (const row of parts.rows()) if (row.used_at_ms < staleBeforeMs) parts.delete(row)
      for (const { sha256, bytes } of kept) {
        const row = parts.get(sha256)
        if (row === undefined) parts.insert({ sha256, bytes: bytes.slice(), used_at_ms: nowMs })
        else parts.update(row, { used_at_ms: nowMs })
      }
      snapshots.insertIfNew({ snapshot_id: id, district_id: district, station_id: station, parts: kept.map(({ sha256 }) => sha256), made_at_ms: nowMs })
    },

    async findSnapshotPart({ snapshot, station, sha256 }) {
      const row = snapshots.get(snapshot)
      return row !== undefined && row.station_id === station && row.parts.includes(sha256) ? (parts.get(sha256)?.bytes ?? null) : null
    },
  }
}
