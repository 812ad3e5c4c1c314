// The doors without HTTP, with packing that runs at once, as the simulation opens them: they answer what the app answers
// over HTTP, and they bound by themselves what fastify bounds there.

import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DatabaseBusyError } from '../../../central/store/database-errors.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { type BodyPacking, GZIP_LEVEL } from '../../../central/sync/body-packing.ts'
import { uncounted } from '../../../central/sync/sync-counters.ts'
import { createProcessMemory } from '../../../central/sync/process-memory.ts'
import { PUSH_BATCHES_HEADER, PUSH_BATCHES_MAX } from '../../../contract/sync/push-request.ts'
import { PUSH_BODY_BYTES_MAX } from '../../../central/sync/push-batch.ts'
import { answerStation, type DoorContext, refusal, type StationAnswer } from '../../../central/sync/sync-doors.ts'
import { PULL_PATH, PUSH_PATH, SIGNATURE_HEADER } from '../../../contract/sync/sync-protocol.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { makeTestKeys } from '../../support/central-keys.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const packingAtOnce: BodyPacking = {
  gunzip: async (bytes, bytesMax) => gunzipSync(bytes, { maxOutputLength: bytesMax }),
  gzip: async (bytes) => gzipSync(bytes, { level: GZIP_LEVEL }),
}

let databases: TestDatabases
let central: TestCentral
let context: DoorContext
let answers: StationAnswer[]

beforeAll(async () => {
  databases = await startDatabases('pglite')
  central = await startTestCentral(databases)
  context = { store: sqlStore(central.database), nowMs: () => NOW_MS, notice: () => undefined, counters: uncounted, memory: createProcessMemory(), ...makeTestKeys(), packing: packingAtOnce }
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await databases.stop()
}, 60_000)

/** The first station, by the doors themselves; each answer is kept as it came. */
function stationAtTheDoors(): TestStation {
  answers = []
  return central.first.over(async (path, headers, body) => {
    const answer = await answerStation(context, { path, headers: { ...headers, 'accept-encoding': 'br, gzip' }, body })
    answers.push(answer)
    const bytes = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(answer.body) : answer.body
    return { status: answer.status, body: JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown }
  })
}

const refused = (error: Parameters<typeof refusal>[0], status: number): { status: number; body: unknown } => ({ status, body: { error } })

test('a push, a pull and an allowance are answered as they are over HTTP', async () => {
  const station = stationAtTheDoors()
  station.redeem(demoRider('zhang'), 10)
  const pushed = await station.push()
  expect(pushed).toMatchObject({ result: 'applied', lastSeq: 1 })
  const overHttp = central.first.clone()
  overHttp.events = [...station.events]
  expect(await overHttp.push()).toEqual(pushed)
  expect(await station.pull(null)).toEqual(await overHttp.pull(null))
  const requestId = '0192f0c0-0000-4000-8000-0000000000aa'
  expect(await station.askAllowance(demoRider('zhang'), requestId)).toEqual(await overHttp.askAllowance(demoRider('zhang'), requestId))
  expect(answers.map(({ status, headers }) => [status, headers['content-encoding'] ?? 'plain'])).toEqual([[200, 'plain'], [200, 'gzip'], [200, 'plain']])
})

test('what is too large, as sent or unpacked, what does not unpack and what is no door, is refused', async () => {
  const station = stationAtTheDoors()
  const zipped = { 'content-encoding': 'gzip' }
  // Before anybody asks who signed it.
  expect(await station.post(PUSH_PATH, Buffer.alloc(PUSH_BODY_BYTES_MAX + 1), { [SIGNATURE_HEADER]: 'A'.repeat(86) })).toEqual(refused('too_large', 413))
  expect(await station.post(PUSH_PATH, gzipSync(Buffer.alloc(PUSH_BODY_BYTES_MAX + 1)), zipped)).toEqual(refused('too_large', 413))
  expect(await station.post(PUSH_PATH, gzipSync(station.batchBytes(1, 1)).subarray(0, 40), zipped)).toEqual(refused('bad_request', 400))
  expect(await station.post('/v1/nowhere', Buffer.from('{}'))).toEqual(refused('bad_request', 404))
})

test('a store that is busy is said by whoever binds the doors, with a time to come back', async () => {
  const busy: DoorContext = { ...context, memory: createProcessMemory(), store: { ...context.store, findStation: () => Promise.reject(new DatabaseBusyError('no connection')) } }
  const station = central.first.over(async (path, headers, body) => {
    await answerStation(busy, { path, headers, body })
    throw new Error('it was answered')
  })
  await expect(station.post(PULL_PATH, Buffer.from('{}'))).rejects.toThrow(DatabaseBusyError)
  expect(refusal('busy')).toEqual({
    status: 503,
    verdict: 'busy',
    headers: { [PUSH_BATCHES_HEADER]: String(PUSH_BATCHES_MAX), 'content-type': 'application/json; charset=utf-8', 'retry-after': '5' },
    body: Buffer.from('{"error":"busy"}'),
  })
})
