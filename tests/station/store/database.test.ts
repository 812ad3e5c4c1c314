import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { MIGRATIONS } from '../../../station/store/migrations/all.ts'
import { machineIds } from '../../../station/station-ids.ts'
import { isSqliteTooOld, openStationDatabase } from '../../../station/store/database.ts'
import { openMemoryDatabase } from '../../../station/store/memory-database.ts'
import { beginBoot } from '../../../station/store/identity.ts'
import { StorageError } from '../../../station/store/storage-errors.ts'
import { openEmptyCounter, STATION, STRANGER, temporaryFolder } from '../../support/counter.ts'

function codeOf(act: () => unknown): string {
  try {
    act()
    return 'no error'
  } catch (error) {
    return error instanceof StorageError ? error.code : String(error)
  }
}

test('every open asks for a full sync, foreign keys and the write-ahead log', () => {
  const file = join(temporaryFolder(), 'station.db')
  for (const open of ['first', 'second']) {
    const database = openStationDatabase({ file })
    expect([open, ...['synchronous', 'foreign_keys', 'journal_mode', 'user_version'].map((name) => Object.values(database.read.get<object>(`PRAGMA ${name}`) ?? {})[0])]).toEqual([
      open, 2, 1, 'wal', MIGRATIONS.length,
    ])
    database.close()
  }
})

test('every table is STRICT', () => {
  const counter = openEmptyCounter()
  expect(counter.database.read.all("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")).toEqual([])
})

test('a file of a newer program is refused and left as it was', () => {
  const file = join(temporaryFolder(), 'station.db')
  const newer = new Database(file)
  newer.pragma('user_version = 99')
  newer.close()
  expect(codeOf(() => openStationDatabase({ file }))).toBe('database_newer')
  const after = new Database(file)
  expect(after.pragma('user_version', { simple: true })).toBe(99)
  after.close()
})

test('a file that is no database is refused as damaged', () => {
  const file = join(temporaryFolder(), 'station.db')
  writeFileSync(file, 'not a database, but long enough to look like a file with something in it'.repeat(100))
  expect(codeOf(() => openStationDatabase({ file }))).toBe('database_damaged')
})

test('a place that can not be opened is said by its code', () => {
  const file = join(temporaryFolder(), 'station.db')
  mkdirSync(file)
  expect(codeOf(() => openStationDatabase({ file }))).toBe('storage_failing')
})

test('a second process on the same file is refused, and a killed one leaves no lock behind', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'station.db')
  const module = new URL('../../../station/store/database.ts', import.meta.url).href
  const holder = spawn(process.execPath, ['--input-type=module', '-e', `const { openStationDatabase } = await import(${JSON.stringify(module)}); globalThis.held = openStationDatabase({ file: ${JSON.stringify(file)} }); console.log('open'); setInterval(() => {}, 1000)`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  expect(codeOf(() => openStationDatabase({ file, busyMsMax: 100 }))).toBe('in_use')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const database = openStationDatabase({ file })
  database.close()
})

test('a migration keeps a copy of the file as it was, and a second open does no harm', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'station.db')
  openStationDatabase({ file }).close()
  const added = { number: MIGRATIONS.length + 1, name: 'test', sql: 'CREATE TABLE added (id INTEGER PRIMARY KEY) STRICT;' }
  const migrated = openStationDatabase({ file, migrations: [...MIGRATIONS, added] })
  migrated.close()
  openStationDatabase({ file, migrations: [...MIGRATIONS, added] }).close()
  expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([`station.db.before-${added.number}`])
})

test('a migration that fails leaves the file as it was', () => {
  const file = join(temporaryFolder(), 'station.db')
  openStationDatabase({ file }).close()
  const broken = { number: MIGRATIONS.length + 1, name: 'broken', sql: 'CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE outbox (seq INTEGER) STRICT;' }
  expect(codeOf(() => openStationDatabase({ file, migrations: [...MIGRATIONS, broken] }))).toContain('outbox already exists')
  const database = openStationDatabase({ file })
  expect(database.read.get("SELECT name FROM sqlite_schema WHERE name = 'half'")).toBeUndefined()
  database.close()
})

test('each start is a boot more of the same incarnation; the file of another station is refused', () => {
  const folder = temporaryFolder()
  const first = openEmptyCounter(folder)
  first.database.close()
  const second = openEmptyCounter(folder)
  expect(second.identity).toEqual({ ...first.identity, boot: 2 })
  expect(codeOf(() => beginBoot(second.database, STRANGER, machineIds))).toBe('database_foreign')
  expect(second.identity.station).toBe(STATION)
})

test('an event can not be rewritten', () => {
  const counter = openEmptyCounter()
  counter.database.write((writer) =>
    writer.run("INSERT INTO outbox (seq, id, kind, version, body, wall_ms, monotonic_ms, boot, hash) VALUES (1, 'a', 'k', 1, x'00', 0, 0, 1, zeroblob(32))"),
  )
  expect(codeOf(() => counter.database.write((writer) => writer.run("UPDATE outbox SET kind = 'other'")))).toContain('never rewritten')
})

test('a SQLite that can lose a write-ahead log is too old, whatever of its number is smaller', () => {
  const versions = ['3.51.2', '3.50.9', '3.7.17', '2.99.99', '3.51', '3.51.3', '3.51.10', '3.52.0', '4.0.0']
  expect(versions.filter(isSqliteTooOld)).toEqual(['3.51.2', '3.50.9', '3.7.17', '2.99.99', '3.51'])
})

test('a parameter is what was bound, whatever its type, and a question mark in a text is refused', () => {
  const { database } = openEmptyCounter()
  const bytes = new Uint8Array([0, 255, 63])
  expect(database.read.get("SELECT ? AS text, typeof(?) AS number, typeof(?) AS real, ? AS bytes, ? AS absent", '+?', 7, 0.5, bytes, null)).toEqual({
    text: '+?', number: 'real', real: 'real', bytes: Buffer.from(bytes), absent: null,
  })
  expect(() => database.read.get("SELECT 'who?' AS text, ? AS number", 1)).toThrow('no parameter')
})

test('a statement is compiled once, whatever is bound to it', () => {
  // In memory nothing else of a read takes time.
  const database = openMemoryDatabase(null)
  const rounds = 4_000
  const microsecondsOf = (sql: string, ...values: number[]): number => {
    const beganMs = performance.now()
    for (let round = 0; round < rounds; round += 1) database.read.get(sql, ...values)
    return ((performance.now() - beganMs) * 1000) / rounds
  }
  const columns = 'SELECT seq, id, kind, version, body, wall_ms, monotonic_ms, boot, hash FROM outbox'
  // The planner looks at a limit and at the end of a range; compiled anew for each it takes ten times as long as a constant does.
  const ratios = Array.from({ length: 9 }, () => microsecondsOf(`${columns} WHERE seq > ? ORDER BY seq LIMIT ?`, 0, 5) / microsecondsOf(`${columns} WHERE seq > 0 ORDER BY seq LIMIT 5`))
  expect(ratios.toSorted((one, other) => one - other)[4]).toBeLessThan(2.5)
})
