// A page of the log costs a page: entries that were told together stand in one row, and whoever reads them opens that row once,
// not once for each of them.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginHistory, readChanges, readNumbers, ridersScope } from '../../../central/store/changes.ts'
import type { Queryable } from '../../../central/store/database.ts'
import { readPullHead } from '../../../central/store/pull-head.ts'
import { readSnapshotKeys } from '../../../central/store/snapshots.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'

const BLOCKS = 3
const KEYS = 500
/** Pages of 8 kB that all indexes and rows for a thousand changes take, many times over. */
const PAGES_MAX = 150

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  test('entries told together are opened a block at a time, by pull, hello, comparison and snapshot', async () => {
    const database = await databases.create()
    const [district, station, incarnation] = [randomUUID(), randomUUID(), randomUUID()]
    const scope = ridersScope(station)
    const keys = Array.from({ length: BLOCKS }, () => Array.from({ length: KEYS }, () => randomUUID()))
    await beginHistory(database, randomUUID())
    await database.query('INSERT INTO districts (district_id, name_zh, name_en) VALUES ($1, $2, $3)', [district, '区', 'District'])
    await database.query('INSERT INTO change_counters (district_id, number) VALUES ($1, $2)', [district, BLOCKS * KEYS])
    for (const [block, told] of keys.entries()) {
      await database.query('INSERT INTO entry_changes (district_id, scope, number, keys) VALUES ($1, $2, $3, $4::uuid[])', [district, scope, (block + 1) * KEYS, told])
    }
    const told = keys.flat().map((key, index) => ({ scope: 'riders', kind: 'entry', key, number: index + 1 }))
    const [first] = told

    const counting = countPages(database)
    const page = { district, station, limit: KEYS * 2 + 1 }
    expect((await readChanges(counting.queryable, { ...page, after: 0 })).rows).toEqual(told.slice(0, page.limit))
    expect((await readChanges(counting.queryable, { ...page, after: KEYS + 7 })).rows).toEqual(told.slice(KEYS + 7))
    expect((await readPullHead(counting.queryable, { ...page, incarnation, after: 0, limit: 1 })).changes.rows).toEqual([first])
    expect(await readNumbers(counting.queryable, { district, scope, rows: [{ kind: 'entry', key: first?.key ?? '' }] })).toEqual([first])
    await readSnapshotKeys(counting.queryable, { district, station, incarnation, scope: 'riders', entriesSinceMs: 0, entriesMax: 10 })
    expect(counting.pages.length).toBeGreaterThanOrEqual(5)
    for (const pages of counting.pages) expect(pages).toBeLessThan(PAGES_MAX)
  })
})

/** Asks everything twice: once for how many pages it takes. */
function countPages(queryable: Queryable): { queryable: Queryable; pages: number[] } {
  const pages: number[] = []
  return {
    pages,
    queryable: {
      async query(sql, parameters) {
        const [row] = await queryable.query<{ 'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number } }] }>(
          `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, parameters,
        )
        const plan = row?.['QUERY PLAN'][0].Plan
        if (plan === undefined) throw new Error('the database explains nothing')
        pages.push(plan['Shared Hit Blocks'] + plan['Shared Read Blocks'])
        return queryable.query(sql, parameters)
      },
      execute: (sql) => queryable.execute(sql),
    },
  }
}
