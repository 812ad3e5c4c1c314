// The first word between a station and central: who is who, which file this is, and that central is the one it was. On both
// databases.

import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeSigner } from '../../../central/keys/signer.ts'
import { helloSigningText, OWN_EVENTS_PATH, type OwnEventsAnswer, ownEventsAnswer } from '../../../contract/sync/hello.ts'
import { ALLOWANCE_PATH, PULL_PATH, PUSH_PATH } from '../../../contract/sync/sync-protocol.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { done, enrolBody, enrolDoor, newMachine } from '../../support/operator.ts'
import { TestStation } from '../../support/station-client.ts'
import { demoRider, HISTORY, NOW_MS, readBooks } from '../../support/test-central.ts'

const DAY_MS = 86_400_000

function isSignedBy(rawKey: string, text: string, signature: string): boolean {
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: rawKey } })
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))
}

/** Hashes of what was read, as the station computes them. */
function chainOf(station: TestStation, events: OwnEventsAnswer['events']): string[] {
  let before: Uint8Array = station.seed()
  return events.map((event) => {
    const bytes = 'body' in event ? Buffer.from(event.body, 'utf8') : Buffer.from(event.bodyBase64, 'base64')
    before = createHash('sha256').update(before).update(`${event.header}\n`).update(bytes).digest()
    return Buffer.from(before).toString('hex')
  })
}

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: KeyedCentral
  let station: TestStation

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  beforeEach(async () => {
    central = await startKeyedCentral(databases)
    station = central.first
  }, 60_000)

  afterEach(async () => {
    await central.close()
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  const statesOf = async (one: TestStation): Promise<Record<string, string>> => {
    const rows = await central.database.query<{ incarnation: string; state: string }>('SELECT incarnation, state FROM incarnations WHERE station_id = $1', [one.station])
    return Object.fromEntries(rows.map((row) => [row.incarnation, row.state]))
  }

  /** A new file, and what central says to it. */
  const beginAnew = async (): Promise<{ incarnation: string; state: string }> => {
    station.begin()
    return { incarnation: station.incarnation, state: (await station.hello()).state }
  }

  test('central answers with its signature over the nonce, and nobody else can', async () => {
    station.record('staff.signed_in/1', { staff: randomUUID() })
    await station.push()
    const said = station.helloBody()
    const { signature, ...answer } = await station.hello(said)
    expect(answer).toEqual({
      history: HISTORY, state: 'active', lastSeq: 1, lastHash: station.events[0]?.hash.toString('hex'), backedUpSeq: 0, recovering: false, centralWallMs: NOW_MS,
    })
    const text = helloSigningText({ station: station.station, incarnation: station.incarnation, nonce: said.nonce, ...answer })
    expect({ own: isSignedBy(central.keys.signer.publicKey, text, signature), forged: isSignedBy(makeSigner().publicKey, text, signature) }).toEqual({ own: true, forged: false })
    // The same words over another nonce are another text: an answer that was overheard is worth nothing.
    const other = helloSigningText({ station: station.station, incarnation: station.incarnation, nonce: station.helloBody().nonce, ...answer })
    expect(isSignedBy(central.keys.signer.publicKey, other, signature)).toBe(false)
  })

  test('a file that has not said hello is sent back from every other door, and begins nowhere', async () => {
    station.begin()
    const body = (question: unknown): Buffer => Buffer.from(JSON.stringify(question))
    station.record('staff.signed_in/1', { staff: randomUUID() })
    const replies = [
      await station.postOnce(PUSH_PATH, station.batchBytes(1, 1)),
      await station.postOnce(PULL_PATH, body({ cursor: null, incarnation: station.incarnation, checksums: [] })),
      await station.postOnce(ALLOWANCE_PATH, body({ requestId: randomUUID(), rider: demoRider('li'), incarnation: station.incarnation })),
      await station.postOnce(OWN_EVENTS_PATH, body({ incarnation: station.incarnation, after: 0 })),
    ]
    expect(replies).toEqual(replies.map(() => ({ status: 409, body: { error: 'hello_needed' } })))
    expect(Object.keys(await statesOf(station))).not.toContain(station.incarnation)
  })

  test('a new file takes over, a second one within thirty days waits for staff, one after that takes over again', async () => {
    const old = station.incarnation
    const second = await beginAnew()
    const third = await beginAnew()
    expect(await statesOf(station)).toEqual({ [old]: 'superseded', [second.incarnation]: 'active', [third.incarnation]: 'waiting' })
    central.clock.nowMs = NOW_MS + 31 * DAY_MS
    const fourth = await beginAnew()
    expect(await statesOf(station)).toEqual({
      [old]: 'superseded', [second.incarnation]: 'superseded', [third.incarnation]: 'waiting', [fourth.incarnation]: 'active',
    })
  })

  test('two copies that begin anew in turns do not take turns: the second waits and is lent nothing', async () => {
    const rider = demoRider('li')
    const copy = station.clone()
    expect((await station.begin().hello()).state).toBe('active')
    expect((await copy.begin().hello()).state).toBe('waiting')
    expect((await station.begin().hello()).state).toBe('waiting')
    expect(await copy.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'not_active' })
    copy.record('staff.signed_in/1', { staff: randomUUID() })
    expect(await copy.push()).toMatchObject({ result: 'applied', lastSeq: 1 })
  })

  test('a new machine with the old disk goes on as it was, and staff’s word for it is not left for the next new file', async () => {
    station.begin()
    await station.hello()
    const { code } = await done<{ code: string }>(central, 'enrolment-code', { station: station.station })
    const machine = newMachine()
    expect(await enrolDoor(central)(await enrolBody(central, machine, code))).toMatchObject({ ok: true })
    const moved = new TestStation(station.station, central.send, machine)
    moved.incarnation = station.incarnation
    expect(await moved.hello()).toMatchObject({ state: 'active' })
    expect(await moved.begin().hello()).toMatchObject({ state: 'waiting' })
  })

  test('a copy that has written something else is found at its hello, before it sends anything', async () => {
    const copy = station.clone()
    station.record('staff.signed_in/1', { staff: randomUUID() })
    await station.push()
    copy.record('staff.signed_in/1', { staff: randomUUID() })
    expect(await copy.hello()).toMatchObject({ state: 'quarantined', lastSeq: 1, lastHash: station.events[0]?.hash.toString('hex') })
    // An old image of the same past only lags.
    expect(await central.second.hello()).toMatchObject({ state: 'active' })
    central.second.record('staff.signed_in/1', { staff: randomUUID() })
    await central.second.push()
    const image = central.second.clone()
    image.events.pop()
    expect(await image.hello()).toMatchObject({ state: 'active', lastSeq: 1 })
  })

  test('a restored database reads again what it had told, in pages without a hole', async () => {
    for (let told = 1; told <= 600; told += 1) station.record('checkin.recorded/1', { rider: randomUUID(), card: 1, known: false })
    await station.push(1, 300)
    await station.push(301, 600)
    const read: OwnEventsAnswer['events'] = []
    for (let pages = 1; pages <= 10; pages += 1) {
      const { body } = await station.post(OWN_EVENTS_PATH, Buffer.from(JSON.stringify({ incarnation: station.incarnation, after: read.length })))
      const page = ownEventsAnswer.parse(body)
      read.push(...page.events)
      if (!page.more) break
    }
    expect(read.length).toBe(600)
    expect(read.map((event) => ('body' in event ? event.body : null))).toEqual(station.events.map(({ body }) => body.toString()))
    expect(chainOf(station, read)).toEqual(station.events.map(({ hash }) => hash.toString('hex')))
  })

  test('a parked body that is no text is read again to the byte, and those behind it too', async () => {
    for (const body of [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), Buffer.from('\ufeff{}'), Buffer.from([0x7b, 0x00, 0x7d]), Buffer.from('{}')]) station.recordRaw('checkin.recorded', 1, body)
    const pushed = await station.push()
    expect(pushed.result === 'applied' ? pushed.outcomes.map(({ outcome }) => outcome) : pushed).toEqual(['parked', 'parked', 'parked', 'parked'])
    const { body } = await station.post(OWN_EVENTS_PATH, Buffer.from(JSON.stringify({ incarnation: station.incarnation, after: 0 })))
    expect(chainOf(station, ownEventsAnswer.parse(body).events)).toEqual(station.events.map(({ hash }) => hash.toString('hex')))
  })
})
