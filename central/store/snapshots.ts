// SQL over snapshots that are being fetched: manifests' parts and their bytes. What is in them is sync/snapshot's business.

import type { Scope } from '../../contract/sync/snapshot.ts'
import { CHECKED_KINDS } from '../../contract/sync/sync-protocol.ts'
import { DISTRICT_SCOPE, ridersScope, stationScope } from './change-scopes.ts'
import { type NumberedChange, toldEntriesSql } from './changes.ts'
import type { Queryable } from './database.ts'
import type { MirrorReader } from './mirror-changes.ts'

/** Who reads, which scope, and how far back what happened goes along. */
export interface SnapshotKeysQuestion extends Pick<MirrorReader, 'district' | 'station' | 'incarnation' | 'entriesSinceMs'> {
  scope: Scope
  entriesMax: number
}

/**
 * What a snapshot of one scope holds, by kind and key: rows that are a state (gone ones too), the newest entries of its riders,
 * slices that this file was lent and has not received, and places that it was lent and has not received or is asked for.
 */
export async function readSnapshotKeys(snapshot: Queryable, question: SnapshotKeysQuestion): Promise<NumberedChange[]> {
  const { district, station, incarnation, scope, entriesSinceMs, entriesMax } = question
  const stored = scope === 'district' ? DISTRICT_SCOPE : scope === 'station' ? stationScope(station) : ridersScope(station)
  return snapshot.query<NumberedChange>(
    `WITH log AS (SELECT kind, key, number FROM changes WHERE district_id = $1 AND scope = $2)
     SELECT $3::text AS scope, kind, key, number FROM (
       SELECT kind, key, number FROM log WHERE kind = ANY($4::text[])
       UNION ALL
       (SELECT kind, entry_id::text, max(number) FROM ${toldEntriesSql('$1', '$2')} AS told JOIN every_entry AS entries ON entries.entry_id = told.key
        WHERE booked_at_ms >= $5 GROUP BY kind, entry_id, booked_at_ms ORDER BY booked_at_ms DESC, entry_id LIMIT $6)
       UNION ALL
       SELECT kind, key, number FROM log JOIN grants ON log.kind = 'grant' AND grants.grant_id = log.key::uuid
       WHERE grants.station_id = $7 AND grants.incarnation = $8 AND received_at_ms IS NULL
       UNION ALL
       SELECT kind, key, number FROM log JOIN earning_slices ON log.kind = 'earning_slice' AND earning_slices.grant_id = log.key::uuid
       WHERE earning_slices.station_id = $7 AND earning_slices.incarnation = $8 AND received_at_ms IS NULL
       UNION ALL
       SELECT kind, key, number FROM log JOIN seat_blocks ON log.kind = 'seat_block' AND seat_blocks.block_id = log.key::uuid
       WHERE seat_blocks.station_id = $7 AND seat_blocks.incarnation = $8 AND (recalled OR NOT received)
     ) AS wanted ORDER BY kind COLLATE "C", key COLLATE "C"`,
    [district, stored, scope, CHECKED_KINDS, entriesSinceMs, entriesMax, station, incarnation],
  )
}

export interface SnapshotPart {
  sha256: string
  bytes: Uint8Array
}

export interface StoredSnapshot {
  id: string
  district: string
  station: string
  parts: readonly SnapshotPart[]
}

/** Keeps the snapshot, and lets go of those made or last needed before `staleBeforeMs`. */
export async function keepSnapshot(transaction: Queryable, snapshot: StoredSnapshot, nowMs: number, staleBeforeMs: number): Promise<void> {
  await transaction.query('DELETE FROM snapshots WHERE made_at_ms < $1', [staleBeforeMs])
  await transaction.query('DELETE FROM snapshot_parts WHERE used_at_ms < $1', [staleBeforeMs])
  for (const { sha256, bytes } of [...snapshot.parts].toSorted((one, other) => (one.sha256 < other.sha256 ? -1 : 1))) {
    await transaction.query(
      'INSERT INTO snapshot_parts (sha256, bytes, used_at_ms) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO UPDATE SET used_at_ms = excluded.used_at_ms',
      [sha256, bytes, nowMs],
    )
  }
  await transaction.query('INSERT INTO snapshots (snapshot_id, district_id, station_id, parts, made_at_ms) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
    snapshot.id, snapshot.district, snapshot.station, snapshot.parts.map(({ sha256 }) => sha256), nowMs,
  ])
}

/** The bytes, where the part belongs to that snapshot of that station. */
export async function findSnapshotPart(queryable: Queryable, part: { snapshot: string; station: string; sha256: string }): Promise<Uint8Array | null> {
  const [row] = await queryable.query<{ bytes: Uint8Array }>(
    `SELECT bytes FROM snapshot_parts JOIN snapshots ON $3 = ANY(snapshots.parts)
     WHERE snapshot_id = $1 AND station_id = $2 AND snapshot_parts.sha256 = $3`,
    [part.snapshot, part.station, part.sha256],
  )
  return row?.bytes ?? null
}
