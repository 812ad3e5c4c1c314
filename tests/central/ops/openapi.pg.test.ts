// The OpenAPI document is valid, has every route of the running app and no other, and says what central really answers.

import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildCentral } from '../../../central/app.ts'
import { CENTRAL_DOORS } from '../../../central/ops/ops-doors.ts'
import { PUSH_BODY_BYTES_MAX } from '../../../central/sync/push-batch.ts'
import { ALLOWANCE_PATH, PROTOCOL_HEADER, PULL_PATH, PUSH_PATH, RIDER_PATH } from '../../../contract/sync/sync-protocol.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type Reply, TestStation } from '../../support/station-client.ts'
import { demoRider, NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, { schema: { $ref?: string } }> }> }>>
}

let databases: TestDatabases
let central: TestCentral
let document: Document
let ajv: Ajv2020

beforeAll(async () => {
  databases = await startDatabases('pglite')
  central = await startTestCentral(databases)
  document = (await central.app.inject({ method: 'GET', url: '/openapi.json' })).json<Document>()
  // Words that are OpenAPI's own are no schema's business.
  ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema({ $id: 'openapi', ...document })
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await databases.stop()
}, 60_000)

/** What is wrong with an answer by the document, or null. */
function faultOf(method: 'get' | 'post', path: string, { status, body }: Reply): unknown {
  const answer = document.paths[path]?.[method]?.responses[String(status)]?.content['application/json']
  if (answer?.schema.$ref === undefined) return `${path} answers ${status}, which the document does not know`
  const check = ajv.compile({ $ref: `openapi${answer.schema.$ref}` })
  return check(body) ? null : check.errors
}

test('it is valid OpenAPI 3.1, and every reference in it leads somewhere', async () => {
  const validator = new Validator()
  expect(await validator.validate(structuredClone(document) as unknown as Record<string, unknown>)).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? '')
  expect(references.length).toBeGreaterThan(20)
  expect(references.filter((reference) => ajv.getSchema(`openapi${reference}`) === undefined)).toEqual([])
})

test('every route of the app is in it, and every path in it is a route', async () => {
  // The routes that the app has, not those that we say it has; what they begin with stands in the lines above.
  const routes: string[] = []
  const begins: string[] = []
  for (const line of buildCentral({ database: central.database, nowMs: () => NOW_MS }).printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods = ''] = /^(.*)── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? []
    if (part === '') continue
    const depth = Math.floor(indent.length / 4)
    const path = `${begins.slice(0, depth).join('')}${part}`
    begins.splice(depth, begins.length, part)
    for (const method of methods.split(', ')) if (method !== '' && method !== 'HEAD') routes.push(`${method.toLowerCase()} ${path}`)
  }
  const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
  expect(described.toSorted()).toEqual(routes.toSorted())
  expect(described).toHaveLength(CENTRAL_DOORS.length)
})

test('what central answers is what the document says, whether it grants or refuses', async () => {
  const rider = demoRider('li')
  const station = central.first.begin()
  station.redeem(rider, 1)
  const question = (more: object): Buffer => Buffer.from(JSON.stringify({ ...more, incarnation: station.incarnation }))
  const stranger = new TestStation('019ca704-17be-7e87-a4da-ffffffffffff', central.send)
  const pull = question({ cursor: null, ...pullExtras() })
  const posted: [string, Reply][] = [
    [PUSH_PATH, await station.pushBytes(station.batchBytes(1, 1))],
    [PUSH_PATH, await station.pushBytes(Buffer.from('nonsense'))],
    [PUSH_PATH, await station.post(PUSH_PATH, Buffer.alloc(PUSH_BODY_BYTES_MAX + 1))],
    [PUSH_PATH, await stranger.pushBytes(stranger.batchBytes(1, 1))],
    [PULL_PATH, await station.post(PULL_PATH, pull)],
    [PULL_PATH, await station.post(PULL_PATH, pull, { [PROTOCOL_HEADER]: '99' })],
    [ALLOWANCE_PATH, await station.post(ALLOWANCE_PATH, question({ requestId: '0192f0c0-0000-4000-8000-00000000abcd', rider }))],
    [ALLOWANCE_PATH, await station.post(ALLOWANCE_PATH, question({ requestId: '0192f0c0-0000-4000-8000-00000000abce', rider: stranger.station }))],
    [RIDER_PATH, await station.post(RIDER_PATH, question({ rider }))],
    [RIDER_PATH, await station.post(RIDER_PATH, question({ rider: stranger.station }))],
  ]
  expect(posted.map(([, { status }]) => status)).toEqual([200, 400, 413, 401, 200, 501, 200, 404, 200, 404])
  expect(posted.map(([path, reply]) => faultOf('post', path, reply))).toEqual(posted.map(() => null))
  const asked = ['/health', '/ready', '/openapi.json']
  for (const path of asked) {
    const response = await central.app.inject({ method: 'GET', url: path })
    expect(faultOf('get', path, { status: response.statusCode, body: response.json() }), path).toBeNull()
  }
})

test('an answer with one field too many, or a code of no list, would be found', () => {
  expect(faultOf('post', PUSH_PATH, { status: 200, body: { result: 'applied', lastSeq: 1, outcomes: [], more: 1 } })).not.toBeNull()
  expect(faultOf('post', PUSH_PATH, { status: 401, body: { error: 'surprised' } })).not.toBeNull()
  expect(faultOf('post', PUSH_PATH, { status: 418, body: { error: 'busy' } })).not.toBeNull()
})

/** What a pull asks besides, where the contract has it. */
function pullExtras(): object {
  return { checksums: [] }
}
