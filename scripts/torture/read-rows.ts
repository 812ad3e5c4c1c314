// Everything that lies in the SQLite files and in PostgreSQL as plain rows, for the checker: it must need neither the product
// nor a driver. Integers come as numbers, bytes as Buffers, JSON parsed.

import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'

export type Row = Readonly<Record<string, unknown>>
export type Tables = Readonly<Record<string, readonly Row[]>>

const INT8 = 20
const NUMERIC = 1700

/** The current file of a station that is down, and those that were kept aside when it began anew. Read from copies: what lies
 *  there is evidence, and a log left by a kill is folded in on opening. */
export function readStationFiles(dataFolder: string, scratch: string): { isCurrent: boolean; tables: Tables }[] {
  mkdirSync(scratch, { recursive: true })
  for (const name of readdirSync(dataFolder).filter((file) => /^station\..*db(-wal)?$/.test(file))) cpSync(join(dataFolder, name), join(scratch, name))
  return readdirSync(scratch).filter((name) => name.endsWith('.db')).map((name) => {
    const database = new Database(join(scratch, name), { fileMustExist: true })
    try {
      return { isCurrent: name === 'station.db', tables: readAll(database) }
    } finally {
      database.close()
    }
  })
}

/** Of a station that runs: one moment of it, through SQLite's own sharing. */
export function peekStationTable(dataFolder: string, sql: string): Row[] {
  const database = new Database(join(dataFolder, 'station.db'), { readonly: true, fileMustExist: true, timeout: 2_000 })
  try {
    return database.prepare(sql).all() as Row[]
  } finally {
    database.close()
  }
}

/** Beside the stations' copies, for whoever reads up a violation: one line of JSON a row, bytes as text. */
export function keepCentralTables(tables: Tables, folder: string): void {
  mkdirSync(folder, { recursive: true })
  const plain = (_key: string, value: unknown): unknown => (isBufferJson(value) ? Buffer.from(value.data).toString('latin1') : value)
  const lines = Object.entries(tables).flatMap(([table, rows]) => rows.map((row) => JSON.stringify({ table, ...row }, plain)))
  writeFileSync(join(folder, 'central.ndjson'), `${lines.join('\n')}\n`)
}

function isBufferJson(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value && Array.isArray(value.data)
}

function readAll(database: Database.Database): Tables {
  return database.transaction(() => {
    const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all() as string[]
    return Object.fromEntries(names.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all() as Row[]]))
  })()
}

/** One moment of all of it. */
export async function readCentralTables(databaseUrl: string): Promise<Tables> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format)) as (text: string) => unknown },
  })
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows } = await client.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    const tables: Record<string, Row[]> = {}
    for (const { name } of rows) tables[name] = (await client.query<Row>(`SELECT * FROM "${name}"`)).rows
    return tables
  } finally {
    await client.end()
  }
}
