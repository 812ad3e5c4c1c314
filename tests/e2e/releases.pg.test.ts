// Old against new (tests/fixtures/releases): today's station opens a file that an older version wrote, and tells all of it to
// today's central; today's central takes what that version itself sent, byte for byte, once the file has said hello, and answers what
// it asked. The other way today's station reads what the central of that version answers. 0.1.0 itself can not say hello, and its
// closed schemas refuse what has been added to an answer since: its facts come with its update (docs/decisions/0005).

import { createHash, randomBytes, randomUUID, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { HELLO_PATH, helloAnswer, type HelloRequest } from '../../contract/sync/hello.ts'
import { chainSeedText } from '../../contract/sync/event-envelope.ts'
import {
  ALLOWANCE_PATH, allowanceAnswer, PROTOCOL_HEADER, PULL_PATH, PUSH_BYTES_MAX, PUSH_EVENTS_MAX, PUSH_PATH, type PushAnswer, pushAnswer, REQUEST_HEADER,
  requestSigningText, RIDER_PATH, riderAnswer, riderRequest, SIGNATURE_HEADER, STATION_HEADER, SYNC_PROTOCOL_VERSION,
} from '../../contract/sync/sync-protocol.ts'
import { publicKeyOf } from '../../station/station-config.ts'
import { machineIds } from '../../station/station-ids.ts'
import { eventsAfter, outboxState } from '../../station/store/outbox.ts'
import { heldPoints } from '../../station/store/rider-points.ts'
import { syncState } from '../../station/store/sync-state.ts'
import { connectCentral } from '../../station/sync/central-client.ts'
import type { Exchange } from '../../station/sync/http-exchange.ts'
import type { Database } from '../../central/store/database.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { makeTestKeys } from '../support/central-keys.ts'
import { type ReleasedStation, releasedStation } from '../support/released-station.ts'
import { readBooks } from '../support/test-central.ts'
import { clientOf, openCentral, openSyncingStation } from '../station/sync/syncing-station.ts'

const RELEASES = ['0.1.0']

describe.each(ENGINES)('%s', (engine) => {
  let databases: TestDatabases
  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 60_000)
  afterAll(() => databases.stop())

  test.each(RELEASES)('today’s station tells today’s central all that a file of %s never sent', async (version) => {
    const released = releasedStation(version)
    const central = await openCentral(await databases.create(), released.publicKey)
    const station = await openSyncingStation(clientOf(central.proxy.url, released.privateKey), released.folder)
    const { read } = station.counter.database
    const held = heldPoints(read)
    await station.timers.round()
    expect({ depth: outboxState(read).depth, fence: syncState(read).fence, problems: station.problems }).toEqual({ depth: 0, fence: null, problems: [] })
    await expectBooked(central.database, released, read.get<{ seq: number }>('SELECT max(seq) AS seq FROM outbox')?.seq ?? 0)
    expect(held.points).toBeGreaterThan(0)
  }, 120_000)

  test.each(RELEASES)('today’s central takes what %s sent, byte for byte, once that file has said hello', async (version) => {
    const released = releasedStation(version)
    const central = await openCentral(await databases.create(), released.publicKey)
    const pushes = released.wire.filter(({ path }) => path === PUSH_PATH)
    const [first] = pushes
    if (first === undefined) throw new Error('nothing was sent')
    expect(await send(central.url, first)).toEqual({ status: 409, body: { error: 'hello_needed' } })
    const hello = await send(central.url, helloOf(released))
    expect(helloAnswer.parse(hello.body)).toMatchObject({ state: 'active', lastSeq: 0 })
    const answered: PushAnswer[] = []
    for (const push of pushes) answered.push(pushAnswer.parse((await send(central.url, push)).body))
    expectTold(answered, released)
    expect(pushAnswer.parse((await send(central.url, pushes.at(-1) ?? first)).body)).toMatchObject({ result: 'applied', lastSeq: released.events })
    await expectBooked(central.database, released, released.events)
    await expectAsked(central.url, released)
  }, 120_000)
})

