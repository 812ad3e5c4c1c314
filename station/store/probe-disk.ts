// Asks the medium whether it takes writes again: a row that comes and goes in one transaction leaves nothing behind, but
// its page must reach the disk.

import type { StationDatabase } from './database.ts'

/** Throws a StorageError while it does not. */
export function probeDisk(database: StationDatabase): void {
  database.write((writer) => {
    writer.run('INSERT INTO uncounted_checkins (day, people) VALUES (-1, 0)')
    writer.run('DELETE FROM uncounted_checkins WHERE day = -1')
  })
}
