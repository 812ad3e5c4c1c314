// Databases of an earlier program hold names as they are: each goes under a key of its own, then out of the row. Before the app
// listens; cut off in between, the next start goes on.

import { type Database, onlyRow } from '../store/database.ts'
import { writePersons } from '../store/people.ts'
import { makePersonKeys, readPersonKeys } from '../store/words.ts'
import { type PeopleIndex, personRow } from './person-words.ts'

const RIDERS_A_TIME = 500

/** Answers how many. */
export async function moveNames(database: Database, keys: { newPersonKey(): Uint8Array; index: PeopleIndex }, nowMs: number): Promise<number> {
  for (let moved = 0; ; ) {
    const count = await database.transaction('write', async (transaction) => {
      const rows = await transaction.query<{ rider: string; district: string; name: string; site: string; phoneTail: string }>(
        `SELECT rider_id AS rider, district_id AS district, full_name AS name, site, phone_tail AS "phoneTail" FROM riders WHERE full_name IS NOT NULL
         ORDER BY rider_id LIMIT $1 FOR NO KEY UPDATE`,
        [RIDERS_A_TIME],
      )
      await makePersonKeys(transaction, rows.map(({ rider, district }) => ({ rider, district, key: keys.newPersonKey() })), nowMs)
      const personKeys = await readPersonKeys(transaction, rows.map(({ rider }) => rider))
      await writePersons(transaction, rows.map(({ rider, name, site, phoneTail }) => {
        const personKey = personKeys.get(rider)
        if (personKey === undefined) throw new Error('a person who was just given a key has one')
        return personRow({ rider, site, personKey, index: keys.index }, { name, phone: null }, phoneTail)
      }))
      return rows.length
    })
    moved += count
    if (count < RIDERS_A_TIME) return moved
  }
}

/** Whether a name stands in the database as it is. */
export async function hasPlainNames(database: Database): Promise<boolean> {
  const { found } = onlyRow(await database.query<{ found: boolean }>('SELECT EXISTS (SELECT 1 FROM riders WHERE full_name IS NOT NULL) AS found'))
  return found
}
