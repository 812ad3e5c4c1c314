// One line a request, of a closed set of fields: which door, what became of it, which station. Whatever is sent, granted or
// failing, no name, phone, rider, pass or body gets into the log, and no sender can make a label of the metrics.

import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildCentral, type Central } from '../../../central/app.ts'
import { readDemoCodes } from '../../../central/demo/demo-codes.ts'
import { makeDemoPassKeys } from '../../../central/demo/seed-demo.ts'
import { passKeysInMemory, passSigningKeys } from '../../../central/keys/pass-key-file.ts'
import { passSigner } from '../../../central/passes.ts'
import { CENTRAL_DOORS } from '../../../central/ops/ops-doors.ts'
import type { Database } from '../../../central/store/database.ts'
import { ALLOWANCE_PATH, PULL_PATH, PUSH_PATH, REQUEST_HEADER, RIDER_PATH } from '../../../contract/sync/sync-protocol.ts'
import riders from '../../../resources/demo/riders.json' with { type: 'json' }
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const LINE_FIELDS = ['bytesIn', 'bytesOut', 'door', 'hostname', 'level', 'ms', 'msg', 'pid', 'request', 'station', 'status', 'time', 'verdict']
const FAILURE_FIELDS = ['err', 'hostname', 'level', 'msg', 'pid', 'request', 'time']
const NOTICE_FIELDS = ['hostname', 'incarnation', 'level', 'msg', 'notice', 'pid', 'state', 'station', 'strandedPoints', 'strandedRiders', 'time']
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const SECRET = '张伟强-13800008848'

let databases: TestDatabases
let central: TestCentral
let failWith: string | null = null
let app: Central
let lines: Record<string, unknown>[] = []

/** The database, until it is told to fail; it fails as PostgreSQL does, with the values in its words. */
function failing(database: Database): Database {
  const fail = (): void => {
    if (failWith !== null) throw Object.assign(new Error(`invalid input syntax: "${failWith}"`), { code: '22P02', detail: failWith, where: failWith })
  }
  return {
    ...database,
    query: async (sql, values) => {
      fail()
      return database.query(sql, values)
    },
    transaction: async (mode, work) => {
      fail()
      return database.transaction(mode, work)
    },
  }
}

beforeAll(async () => {
  databases = await startDatabases('pglite')
  central = await startTestCentral(databases)
  const logTo = new Writable({
    write(part: Buffer, _encoding, done) {
      for (const line of part.toString().split('\n').filter((text) => text !== '')) lines.push(JSON.parse(line) as Record<string, unknown>)
      done()
    },
  })
  app = buildCentral({ database: failing(central.database), nowMs: () => NOW_MS, logTo })
}, 120_000)

afterAll(async () => {
  await app.close()
  await central.app.close()
  await databases.stop()
}, 60_000)

function stationAtTheApp(): TestStation {
  return central.first
    .over(async (path, headers, body) => {
      const response = await app.inject({ method: 'POST', url: path, headers, payload: body })
      return { status: response.statusCode, body: response.json<unknown>() }
    })
    .begin()
}

test('a request leaves one line: door, verdict, time, station and the id that the station gave it', async () => {
  lines = []
  const station = stationAtTheApp()
  const request = randomUUID()
  await station.post(PULL_PATH, Buffer.from('{}'), { [REQUEST_HEADER]: request })
  await app.inject({ method: 'GET', url: '/health' })
  expect(lines).toEqual([
    {
      level: 30, time: expect.any(Number) as number, pid: process.pid, hostname: expect.any(String) as string, request, door: PULL_PATH, status: 401, verdict: 'bad_signature',
      ms: expect.any(Number) as number, bytesIn: 2, bytesOut: 25, station: station.station, msg: 'answered',
    },
  ])
})

test('nobody is in the log, whatever is asked, refused or fails', async () => {
  lines = []
  const station = stationAtTheApp()
  const rider = demoRider('li')
  const passKeys = passKeysInMemory()
  passKeys.keep(makeDemoPassKeys())
  const signPass = passSigner(passSigningKeys(passKeys))
  const codes = JSON.stringify(await readDemoCodes(central.database, signPass))
  const pass = /BX[0-9A-Z]{20,}/.exec(codes)?.[0] ?? ''
  expect(pass).not.toBe('')
  const ask = (path: string, more: object) => station.post(path, Buffer.from(JSON.stringify({ ...more, incarnation: station.incarnation })))
  const askAll = async (): Promise<void> => {
    station.redeem(rider, 1)
    station.recordRaw('checkin.recorded', 1, JSON.stringify({ rider: SECRET, pass }))
    await station.pushBytes(station.batchBytes(1, station.events.length))
    await ask(PULL_PATH, { cursor: null, checksums: [] })
    await ask(ALLOWANCE_PATH, { requestId: randomUUID(), rider })
    await ask(RIDER_PATH, { rider })
    await ask(RIDER_PATH, { rider: pass, name: SECRET })
    await station.post(PUSH_PATH, Buffer.from(`${SECRET}\n${pass}`), { 'content-encoding': 'gzip' })
    await station.post(PULL_PATH, Buffer.from(SECRET), { 'x-boai-station': SECRET.replace(/[^\d-]/g, ''), 'x-boai-request': pass, cookie: pass })
    await station.post(`/v1/${pass}/${encodeURIComponent(SECRET)}?pass=${pass}&rider=${rider}`, Buffer.from(SECRET))
    await app.inject({ method: 'GET', url: `/health?rider=${rider}`, headers: { referer: `https://x/${pass}` } })
  }
  await askAll()
  failWith = SECRET
  await askAll()
  failWith = null

  const verdicts = new Set(lines.map(({ verdict }) => verdict))
  expect(['ok', 'bad_request', 'internal'].filter((verdict) => !verdicts.has(verdict))).toEqual([])
  const fieldsOf = (line: object): readonly string[] => ('err' in line ? FAILURE_FIELDS : 'notice' in line ? NOTICE_FIELDS : LINE_FIELDS)
  const wrong = lines.filter((line) => Object.keys(line).some((field) => !fieldsOf(line).includes(field)))
  expect(wrong).toEqual([])
  expect(lines.filter(({ station: id }) => id !== undefined && !(typeof id === 'string' && UUID.test(id)))).toEqual([])
  expect(lines.filter(({ door }) => door !== undefined && door !== 'none' && !CENTRAL_DOORS.some(({ path }) => path === door))).toEqual([])

  const metrics = (await app.inject({ method: 'GET', url: '/metrics' })).body
  const told = `${JSON.stringify(lines)}\n${metrics}`
  const secrets = [SECRET, pass, 'soap-two-bars', 'scan.refused', '13800008848', ...riders.flatMap((one) => [one.id, one.name])]
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([])
  expect(metrics).not.toContain(station.station)
})
