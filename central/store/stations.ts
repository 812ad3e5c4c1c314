// SQL over stations and the riders they mirror.

import type { Queryable } from './database.ts'

/** From here on, nobody else moves this station's sequence or its slices until the transaction ends. */
export async function lockStation(transaction: Queryable, station: string): Promise<void> {
  await transaction.query('SELECT 1 FROM stations WHERE station_id = $1 FOR UPDATE', [station])
}

/** Who mirrors each of these riders, with the district in whose log he reads. */
export async function stationsThatMirror(queryable: Queryable, riders: readonly string[]): Promise<Map<string, { station: string; district: string }[]>> {
  const readers = new Map<string, { station: string; district: string }[]>()
  if (riders.length === 0) return readers
  const rows = await queryable.query<{ rider: string; station: string; district: string }>(
    'SELECT rider_id AS rider, station_id AS station, district_id AS district FROM station_riders WHERE rider_id = ANY($1::uuid[])',
    [riders],
  )
  for (const { rider, station, district } of rows) {
    const known = readers.get(rider)
    if (known === undefined) readers.set(rider, [{ station, district }])
    else known.push({ station, district })
  }
  return readers
}
