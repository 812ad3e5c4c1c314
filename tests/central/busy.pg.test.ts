// More at once than central takes in: the rest is told to come back, and room is free again when the first are answered.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildCentral } from '../../central/app.ts'
import { PULL_PATH } from '../../contract/sync/sync-protocol.ts'
import { startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { NOW_MS, startTestCentral, type TestCentral } from '../support/test-central.ts'

const AT_ONCE = 64
let databases: TestDatabases
let central: TestCentral

beforeAll(async () => {
  databases = await startDatabases('pglite')
  central = await startTestCentral(databases)
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await databases.stop()
}, 60_000)

test('what is beyond the limit gets `busy` and a time to come back; afterwards all is answered again', async () => {
  const small = buildCentral({ database: central.database, nowMs: () => NOW_MS, questionsAtOnceMax: AT_ONCE })
  const station = central.first.over(async (path, headers, body) => {
    const response = await small.inject({ method: 'POST', url: path, headers, payload: body })
    return { status: response.statusCode, body: response.headers['retry-after'] ?? 'answered' }
  })
  const question = Buffer.from(JSON.stringify({ cursor: null, incarnation: central.first.incarnation, checksums: [] }))
  const more = 20
  const ask = (count: number) => Promise.all(Array.from({ length: count }, () => station.postOnce(PULL_PATH, question)))
  const replies = await ask(AT_ONCE + more)
  expect(replies.filter(({ status }) => status === 503)).toEqual(Array.from({ length: more }, () => ({ status: 503, body: '5' })))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(AT_ONCE)
  expect((await ask(AT_ONCE)).every(({ status }) => status === 200)).toBe(true)
  await small.close()
}, 60_000)
