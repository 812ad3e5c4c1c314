// The station's database in memory, for the simulation: the same statements over the same SQLite, with no file and no lock. What
// a disk would hold is an image, taken between two transactions; another life begins from an image. Never used at a counter.

import Database from 'better-sqlite3'
import { databaseOver, prepareDatabase, type StationDatabase } from './database.ts'
import { type Migration, MIGRATIONS } from './migrations/all.ts'
import { storageErrorOf } from './storage-errors.ts'

export interface MemoryDatabase extends StationDatabase {
  /** The whole database as bytes. */
  image(): Uint8Array
}

/** Opens an image, or an empty database. Throws StorageError where it is damaged or a newer program's. */
export function openMemoryDatabase(image: Uint8Array | null, migrations: readonly Migration[] = MIGRATIONS): MemoryDatabase {
  let database: Database.Database | undefined
  try {
    database = image === null ? new Database(':memory:') : new Database(Buffer.from(image))
    prepareDatabase(database, null, migrations)
  } catch (error) {
    database?.close()
    throw storageErrorOf(error)
  }
  const opened = database
  return { ...databaseOver(opened, () => opened.close()), image: () => opened.serialize() }
}
