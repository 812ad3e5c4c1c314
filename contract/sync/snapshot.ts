// A whole scope at one moment, for a new station, a long absence or a checksum that differs. A manifest names parts by the
// SHA-256 of their bytes; a part that is already here is not fetched again, one that arrives broken is fetched again. A part
// is gzip over NDJSON: a line [kind, key, number, row] for each row, the row as contract/sync's MIRROR_ROWS gives it, or as
// `COMPACT_COLUMNS` packs it.

import { z } from 'zod'
import { cursor } from './sync-protocol.ts'

export const SNAPSHOT_PATH = '/v1/snapshot'
export const SNAPSHOT_PART_PATH = '/v1/snapshot-part'

export const SCOPES = ['district', 'station', 'riders'] as const
export type Scope = (typeof SCOPES)[number]

export const SNAPSHOT_PART_BYTES_MAX = 512 * 1024
export const SNAPSHOT_PARTS_MAX = 400
export const SNAPSHOT_ROWS_MAX = 1_000_000

const uuid = z.uuid().lowercase()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const snapshotRequest = z.strictObject({ incarnation: uuid, scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length) })
export type SnapshotRequest = z.infer<typeof snapshotRequest>

export const snapshotManifest = z.strictObject({
  snapshot: uuid,
  /** Changes up to here are inside. */
  cursor,
  /** The asking incarnation's own events up to here are inside its balances. */
  includedSeq: z.int().min(0),
  scopes: z.array(z.strictObject({ scope: z.enum(SCOPES), rows: z.int().min(0), parts: z.array(z.strictObject({ sha256, bytes: z.int().min(1).max(SNAPSHOT_PART_BYTES_MAX) })).max(SNAPSHOT_PARTS_MAX) })).max(SCOPES.length),
})
export type SnapshotManifest = z.infer<typeof snapshotManifest>

/** Answered with the part's bytes as they are (application/octet-stream), or an error of the closed list. */
export const snapshotPartRequest = z.strictObject({ incarnation: uuid, snapshot: uuid, sha256 })
export type SnapshotPartRequest = z.infer<typeof snapshotPartRequest>
