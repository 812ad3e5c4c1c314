// The one way to riders' names: reading them under the key of each, as a screen may show them, and finding riders by how a name
// is shown or by the whole of it. Whoever keeps names in another way changes this file alone.

import { nameIndex, type PeopleIndex, readPerson } from '../people/person-words.ts'
import type { Queryable, SqlValue } from './database.ts'

/** By rider; one whose name is not there any more is left out. */
export async function readRiderNames(queryable: Queryable, riders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (riders.length === 0) return new Map()
  const rows = await queryable.query<{ rider: string; person: Uint8Array; key: Uint8Array }>(
    'SELECT rider_id AS rider, person, key FROM riders JOIN person_keys USING (rider_id) WHERE rider_id = ANY($1::uuid[]) AND person IS NOT NULL',
    [riders],
  )
  return new Map(rows.map(({ rider, person, key }) => [rider, readPerson(key, person).name]))
}

/** By rider, as a public screen may show them. */
export async function readMaskedNames(queryable: Queryable, riders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (riders.length === 0) return new Map()
  const rows = await queryable.query<{ rider: string; maskedName: string }>('SELECT rider_id AS rider, masked_name AS "maskedName" FROM riders WHERE rider_id = ANY($1::uuid[])', [riders])
  return new Map(rows.map(({ rider, maskedName }) => [rider, maskedName]))
}

/** A condition on `riders`: the shown part of the name begins like this, or this is the whole name. */
export function riderNameMatches(text: string, bind: (value: SqlValue) => string, index: PeopleIndex): string {
  return `(riders.masked_name LIKE ${bind(`${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)} OR riders.name_index = ${bind(nameIndex(index, text))})`
}
