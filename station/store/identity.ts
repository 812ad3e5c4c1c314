// Which station this file belongs to, and which life of it this is: the incarnation is made with the file, the boot count
// goes up with every start.

import type { StationIds } from '../station-ids.ts'
import type { StationDatabase } from './database.ts'
import { StorageError } from './storage-errors.ts'

export interface Identity {
  station: string
  incarnation: string
  boot: number
}

/** Makes the identity of a new file, or counts one more start. Throws where the file belongs to another station. */
export function beginBoot(database: StationDatabase, station: string, ids: StationIds): Identity {
  return database.write((writer) => {
    const known = writer.get<Identity>('SELECT station, incarnation, boot FROM identity')
    if (known !== undefined && known.station !== station) {
      throw new StorageError('database_foreign', `the database belongs to station ${known.station}, the configuration says ${station}`)
    }
    const identity = known === undefined ? { station, incarnation: ids.random(), boot: 1 } : { ...known, boot: known.boot + 1 }
    writer.run(
      'INSERT INTO identity (one, station, incarnation, boot) VALUES (1, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET boot = excluded.boot',
      identity.station, identity.incarnation, identity.boot,
    )
    return identity
  })
}
