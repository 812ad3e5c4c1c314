// Old against new (tests/fixtures/releases): today's station opens a file that an older version wrote, and tells all of it to
// today's central; today's central takes what that version itself sent, byte for byte, once the file has said hello.

import { createHash, randomBytes, randomUUID, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HELLO_PATH, helloAnswer, type HelloRequest } from '../../contract/sync/hello.ts'
import { chainSeedText } from '../../contract/sync/event-envelope.ts'
import { PUSH_PATH, PROTOCOL_HEADER, pushAnswer, REQUEST_HEADER, requestSigningText, SIGNATURE_HEADER, STATION_HEADER, SYNC_PROTOCOL_VERSION } from '../../contract/sync/sync-protocol.ts'
import { outboxState } from '../../station/store/outbox.ts'
import { heldPoints } from '../../station/store/rider-points.ts'
import { syncState } from '../../station/store/sync-state.ts'
import type { Database } from '../../central/store/database.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../support/central-databases.ts'
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
    for (const push of pushes) expect(pushAnswer.parse((await send(central.url, push)).body).result).toBe('applied')
    expect(pushAnswer.parse((await send(central.url, pushes.at(-1) ?? first)).body)).toMatchObject({ result: 'applied', lastSeq: released.events })
    await expectBooked(central.database, released, released.events)
  }, 120_000)
})

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
