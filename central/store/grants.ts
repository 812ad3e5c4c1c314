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
  /** null: lent before any file of the station had spoken. */
  incarnation: string | null
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

export async function writeGrant(transaction: Queryable, grant: GrantRow, nowMs: number): Promise<void> {
  await transaction.query(
    'INSERT INTO grants (grant_id, district_id, rider_id, station_id, incarnation, points, granted_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [grant.id, grant.district, grant.rider, grant.station, grant.incarnation, grant.points, nowMs],
  )
}
