// Which riders somebody of the office reaches: those of his district, and where he belongs to one station, those of them whom that
// station knows (whose home it is, or who has been there). Every door that touches a rider asks here.

import type { Bind } from './keyset-table.ts'
import type { OfficeMoment, SignedIn } from './office-moment.ts'

/** Conditions on `riders`. */
export function reachedRiders(who: SignedIn, bind: Bind): string[] {
  return [
    `riders.district_id = ${bind(who.district)}`,
    ...(who.station === null ? [] : [`EXISTS (SELECT 1 FROM station_riders WHERE station_riders.station_id = ${bind(who.station)} AND station_riders.rider_id = riders.rider_id)`]),
  ]
}

/** Whether all of these are reached. */
export async function reachesRiders({ sql, who }: Pick<OfficeMoment, 'sql' | 'who'>, riders: readonly string[]): Promise<boolean> {
  const values: (string | readonly string[])[] = [riders]
  const conditions = reachedRiders(who, (value) => `$${values.push(value as string)}`)
  const rows = await sql.query(`SELECT 1 FROM riders WHERE riders.rider_id = ANY($1::uuid[]) AND ${conditions.join(' AND ')}`, values)
  return rows.length === new Set(riders).size
}
