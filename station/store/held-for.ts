// For whom this file holds something that is his: points, or a place of a training on which it put him. Of all of them central
// has to speak, or neither is ever free again.

import type { Reader } from './database.ts'
import { SEATED_HERE } from './trainings.ts'

/** Who have no row here, by id: central has forgotten that they were here, because it was set back. */
export function ridersHeldUnknown(reader: Reader, limit: number): string[] {
  return reader
    .all<{ rider: string }>(
      `SELECT rider FROM (
         SELECT rider FROM allowances WHERE points > 0
         UNION SELECT taking.rider FROM held_seats AS held JOIN signup_acts AS taking ON ${SEATED_HERE}
       ) AS holding WHERE NOT EXISTS (SELECT 1 FROM riders WHERE riders.id = holding.rider) ORDER BY rider LIMIT ?`,
      limit,
    )
    .map(({ rider }) => rider)
}
