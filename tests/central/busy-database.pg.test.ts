// No connection comes free, or a lock is held for too long: a station is told to come back, not that something is broken.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { PULL_PATH } from '../../contract/sync/sync-protocol.ts'
import { buildCentral } from '../../central/app.ts'
import { CONNECTIONS_MAX, openPostgres } from '../../central/store/postgres-database.ts'
import type { OpenDatabase } from '../../central/store/database.ts'
import { DatabaseBusyError } from '../../central/store/database-errors.ts'
import { type TestPostgres, startPostgres } from '../support/postgres.ts'
import { NOW_MS, startTestCentral, type TestCentral } from '../support/test-central.ts'

/** For a free connection; long enough to make a new one on a machine that is busy with other things. */
const WAIT_MS = 2_000

let server: TestPostgres
let database: OpenDatabase
let killer: OpenDatabase
let central: TestCentral

beforeAll(async () => {
  server = await startPostgres()
  const url = await server.createDatabase()
  killer = openPostgres(url, () => undefined)
  database = openPostgres(url, (error) => process.stderr.write(`${error.message}\n`), WAIT_MS)
  central = await startTestCentral(database)
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await killer.close()
  await database.close()
  await server.stop()
}, 60_000)

test('where every connection is taken, a station is told that central is busy and when to come back', async () => {
  let free: () => void = () => undefined
  const until = new Promise<void>((resolve) => {
    free = resolve
  })
  let taken = 0
  const holding = Array.from({ length: CONNECTIONS_MAX }, () =>
    database.transaction('snapshot', async (snapshot) => {
      await snapshot.query('SELECT 1')
      taken += 1
      await until
    }),
  )
  await expect.poll(() => taken).toBe(CONNECTIONS_MAX)
  const question = Buffer.from(JSON.stringify({ cursor: null, incarnation: central.first.incarnation, checksums: [] }))
  expect(await central.first.post(PULL_PATH, question)).toEqual({ status: 503, body: { error: 'busy' } })
  free()
  await Promise.all(holding)
  expect((await central.first.post(PULL_PATH, question)).status).toBe(200)
})

test.each(['55P03', '57014', '40001', '40P01', '53300'])('the database’s %s is an answer `busy`, with no word of it', async (code) => {
  const app = buildCentral({
    database: { ...database, query: () => Promise.reject(Object.assign(new Error('of 张伟'), { code })) },
    nowMs: () => NOW_MS,
  })
  const busy = central.first.over(async (path, headers, body) => {
    const response = await app.inject({ method: 'POST', url: path, headers, payload: body })
    return { status: response.statusCode, body: { ...response.json<object>(), retryAfter: response.headers['retry-after'] } }
  })
  expect(await busy.post(PULL_PATH, Buffer.from('{}'))).toEqual({ status: 503, body: { error: 'busy', retryAfter: '5' } })
  await app.close()
})

test('a connection that the server ends, within a statement or between two, ends no process: the station is told to come back', async () => {
  const endMine = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
  const ended = database.transaction('write', async (transaction) => {
    await transaction.query('SELECT 1')
    await killer.query(endMine)
    // Time for the news to arrive while no statement runs.
    await new Promise((resolve) => setTimeout(resolve, 200))
    return transaction.query('SELECT 2')
  })
  await expect(ended).rejects.toThrow(DatabaseBusyError)
  expect(await database.query('SELECT 3 AS three')).toEqual([{ three: 3 }])

  const sleeping = database.transaction('write', (transaction) => transaction.query('SELECT pg_sleep(30)'))
  const killed = expect(sleeping).rejects.toThrow(DatabaseBusyError)
  await expect.poll(async () => (await killer.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'`)).length).toBeGreaterThan(0)
  await killer.query(endMine)
  await killed
})