test.each(RELEASES)('a central of %s knows no first word, so today’s station keeps all it has; asked all the same it says that it is too old, and nothing else of it is believed', async (version) => {
  const released = releasedStation(version)
  const client = connectCentral({ station: released.station, privateKey: released.privateKey, centralKey: publicKeyOf(makeTestKeys().signer.publicKey), exchange: answeringAs(released), ids: machineIds })
  const { counter, problems } = await openSyncingStation(client, released.folder)
  const { database: { read }, identity: { incarnation } } = counter
  expect(problems.join()).toMatch(/central refuses: bad_request/)
  expect({ depth: outboxState(read).depth, fence: syncState(read).fence }).toEqual({ depth: released.events, fence: null })

  const rider = riderAsked(released)
  expect(await client.pull({ cursor: null, incarnation, checksums: [] })).toMatchObject({ kind: 'refused', error: 'server_too_old' })
  expect(await client.askRider({ rider, incarnation })).toEqual({ kind: 'unreachable', reason: `an answer to ${RIDER_PATH} that is not of this protocol` })
  expect(await client.askAllowance({ requestId: randomUUID(), rider, incarnation })).toEqual({ kind: 'unreachable', reason: `an answer to ${ALLOWANCE_PATH} that is not of this protocol` })
  for (let before = 0; before < released.events; ) {
    const batch = client.prepare(incarnation, eventsAfter(read, before, { countMax: PUSH_EVENTS_MAX, bytesMax: PUSH_BYTES_MAX }))
    expect(await client.push(client.pack([batch]))).toMatchObject({ kind: 'answered', body: { result: 'applied', lastSeq: batch.lastSeq } })
    before = batch.lastSeq
  }
}, 60_000)

/** Event for event what the central of that version told, and in words that it had. It had lent what this one, a new one, knows nothing of: that is flagged. */
function expectTold(answered: readonly PushAnswer[], { answers }: ReleasedStation): void {
  const outcome = z.discriminatedUnion('outcome', [z.strictObject({ seq: z.int(), outcome: z.literal('recorded') }), z.strictObject({ seq: z.int(), outcome: z.literal('flagged'), code: z.string() })])
  const applied = z.strictObject({ result: z.literal('applied'), lastSeq: z.int(), outcomes: z.array(outcome) })
  const seqsOf = ({ outcomes, lastSeq }: z.infer<typeof applied>): unknown => ({ lastSeq, seqs: outcomes.map(({ seq }) => seq) })
  const then = answers.filter(({ path }) => path === PUSH_PATH).map(({ body }) => applied.parse(JSON.parse(body.toString())))
  const today = answered.map((answer) => applied.parse(answer))
  expect(today.map(seqsOf)).toEqual(then.map(seqsOf))
  const codes = today.flatMap(({ outcomes }) => outcomes.flatMap((one) => (one.outcome === 'flagged' ? [one.code] : [])))
  expect(new Set(codes)).toEqual(new Set(['grant_unknown', 'overdrawn']))
}

/** What was asked besides, now that all is told: each answer is of today's schema, and says all that the central of that version said. */
async function expectAsked(url: string, released: ReleasedStation): Promise<void> {
  const ask = async (path: string): Promise<{ today: { status: number; body: unknown }; before: unknown }> => {
    const place = released.wire.findIndex((request) => request.path === path)
    const [request, answer] = [released.wire[place], released.answers[place]]
    if (request === undefined || answer?.path !== path) throw new Error(`nothing was asked of ${path}`)
    return { today: await send(url, request), before: JSON.parse(answer.body.toString()) as unknown }
  }
  const rider = await ask(RIDER_PATH)
  expect(rider.today.status).toBe(200)
  const told = z.object({ changes: z.array(z.object({ kind: z.string(), key: z.string(), row: z.record(z.string(), z.unknown()) })).min(1) }).parse(rider.before)
  expect(riderAnswer.parse(rider.today.body).changes).toEqual(expect.arrayContaining(told.changes.map(({ row, ...place }): unknown => expect.objectContaining({ ...place, row: expect.objectContaining(row) as unknown }))))
  const allowance = await ask(ALLOWANCE_PATH)
  expect(allowance.today.status).toBe(200)
  const lent = z.object({ grant: z.object({ id: z.uuid(), rider: z.uuid(), points: z.int().min(1) }) }).parse(allowance.before).grant
  const { grant } = allowanceAnswer.parse(allowance.today.body)
  // How much is lent is a rule, and has changed: not less than it asked for then.
  expect(grant).toEqual({ ...lent, points: expect.any(Number) as unknown })
  expect(grant?.points).toBeGreaterThanOrEqual(lent.points)
  // It says nothing of checksums, and a page has become another: staff are to hear why no news comes.
  expect((await ask(PULL_PATH)).today).toEqual({ status: 426, body: { error: 'client_too_old' } })
}

