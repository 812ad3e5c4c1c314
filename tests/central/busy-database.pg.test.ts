// No connection comes free, or a lock is held for too long: a station is told to come back, not that something is broken.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { PULL_PATH } from '../../contract/sync/sync-protocol.ts'
import { buildCentral } from '../../central/app.ts'
import { CONNECTIONS_MAX, openPostgres } from '../../central/store/postgres-database.ts'
import type { OpenDatabase } from '../../central/store/database.ts'
import { type TestPostgres, startPostgres } from '../support/postgres.ts'
import { NOW_MS, startTestCentral, type TestCentral } from '../support/test-central.ts'

let server: TestPostgres
let database: OpenDatabase
let central: TestCentral

beforeAll(async () => {
  server = await startPostgres()
  database = openPostgres(await server.createDatabase(), (error) => process.stderr.write(`${error.message}\n`), 300)
  central = await startTestCentral(database)
}, 120_000)

afterAll(async () => {
  await central.app.close()
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
  const question = Buffer.from(JSON.stringify({ cursor: null, incarnation: central.first.incarnation }))
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
