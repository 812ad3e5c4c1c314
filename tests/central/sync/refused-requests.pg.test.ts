// Hostile, broken and oversized requests: each gets a code of the closed list, and nothing in the database changes.

import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { PUSH_BODY_BYTES_MAX } from '../../../central/sync/push-batch.ts'
import { PUSH_BATCHES_MAX } from '../../../contract/sync/push-request.ts'
import { PROTOCOL_HEADER, PULL_PATH, PUSH_BYTES_MAX, PUSH_EVENTS_MAX, PUSH_PATH, RIDER_PATH, SIGNATURE_HEADER, STATION_HEADER, SYNC_PROTOCOL_VERSION } from '../../../contract/sync/sync-protocol.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { TestStation } from '../../support/station-client.ts'
import { demoRider, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const TABLES = ['incarnations', 'events', 'batches', 'quarantined_events', 'accounts', 'transfers', 'entries', 'grants', 'changes', 'station_riders']

let databases: TestDatabases
let central: TestCentral
let before: unknown

async function everything(): Promise<unknown> {
  const found: Record<string, unknown> = {}
  for (const table of TABLES) found[table] = await central.database.query(`SELECT * FROM ${table} ORDER BY ${table}::text`)
  return found
}

beforeAll(async () => {
  databases = await startDatabases('pglite')
  central = await startTestCentral(databases)
  central.first.record('scan.refused/1', { verdict: 'forged', count: 1 })
  await central.first.push()
  central.first.record('scan.refused/1', { verdict: 'forged', count: 2 })
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await databases.stop()
}, 60_000)

beforeEach(async () => {
  before = await everything()
})

afterEach(async () => {
  expect(await everything()).toEqual(before)
})

const GZIP = { 'content-encoding': 'gzip' }
const batch = (): Buffer => central.first.batchBytes(2, 2)

test('a station nobody knows is told so', async () => {
  const stranger = new TestStation('019ca704-17be-7e87-a4da-ffffffffffff', central.send)
  stranger.record('scan.refused/1', { verdict: 'forged', count: 1 })
  expect(await stranger.pushBytes(stranger.batchBytes(1, 1))).toEqual({ status: 401, body: { error: 'unknown_station' } })
})

test('a request signed with another key, or not over these bytes, is refused', async () => {
  const thief = new TestStation(central.first.station, central.send)
  thief.record('scan.refused/1', { verdict: 'forged', count: 1 })
  const bad = { status: 401, body: { error: 'bad_signature' } }
  expect(await thief.pushBytes(thief.batchBytes(1, 1))).toEqual(bad)
  expect(await central.second.post(PUSH_PATH, gzipSync(batch()), { ...GZIP, [STATION_HEADER]: central.first.station })).toEqual(bad)
  expect(await central.first.post(PUSH_PATH, gzipSync(batch()), { ...GZIP, [SIGNATURE_HEADER]: 'A'.repeat(86) })).toEqual(bad)
})

test("another station's batch, sent under one's own name, is refused by the batch's own signature", async () => {
  expect(await central.second.pushBytes(batch())).toEqual({ status: 401, body: { error: 'bad_signature' } })
})

test('a station that was revoked is told so', async () => {
  await central.database.query(`UPDATE stations SET status = 'revoked' WHERE station_id = $1`, [central.second.station])
  const question = Buffer.from(JSON.stringify({ cursor: null, incarnation: central.second.incarnation, checksums: [] }))
  // Twice: the first answer also takes the kept copy of its key away.
  for (let time = 0; time < 2; time += 1) expect(await central.second.post(PULL_PATH, question)).toEqual({ status: 403, body: { error: 'revoked' } })
})

test('headers that are missing or no UUID are refused', async () => {
  const bad = { status: 400, body: { error: 'bad_request' } }
  expect(await central.send(PULL_PATH, { 'content-type': 'application/json' }, Buffer.from('{}'))).toEqual(bad)
  expect(await central.first.post(PULL_PATH, Buffer.from('{}'), { [STATION_HEADER]: "'; DROP TABLE events" })).toEqual(bad)
})

test('a small archive that unpacks to much is refused while it is unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
  expect(bomb.length).toBeLessThan(PUSH_BYTES_MAX)
  expect(await central.first.post(PUSH_PATH, bomb, GZIP)).toEqual({ status: 413, body: { error: 'too_large' } })
})

test('a body larger than agreed is refused, packed or not', async () => {
  const large = Buffer.alloc(PUSH_BODY_BYTES_MAX + 1, 0x20)
  expect(await central.first.post(PUSH_PATH, large)).toEqual({ status: 413, body: { error: 'too_large' } })
  expect(await central.first.post(PULL_PATH, Buffer.alloc(10_000, 0x20))).toEqual({ status: 413, body: { error: 'too_large' } })
})

test('a body that was cut off is refused, wherever it was cut', async () => {
  const whole = batch()
  const packed = gzipSync(whole)
  const bad = { status: 400, body: { error: 'bad_request' } }
  expect(await central.first.post(PUSH_PATH, packed.subarray(0, packed.length - 20), GZIP)).toEqual(bad)
  const headEnd = whole.indexOf('\n')
  const headerEnd = whole.indexOf('\n', headEnd + 1)
  for (const length of [0, 1, headEnd, headEnd + 1, headEnd + 5, headerEnd]) {
    expect(await central.first.pushBytes(whole.subarray(0, length)), String(length)).toEqual(bad)
  }
})

test('lines too many, a header that is none, an encoding nobody agreed on and bytes that are no text are refused', async () => {
  const bad = { status: 400, body: { error: 'bad_request' } }
  const whole = batch().toString('utf8')
  expect(await central.first.pushBytes(Buffer.from(`${whole}\n`))).toEqual(bad)
  expect(await central.first.pushBytes(Buffer.from(whole.replace('[2,', '[ 2,')))).toEqual(bad)
  expect(await central.first.pushBytes(Buffer.from(whole.replace('[2,', '[3,')))).toEqual(bad)
  expect(await central.first.post(PUSH_PATH, gzipSync(batch()), { 'content-encoding': 'br' })).toEqual(bad)
  expect(await central.first.pushBytes(Buffer.from([0xff, 0xfe, 0x0a, 0xff]))).toEqual(bad)
  expect(await central.first.pushBytes(Buffer.from('\n'.repeat((PUSH_EVENTS_MAX * 2 + 1) * PUSH_BATCHES_MAX + 1)))).toEqual({ status: 413, body: { error: 'too_large' } })
})

test('a question that is not of the protocol is refused, and one of a newer protocol is told so', async () => {
  const bad = { status: 400, body: { error: 'bad_request' } }
  const question = Buffer.from(JSON.stringify({ cursor: null, incarnation: central.first.incarnation }))
  expect(await central.first.post(PULL_PATH, Buffer.from('{"cursor":7}'))).toEqual(bad)
  expect(await central.first.post(PULL_PATH, Buffer.from('not json'))).toEqual(bad)
  expect(await central.first.post(RIDER_PATH, Buffer.from(JSON.stringify({ rider: `${demoRider('li')}' OR true`, incarnation: central.first.incarnation })))).toEqual(bad)
  expect(await central.first.post(PULL_PATH, question, { [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION + 1) })).toEqual({ status: 501, body: { error: 'server_too_old' } })
  expect(await central.first.post(PULL_PATH, question, { [PROTOCOL_HEADER]: 'x' })).toEqual(bad)
  expect(await central.first.post('/v1/nothing', question)).toEqual({ status: 404, body: { error: 'bad_request' } })
})
