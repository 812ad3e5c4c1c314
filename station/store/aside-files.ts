// Files that were kept aside when the station began anew: read, never written in again, and never in the way of one another. What
// they recorded may be needed once more, by a central that a restore made forget it.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { databaseOver, type Reader } from './database.ts'
import type { Identity } from './identity.ts'
import { MIGRATIONS } from './migrations/all.ts'
import { StorageError, storageErrorOf } from './storage-errors.ts'

export interface AsideFile {
  readonly identity: Identity
  readonly read: Reader
  close(): void
}

export interface AsideFiles {
  /** The youngest first. */
  names(): readonly string[]
  /** Throws a StorageError where it can not be read, or is another station's. */
  open(name: string): AsideFile
}

/** So many are told of; a station that has begun anew more often has other troubles. */
const FILES_MAX = 32
const NAME = /^station\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.\d+)?\.db$/

/** Where the file of that life is put. An older copy of it may lie there already: both are kept. */
export function asidePath(dataFolder: string, incarnation: string): string {
  const first = join(dataFolder, `station.${incarnation}.db`)
  let path = first
  for (let copy = 2; existsSync(path); copy += 1) path = join(dataFolder, `station.${incarnation}.${copy}.db`)
  return path
}

export function asideFilesIn(dataFolder: string, station: string): AsideFiles {
  return {
    names: () =>
      readdirSync(dataFolder)
        .filter((name) => NAME.test(name))
        .map((name) => ({ name, writtenAtMs: statSync(join(dataFolder, name)).mtimeMs }))
        .toSorted((left, right) => right.writtenAtMs - left.writtenAtMs)
        .slice(0, FILES_MAX)
        .map(({ name }) => name),
    open: (name) => openAsideFile(join(dataFolder, name), station),
  }
}

function openAsideFile(file: string, station: string): AsideFile {
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true })
    const opened = database
    const version = Number(opened.pragma('user_version', { simple: true }))
    if (version > (MIGRATIONS.at(-1)?.number ?? 0)) throw new StorageError('database_newer', `${file} was written by a newer program`)
    const { read, close } = databaseOver(opened, () => opened.close())
    const identity = read.get<Identity>('SELECT station, incarnation, boot FROM identity')
    if (identity?.station !== station) throw new StorageError('database_foreign', `${file} is no file of station ${station}`)
    return { identity, read, close }
  } catch (error) {
    database?.close()
    throw storageErrorOf(error)
  }
}
