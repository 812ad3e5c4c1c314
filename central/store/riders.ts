// SQL over riders as the sync's rules ask for them: where one belongs, whether he may spend, which stations mirror him, and
// which of his cards are no longer good. No name is read here.

import type { Queryable } from './database.ts'
import type { MirroringStation } from './stations.ts'

export interface RiderRow {
  district: string
  standing: 'active' | 'suspended'
}

export async function findRider(queryable: Queryable, rider: string): Promise<RiderRow | null> {
  const [row] = await queryable.query<RiderRow>('SELECT district_id AS district, standing FROM riders WHERE rider_id = $1', [rider])
  return row ?? null
}

/** Whether the rider exists. A push that books for him (`readRidersKnown`) is over, or begins after this transaction has ended. */
export async function lockRider(transaction: Queryable, rider: string): Promise<boolean> {
  const rows = await transaction.query('SELECT 1 FROM riders WHERE rider_id = $1 FOR NO KEY UPDATE', [rider])
  return rows.length > 0
}

/** From now on the station mirrors the rider. False: it did before. */
export async function beginToMirror(transaction: Queryable, { station, district }: MirroringStation, rider: string, nowMs: number): Promise<boolean> {
  const added = await transaction.query(
    `INSERT INTO station_riders (district_id, station_id, rider_id, added_at_ms) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING rider_id`,
    [district, station, rider, nowMs],
  )
  return added.length > 0
}

/** Numbers of a holder's revoked cards, the newest first. */
export async function readRevokedCards(queryable: Queryable, holder: string, limit: number): Promise<number[]> {
  const rows = await queryable.query<{ card: number }>(
    'SELECT card FROM cards WHERE holder_id = $1 AND revoked_at_ms IS NOT NULL ORDER BY card DESC LIMIT $2',
    [holder, limit],
  )
  return rows.map(({ card }) => card)
}
