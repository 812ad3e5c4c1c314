// What central has acknowledged is dropped from the outbox at once: a central that is restored from a backup can not be told
// again.

import type { PlantedBug } from '../world/planted-bug.ts'

export function sentEventsDropped(): PlantedBug {
  return {
    name: 'sent-events-dropped',
    wrapDatabase: (database) => ({
      ...database,
      write: (act) =>
        database.write((writer) => {
          const result = act(writer)
          writer.run('DELETE FROM outbox WHERE seq <= (SELECT acknowledged_seq FROM sync_state) AND seq < (SELECT max(seq) FROM outbox)')
          return result
        }),
    }),
  }
}
