// More at once than central can hold: the rest is told to come back, and room is free again when the first are answered.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { REQUESTS_AT_ONCE_MAX } from '../../central/app.ts'
import { PULL_PATH } from '../../contract/sync/sync-protocol.ts'
import { startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { startTestCentral, type TestCentral } from '../support/test-central.ts'

let databases: TestDatabases
let central: TestCentral

beforeAll(async () => {
  databases = await startDatabases('pglite')
  central = await startTestCentral(await databases.create())
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await databases.stop()
}, 60_000)

test('what is beyond the limit gets `busy` and a time to come back; afterwards all is answered again', async () => {
  const question = Buffer.from(JSON.stringify({ cursor: { history: '0192f0c0-0000-4000-8000-00000000ffff', number: 1 }, incarnation: central.first.incarnation, checksums: [] }))
  const more = 20
  const replies = await Promise.all(Array.from({ length: REQUESTS_AT_ONCE_MAX + more }, () => central.first.post(PULL_PATH, question)))
  expect(replies.filter((reply) => reply.status === 503)).toEqual(Array.from({ length: more }, () => ({ status: 503, body: { error: 'busy' } })))
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(REQUESTS_AT_ONCE_MAX)
  const again = await Promise.all(Array.from({ length: REQUESTS_AT_ONCE_MAX }, () => central.first.post(PULL_PATH, question)))
  expect(again.every((reply) => reply.status === 200)).toBe(true)
}, 60_000)
