// The one way to riders' full names: reading them, and finding riders by how a name begins. Whoever keeps names in another way
// changes this file alone.

import type { Queryable } from './database.ts'

/** By rider; one whose name is not there any more is left out. */
export async function readRiderNames(queryable: Queryable, riders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (riders.length === 0) return new Map()
  const rows = await queryable.query<{ rider: string; fullName: string }>('SELECT rider_id AS rider, full_name AS "fullName" FROM riders WHERE rider_id = ANY($1::uuid[])', [riders])
  return new Map(rows.map(({ rider, fullName }) => [rider, fullName]))
}

/** A condition on `riders`: the name begins with what stands at that place of the statement (`riderNamePattern`). */
export function riderNameMatches(place: string): string {
  return `riders.full_name LIKE ${place}`
}

export function riderNamePattern(begin: string): string {
  return `${begin.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
