// SQL over stations and the riders they mirror.

import type { Queryable } from './database.ts'
import { uuids } from './sql-columns.ts'

export interface StationRow {
  district: string
  number: number
  /** Raw Ed25519, 32 bytes as base64url. */
  publicKey: string
  status: 'active' | 'revoked'
  /** When its present key came; null for one from before there were codes. */
  enrolledAtMs: number | null
}

/** A station that reads a rider, with the district in whose log it does. */
export interface MirroringStation {
  station: string
  district: string
}

export async function findStation(queryable: Queryable, station: string): Promise<StationRow | null> {
  const [row] = await queryable.query<StationRow>(
    'SELECT district_id AS district, number, public_key AS "publicKey", status, enrolled_at_ms AS "enrolledAtMs" FROM stations WHERE station_id = $1',
    [station],
  )
  return row ?? null
}

/**
 * From here on, nobody else moves this station's sequence or its slices until the transaction ends. Rows of others may still
 * refer to it: two stations that ask for points which lie at each other would else wait for each other.
 */
export async function lockStation(transaction: Queryable, station: string): Promise<void> {
  await transaction.query('SELECT 1 FROM stations WHERE station_id = $1 FOR NO KEY UPDATE', [station])
}

/** Several, in the order of their ids; the rows as they are once they are locked. */
export async function lockStations(transaction: Queryable, stations: readonly string[]): Promise<Map<string, StationRow>> {
  const rows = await transaction.query<StationRow & { station: string }>(
    `SELECT station_id AS station, district_id AS district, number, public_key AS "publicKey", status, enrolled_at_ms AS "enrolledAtMs"
     FROM stations WHERE station_id = ANY($1::uuid[]) ORDER BY station_id FOR NO KEY UPDATE`,
    [stations],
  )
  return new Map(rows.map(({ station, ...row }) => [station, row]))
}

/** Who mirrors each of these riders, by the station's id; the same order wherever it is read, so changes get the same numbers. */
export async function stationsThatMirror(queryable: Queryable, riders: readonly string[]): Promise<Map<string, MirroringStation[]>> {
  const readers = new Map<string, MirroringStation[]>()
  if (riders.length === 0) return readers
  // A row a station, which costs less on the way than a row a rider.
  const rows = await queryable.query<MirroringStation & { riders: string }>(
    `SELECT station_id AS station, district_id AS district, string_agg(rider_id::text, ' ') AS riders
     FROM station_riders WHERE rider_id = ANY($1::uuid[]) GROUP BY station_id, district_id ORDER BY station_id`,
    [uuids(riders)],
  )
  for (const { station, district, riders: mirrored } of rows) {
    for (const rider of mirrored.split(' ')) {
      const known = readers.get(rider)
      if (known === undefined) readers.set(rider, [{ station, district }])
      else known.push({ station, district })
    }
  }
  return readers
}
