// The station's one file and one connection: opened with a full sync on every commit, checked, migrated, locked against a
// second process. Reading and writing are different types: a function that writes can only be called inside `write`.
// Keeps invariant 1: what `write` returned is on disk.

import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { type Migration, MIGRATIONS } from './migrations/all.ts'
import { sqliteCode, StorageError, storageErrorOf } from './storage-errors.ts'

type Value = string | number | Uint8Array | null

/** Reads; every statement is prepared once. Integers come as numbers: nothing here outgrows 2^53. */
export interface Reader {
  all<Row>(sql: string, ...values: Value[]): Row[]
  get<Row>(sql: string, ...values: Value[]): Row | undefined
}

/** Writes; exists only inside `StationDatabase.write`. */
export interface Writer extends Reader {
  run(sql: string, ...values: Value[]): number
}

export interface StationDatabase {
  readonly read: Reader
  /** Runs `act` in one BEGIN IMMEDIATE and commits; an error rolls all of it back. Storage failures are StorageErrors. */
  write<Result>(act: (writer: Writer) => Result): Result
  close(): void
}

export interface OpenOptions {
  file: string
  /** Every statement with its values, for measuring (bench/redeem). */
  onStatement?: (sql: string) => void
  migrations?: readonly Migration[]
  busyMsMax?: number
}

const SQLITE_OLDEST = [3, 51, 3] as const
const OPEN_BUSY_MS_MAX = 5_000

/** Opens or makes the file. Throws StorageError: newer program's file, damage, another process, a SQLite with the WAL-reset bug. */
export function openStationDatabase(options: OpenOptions): StationDatabase {
  mkdirSync(dirname(options.file), { recursive: true })
  const lock = lockFile(`${options.file}.lock`, options.busyMsMax ?? OPEN_BUSY_MS_MAX)
  let database: Database.Database | undefined
  try {
    database = new Database(options.file, {
      timeout: options.busyMsMax ?? OPEN_BUSY_MS_MAX,
      ...(options.onStatement === undefined ? {} : { verbose: (message?: unknown) => options.onStatement?.(String(message)) }),
    })
    prepareDatabase(database, options.file, options.migrations ?? MIGRATIONS)
  } catch (error) {
    database?.close()
    lock.close()
    throw storageErrorOf(error)
  }
  const opened = database
  return databaseOver(opened, () => {
    opened.close()
    lock.close()
  })
}

/** For station/store only. */
export function databaseOver(database: Database.Database, close: () => void): StationDatabase {
  const prepared = new Map<string, Database.Statement>()
  const statement = (sql: string): Database.Statement => {
    let known = prepared.get(sql)
    if (known === undefined) {
      known = database.prepare(withFixedPlan(sql))
      prepared.set(sql, known)
    }
    return known
  }
  const onMedium = <Result>(act: () => Result): Result => {
    try {
      return act()
    } catch (error) {
      throw storageErrorOf(error)
    }
  }
  const writer: Writer = {
    all: <Row>(sql: string, ...values: Value[]) => onMedium(() => statement(sql).all(...values) as Row[]),
    get: <Row>(sql: string, ...values: Value[]) => onMedium(() => statement(sql).get(...values) as Row | undefined),
    run: (sql, ...values) => onMedium(() => statement(sql).run(...values).changes),
  }
  // Made once: another wrapper for each write costs as much as a small statement. Refuses an `act` that is not over when it returns.
  const transact = database.transaction(<Result>(act: (writer: Writer) => Result): Result => act(writer))
  return {
    read: writer,
    write: <Result>(act: (writer: Writer) => Result) => onMedium(() => transact.immediate(act) as Result),
    close,
  }
}

/**
 * SQLite plans by the values of parameters where that may help (a bare LIMIT, a range, a join), and then compiles the statement
 * anew whenever they are bound: 5 to 8 µs each time for what takes 0.7, measured, and six times that among other work. What it
 * calls its stability guarantee can not be switched on from here; a parameter behind a plus has the same value, and is not looked at.
 */
function withFixedPlan(sql: string): string {
  const inTexts = sql.match(/'[^']*'/g)?.some((text) => text.includes('?')) ?? false
  if (inTexts) throw new Error(`a question mark that is no parameter: ${sql}`)
  return sql.replaceAll('?', '+?')
}

/** For station/store only. `file` null: the database lies in memory, and an older one has no copy kept of it. */
export function prepareDatabase(database: Database.Database, file: string | null, migrations: readonly Migration[]): void {
  assertSqliteVersion(database)
  database.pragma('journal_mode = WAL')
  // A reopened WAL file falls back to NORMAL: FULL is asked for on every open.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('trusted_schema = OFF')
  const check = database.pragma('quick_check(1)', { simple: true })
  if (check !== 'ok') throw new StorageError('database_damaged', `${file ?? 'in memory'}: ${String(check)}`)
  migrate(database, file, migrations)
}

function migrate(database: Database.Database, file: string | null, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.number ?? 0
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > newest) {
    throw new StorageError('database_newer', `${file ?? 'the database'} was written by a newer program (schema ${version}, this one knows ${newest})`)
  }
  const missing = migrations.filter((migration) => migration.number > version)
  if (missing.length === 0) return
  if (version > 0 && file !== null) backUp(database, `${file}.before-${newest}`)
  for (const migration of missing) {
    database.transaction(() => {
      database.exec(migration.sql)
      database.pragma(`user_version = ${migration.number}`)
    })()
  }
}

function backUp(database: Database.Database, to: string): void {
  if (existsSync(to)) return
  database.prepare('VACUUM INTO ?').run(to)
}

function assertSqliteVersion(database: Database.Database): void {
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as { version: string }
  if (isSqliteTooOld(version)) throw new StorageError('sqlite_too_old', `SQLite ${version} can lose a write-ahead log; ${SQLITE_OLDEST.join('.')} is the oldest without that bug`)
}

/** `version`: as SQLite says it, "3.51.3". */
export function isSqliteTooOld(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, least] of SQLITE_OLDEST.entries()) {
    const part = parts[index] ?? 0
    if (part !== least) return part < least
  }
  return false
}

/** A second process on the same file would break "one connection". SQLite's own file lock goes with the process, also by kill. */
function lockFile(path: string, busyMsMax: number): Database.Database {
  const lock = new Database(path, { timeout: busyMsMax })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY') === true) throw new StorageError('in_use', `another process has ${path}`, error)
    throw storageErrorOf(error)
  }
}
