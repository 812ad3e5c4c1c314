// The one door to SQL, on both databases: types, transactions, migrations.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allEnded } from '../../../central/store/all-ended.ts'
import type { Database, Queryable } from '../../../central/store/database.ts'
import { sqlStateOf } from '../../../central/store/database-errors.ts'
import { DatabaseNewerError, migrate, MIGRATIONS } from '../../../central/store/migrate.ts'
import { checkServer, ServerTooOldError } from '../../../central/store/server-version.ts'
import { bigints, byteas, integers, texts, uuids } from '../../../central/store/sql-columns.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let database: Database

  beforeAll(async () => {
    databases = await startDatabases(engine)
    database = await databases.createBare()
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  test('values come as plain values: bigint as number, bytea as bytes, json as it was, arrays as arrays', async () => {
    const [row] = await database.query<{ bytes: Uint8Array; numbers: number[] }>(
      `SELECT 9007199254740991::bigint AS big, sum(n)::bigint AS total, $1::bytea AS bytes, $2::jsonb AS json, $3::text[] AS texts, $4::bigint[] AS numbers, NULL::uuid AS nothing
       FROM (VALUES (1), (2)) AS v(n)`,
      [Uint8Array.of(0, 255, 10), '{"zh":"驿站","list":[1]}', ['a"b', 'c,d', "e'f"], [1, 2]],
    )
    expect({ ...row, bytes: [...(row?.bytes ?? [])], numbers: row?.numbers.map(Number) }).toEqual({
      big: 9007199254740991,
      total: 3,
      bytes: [0, 255, 10],
      json: { zh: '驿站', list: [1] },
      texts: ['a"b', 'c,d', "e'f"],
      numbers: [1, 2],
      nothing: null,
    })
  })

  test('columns go in as they are: greatest and smallest values, nothing, what would need quotes, none at all', async () => {
    const id = '0123abcd-4567-4ef0-89ab-cdef01234567'
    const columns = {
      ids: [id, null, 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
      bigs: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, -1],
      smalls: [2_147_483_647, -2_147_483_648, null],
      texts: ['a"b,{}\\c', null, '驿站 NULL'],
      bytes: [Uint8Array.of(0, 255, 92), Uint8Array.of(), null],
    }
    const ask = (of: typeof columns) =>
      database.query<Record<string, unknown>>(
        'SELECT id, big, small, words, bytes FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::text[], $5::bytea[]) AS r(id, big, small, words, bytes)',
        [uuids(of.ids), bigints(of.bigs), integers(of.smalls), texts(of.texts), byteas(of.bytes)],
      )
    const rows = await ask(columns)
    expect(rows.map((row) => ({ ...row, bytes: row['bytes'] === null ? null : [...(row['bytes'] as Uint8Array)] }))).toEqual([
      { id, big: Number.MAX_SAFE_INTEGER, small: 2_147_483_647, words: 'a"b,{}\\c', bytes: [0, 255, 92] },
      { id: null, big: Number.MIN_SAFE_INTEGER, small: -2_147_483_648, words: null, bytes: [] },
      { id: 'ffffffff-ffff-ffff-ffff-ffffffffffff', big: -1, small: null, words: '驿站 NULL', bytes: null },
    ])
    expect(await ask({ ids: [], bigs: [], smalls: [], texts: [], bytes: [] })).toEqual([])
  })

  test('what no column of integers can hold is an error before it is asked, never another figure', async () => {
    for (const value of [2_147_483_648, -2_147_483_649, 0.5, Number.NaN]) {
      await expect(database.query('SELECT unnest($1::integer[]) AS small', [integers([value])]), String(value)).rejects.toThrow()
    }
    for (const value of [Number.MAX_SAFE_INTEGER + 1, 0.5]) await expect(database.query('SELECT unnest($1::bigint[]) AS big', [bigints([value])]), String(value)).rejects.toThrow()
  })

  test('what is no uuid is none in a column: a digit, a hyphen, the length, a character of another script', async () => {
    const id = '0123abcd-4567-4ef0-89ab-cdef01234567'
    const wrong = ['', id.slice(1), `${id}0`, id.replace('a', 'g'), id.replace('-', '0'), id.replace('0', '-'), id.replace('a', '驿'), ` ${id.slice(1)}`]
    for (const value of wrong) await expect(database.query('SELECT unnest($1::uuid[]) AS id', [uuids([value])]), value).rejects.toThrow()
    expect(await database.query('SELECT unnest($1::uuid[]) AS id', [uuids([id.toUpperCase()])])).toEqual([{ id }])
  })

  test('a bigint beyond what a number can hold is an error, never a wrong figure', async () => {
    await expect(database.query('SELECT 9007199254740993::bigint AS big')).rejects.toThrow(RangeError)
  })

  test('a transaction that throws leaves nothing behind, and a snapshot can write nothing', async () => {
    await database.execute('CREATE TABLE marks (mark text PRIMARY KEY)')
    await expect(
      database.transaction('write', async (transaction) => {
        await transaction.query(`INSERT INTO marks VALUES ('lost')`)
        throw new Error('on purpose')
      }),
    ).rejects.toThrow('on purpose')
    await expect(database.transaction('snapshot', (snapshot) => snapshot.query(`INSERT INTO marks VALUES ('forbidden')`))).rejects.toThrow(/read-only/)
    await database.transaction('write', (transaction) => transaction.query(`INSERT INTO marks VALUES ('kept')`))
    expect(await database.query('SELECT mark FROM marks')).toEqual([{ mark: 'kept' }])
  })

  test('of statements asked for at once one fails: what it says is thrown, none is left, and the connection goes on', async () => {
    await database.execute('CREATE TABLE at_once (n integer PRIMARY KEY)')
    const write = (transaction: Queryable, n: number): Promise<void> => transaction.query('INSERT INTO at_once VALUES ($1)', [n]).then(() => undefined)
    const refused = database.transaction('write', (transaction) => allEnded([write(transaction, 1), transaction.query('SELECT 1 / $1::integer', [0]).then(() => undefined), write(transaction, 2)]))
    expect(await refused.then(() => 'done', sqlStateOf)).toBe('22012')
    await database.transaction('write', (transaction) => allEnded([3, 4, 5].map((n) => write(transaction, n))))
    expect(await database.query('SELECT n FROM at_once ORDER BY n')).toEqual([{ n: 3 }, { n: 4 }, { n: 5 }])
    await database.execute('DROP TABLE at_once')
  })

  test('what the database asks to try again is tried again, a bounded number of times', async () => {
    let attempts = 0
    const work = database.transaction('write', async (transaction) => {
      attempts += 1
      await transaction.execute(`DO $$ BEGIN RAISE EXCEPTION 'once more' USING ERRCODE = '40001'; END $$`)
    })
    await expect(work).rejects.toThrow('once more')
    expect(attempts).toBe(4)
  })

  test('a second run of the migrations does no harm; two at once take each step once', async () => {
    const fresh = await databases.createBare()
    const [left, right] = await Promise.all([migrate(fresh), migrate(fresh)])
    expect([...left, ...right].toSorted((one, other) => one - other)).toEqual(MIGRATIONS.map((migration) => migration.number))
    expect(await migrate(fresh)).toEqual([])
    expect(await fresh.query('SELECT number, name FROM migrations ORDER BY number')).toEqual(MIGRATIONS.map(({ number, name }) => ({ number, name })))
  })

  test('a step that fails leaves no trace of itself, and the next start takes it', async () => {
    const fresh = await databases.createBare()
    const good = { number: 1, name: 'good', sql: 'CREATE TABLE one (n integer)' }
    const broken = { number: 2, name: 'broken', sql: 'CREATE TABLE two (n integer); SELECT nonsense' }
    await expect(migrate(fresh, [good, broken])).rejects.toThrow()
    expect(await migrate(fresh, [good, { ...broken, sql: 'CREATE TABLE two (n integer)' }])).toEqual([2])
  })

  test('a database that a newer program has written is refused', async () => {
    const fresh = await databases.createBare()
    await migrate(fresh)
    await fresh.query(`INSERT INTO migrations (number, name) VALUES ($1, 'from the future')`, [(MIGRATIONS.at(-1)?.number ?? 0) + 1])
    await expect(migrate(fresh)).rejects.toThrow(DatabaseNewerError)
  })

  test('a server that is too old is refused before anything is written in it; the one that answers here is not', async () => {
    const fresh = await databases.createBare()
    const old: Database = {
      ...fresh,
      query: async (sql, values) => {
        const rows = await fresh.query<never>(sql, values)
        return sql.includes('server_version_num') ? rows.map((row: object) => ({ ...row, number: 140_019 }) as never) : rows
      },
    }
    await expect(migrate(old)).rejects.toThrow(new ServerTooOldError('the database server is PostgreSQL 14.19; central needs PostgreSQL 15 or newer'))
    expect(await fresh.query("SELECT 1 WHERE to_regclass('migrations') IS NOT NULL")).toEqual([])
    await checkServer(fresh)
    expect(await migrate(fresh)).toHaveLength(MIGRATIONS.length)
  })

  test('migrations have numbers that only rise', () => {
    const numbers = MIGRATIONS.map((migration) => migration.number)
    expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other))
  })
})
