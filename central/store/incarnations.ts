// SQL over the lives of a station's file. Each has its own sequence, its own chain and its own slices of points: a slice is
// lent to one life, and a later one never gets it, because what the earlier has already spent may not have arrived yet.

import type { IncarnationState } from '../../contract/sync/sync-protocol.ts'
import { onlyRow, type Queryable } from './database.ts'
import type { AdvancedLife, Outbox } from './outboxes.ts'
import { bigints, byteas, uuids } from './sql-columns.ts'

export interface IncarnationRow {
  lastSeq: number
  lastHash: Uint8Array
  state: IncarnationState
  /** Events up to here are in a backup. */
  backedUpSeq: number
  /** It has said hello under the present history. */
  greeted: boolean
}

/** Slices that an earlier life of the file holds: nobody can spend them until staff write them off. */
export interface Stranded {
  riders: number
  points: number
}

export async function findIncarnation(queryable: Queryable, station: string, incarnation: string): Promise<IncarnationRow | null> {
  const [row] = await queryable.query<IncarnationRow>(
    `SELECT last_seq AS "lastSeq", last_hash AS "lastHash", state, backed_up_seq AS "backedUpSeq",
       coalesce(hello_history = (SELECT history FROM centrals), false) AS greeted
     FROM incarnations WHERE station_id = $1 AND incarnation = $2`,
    [station, incarnation],
  )
  return row ?? null
}

/** Begins a life with the seed of its chain, under the station's lock. Answers what stays behind with an earlier one, or null. */
export async function beginIncarnation(transaction: Queryable, outbox: Outbox, seed: Uint8Array, nowMs: number): Promise<Stranded | null> {
  const { district, station, incarnation } = outbox
  const earlier = await transaction.query('SELECT 1 FROM incarnations WHERE station_id = $1 AND incarnation <> $2 LIMIT 1', [station, incarnation])
  const began = await transaction.query(
    `INSERT INTO incarnations (district_id, station_id, incarnation, last_seq, last_hash, state, began_at_ms, heard_at_ms)
     VALUES ($1, $2, $3, 0, $4, 'active', $5, $5) ON CONFLICT DO NOTHING RETURNING station_id`,
    [district, station, incarnation, seed, nowMs],
  )
  if (began.length === 0) return null
  if (earlier.length === 0) return null
  return onlyRow(
    await transaction.query<Stranded>(
      `SELECT count(*) AS riders, coalesce(sum(balance), 0)::bigint AS points FROM accounts
       WHERE station_id = $1 AND kind = 'rider_station' AND balance > 0`,
      [station],
    ),
  )
}

/** Each at its place. */
export async function findIncarnations(queryable: Queryable, lives: readonly Pick<Outbox, 'station' | 'incarnation'>[]): Promise<(IncarnationRow | null)[]> {
  const rows = await queryable.query<IncarnationRow & { place: number }>(
    `SELECT place, last_seq AS "lastSeq", last_hash AS "lastHash", state, backed_up_seq AS "backedUpSeq",
       coalesce(hello_history = (SELECT history FROM centrals), false) AS greeted
     FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked(station_id, incarnation, place) JOIN incarnations USING (station_id, incarnation)`,
    [uuids(lives, ({ station }) => station), uuids(lives, ({ incarnation }) => incarnation)],
  )
  const found = new Map(rows.map(({ place, ...life }) => [place, life]))
  return lives.map((_life, index) => found.get(index + 1) ?? null)
}

export async function advanceIncarnations(transaction: Queryable, lives: readonly AdvancedLife[], nowMs: number): Promise<void> {
  if (lives.length === 0) return
  await transaction.query(
    `UPDATE incarnations SET last_seq = r.last_seq, last_hash = r.last_hash, heard_at_ms = $5
     FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bytea[]) AS r(station_id, incarnation, last_seq, last_hash)
     WHERE incarnations.station_id = r.station_id AND incarnations.incarnation = r.incarnation`,
    [
      uuids(lives, ({ outbox }) => outbox.station), uuids(lives, ({ outbox }) => outbox.incarnation), bigints(lives, ({ lastSeq }) => lastSeq),
      byteas(lives, ({ lastHash }) => lastHash), nowMs,
    ],
  )
}