/** As the central of that version answered: what a newer station says first, and else what its own one did. */
function answeringAs({ answers, answersToNewer }: ReleasedStation): Exchange {
  const left = [...answersToNewer, ...answers]
  return ({ path }) => {
    const place = left.findIndex((answer) => answer.path === path)
    const answer = left[place]
    if (answer === undefined) return Promise.reject(new Error(`no answer to ${path} was recorded`))
    // The next push is the next batch; all else is answered alike.
    if (path === PUSH_PATH) left.splice(place, 1)
    return Promise.resolve(answer)
  }
}

function riderAsked({ wire }: ReleasedStation): string {
  const request = wire.find(({ path }) => path === RIDER_PATH)
  return riderRequest.parse(JSON.parse(request?.body.toString() ?? '')).rider
}

/** Every event once, in order, and books that add up; every point that left the shelf is in the redemptions. */
async function expectBooked(database: Database, released: ReleasedStation, lastSeq: number): Promise<void> {
  const [events] = await database.query<{ count: number; last: number; parked: number }>(
    "SELECT count(*)::int AS count, max(seq)::int AS last, count(*) FILTER (WHERE outcome = 'parked')::int AS parked FROM events WHERE incarnation = $1",
    [released.incarnation],
  )
  expect(events).toEqual({ count: lastSeq, last: lastSeq, parked: 0 })
  expect(await readBooks(database)).toEqual({ allAccounts: 0, wrong: [] })
  const [redeemed] = await database.query<{ booked: number; recorded: number }>(
    `SELECT (SELECT coalesce(sum(points), 0)::int FROM redemptions) AS recorded,
            (SELECT coalesce(sum(balance), 0)::int FROM accounts WHERE account_key LIKE 'redeemed%' AND account_key LIKE $1) AS booked`,
    [`%${released.station}%`],
  )
  expect(redeemed?.recorded).toBeGreaterThan(0)
  expect(redeemed?.booked).toBeGreaterThanOrEqual(redeemed?.recorded ?? Number.NaN)
}

interface Request {
  path: string
  headers: Record<string, string>
  body: Buffer
}

async function send(url: string, { path, headers, body }: Request): Promise<{ status: number; body: unknown }> {
  const response = await fetch(new URL(path, url), { method: 'POST', headers, body: new Uint8Array(body) })
  return { status: response.status, body: await response.json() }
}

/** Signed as that station would have signed it. */
function helloOf(released: ReleasedStation): Request {
  const { station, incarnation } = released
  const hello: HelloRequest = {
    incarnation, nonce: randomBytes(32).toString('base64url'), previous: null, lastSeq: 0,
    lastHash: createHash('sha256').update(chainSeedText(station, incarnation)).digest('hex'), acknowledgedSeq: 0, cursor: null, certificate: null,
    wallMs: released.nowMs, program: 'test',
  }
  const body = Buffer.from(JSON.stringify(hello))
  const requestId = randomUUID()
  const bodySha256 = createHash('sha256').update(body).digest('hex')
  const signature = sign(null, Buffer.from(requestSigningText({ path: HELLO_PATH, station, requestId, bodySha256 })), released.privateKey).toString('base64url')
  const headers = {
    'content-type': 'application/json', [STATION_HEADER]: station, [REQUEST_HEADER]: requestId, [SIGNATURE_HEADER]: signature,
    [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
  }
  return { path: HELLO_PATH, headers, body }
}
