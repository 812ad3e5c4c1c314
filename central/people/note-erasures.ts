// At each start: erasures that the database knows and the log outside does not (its disk was another one, or broke) are written
// there too, so that the next restore does them again.

import type { OutsideLog } from '../keys/outside-log.ts'
import type { Database } from '../store/database.ts'

/** Answers how many. */
export async function noteErasures(database: Database, outside: OutsideLog): Promise<number> {
  const known = new Set(outside.read().flatMap((record) => (record.kind === 'person_erased' ? [record.rider] : [])))
  const rows = await database.query<{ rider: string; atMs: number }>('SELECT rider_id AS rider, erased_at_ms AS "atMs" FROM erased_persons ORDER BY erased_at_ms, rider_id')
  const missing = rows.filter(({ rider }) => !known.has(rider))
  for (const { rider, atMs } of missing) outside.append({ kind: 'person_erased', rider, atMs })
  return missing.length
}
