// Which station this file belongs to, and which life of it this is: the incarnation is made with the file, the boot count
// goes up with every start. A file that replaced another one remembers which.

import type { StationIds } from '../station-ids.ts'
import { type CountedDay, countPeople } from './counted-people.ts'
import type { StationDatabase } from './database.ts'
import { StorageError } from './storage-errors.ts'

export interface Identity {
  station: string
  incarnation: string
  boot: number
}

export interface PreviousFile {
  incarnation: string
  lastSeq: number
  lastHash: Uint8Array
  /** Whom it counted and never told of: the new file does. */
  counted: readonly CountedDay[]
}

/** Makes the identity of a new file, or counts one more start. Throws where the file belongs to another station. */
export function beginBoot(database: StationDatabase, station: string, ids: Pick<StationIds, 'random'>, previous: PreviousFile | null = null): Identity {
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
    if (known === undefined && previous !== null) {
      writer.run('INSERT INTO previous_file (one, incarnation, last_seq, last_hash) VALUES (1, ?, ?, ?)', previous.incarnation, previous.lastSeq, previous.lastHash)
      for (const day of previous.counted) countPeople(writer, day)
    }
    return identity
  })
}
