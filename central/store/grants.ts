// SQL over grants: what was lent of a rider's points, to which station and to which life of its file. The movement of the
// points themselves is the ledger's.

import type { Queryable } from './database.ts'

export interface GrantRow {
  /** The station's own request id. */
  id: string
  /** The rider's district: his points stand in its ledger. */
  district: string
  rider: string
  station: string
  incarnation: string
  points: number
}

export async function findGrant(queryable: Queryable, id: string): Promise<GrantRow | null> {
  const [row] = await queryable.query<GrantRow>(
    `SELECT grant_id AS id, district_id AS district, rider_id AS rider, station_id AS station, incarnation, points
     FROM grants WHERE grant_id = $1`,
    [id],
  )
  return row ?? null
}

/** By id, whoever they were made to. */
export async function readGrants(queryable: Queryable, grants: readonly string[]): Promise<Map<string, GrantRow>> {
  if (grants.length === 0) return new Map()
  const rows = await queryable.query<GrantRow>(
    `SELECT grant_id AS id, district_id AS district, rider_id AS rider, station_id AS station, incarnation, points FROM grants WHERE grant_id = ANY($1::uuid[])`,
    [grants],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export async function writeGrants(transaction: Queryable, grants: readonly GrantRow[], nowMs: number): Promise<void> {
  if (grants.length === 0) return
  await transaction.query(
    `INSERT INTO grants (grant_id, district_id, rider_id, station_id, incarnation, points, granted_at_ms)
     SELECT id, district, rider, station, incarnation, points, $2
     FROM json_to_recordset($1::json) AS r(id uuid, district uuid, rider uuid, station uuid, incarnation uuid, points bigint)`,
    [JSON.stringify(grants), nowMs],
  )
}

/** A slice of the programme's points for earnings at a station. */
export interface EarningSliceRow {
  id: string
  /** The station's own. */
  district: string
  station: string
  incarnation: string
  points: number
}

export async function findEarningSlice(queryable: Queryable, id: string): Promise<EarningSliceRow | null> {
  const [row] = await queryable.query<EarningSliceRow>(
    'SELECT grant_id AS id, district_id AS district, station_id AS station, incarnation, points FROM earning_slices WHERE grant_id = $1',
    [id],
  )
  return row ?? null
}

export async function writeEarningSlice(transaction: Queryable, slice: EarningSliceRow, nowMs: number): Promise<void> {
  await transaction.query(
    'INSERT INTO earning_slices (grant_id, district_id, station_id, incarnation, points, granted_at_ms) VALUES ($1, $2, $3, $4, $5, $6)',
    [slice.id, slice.district, slice.station, slice.incarnation, slice.points, nowMs],
  )
}

/** By id, whoever they were lent to. */
export async function readEarningSlices(queryable: Queryable, ids: readonly string[]): Promise<Map<string, EarningSliceRow>> {
  if (ids.length === 0) return new Map()
  const rows = await queryable.query<EarningSliceRow>(
    'SELECT grant_id AS id, district_id AS district, station_id AS station, incarnation, points FROM earning_slices WHERE grant_id = ANY($1::uuid[])',
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export async function markEarningSlicesReceived(transaction: Queryable, ids: readonly string[], nowMs: number): Promise<void> {
  if (ids.length === 0) return
  await transaction.query('UPDATE earning_slices SET received_at_ms = coalesce(received_at_ms, $2) WHERE grant_id = ANY($1::uuid[])', [ids, nowMs])
}
