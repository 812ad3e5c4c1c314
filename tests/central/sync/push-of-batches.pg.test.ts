// Several signed batches in one request: taken together in one transaction, each with its proof, an answer for each event; what
// is wrong with one of them leaves nothing of the others half done. On both databases.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PUSH_BATCHES_HEADER, PUSH_BATCHES_MAX } from '../../../contract/sync/push-request.ts'
import { PUSH_PATH } from '../../../contract/sync/sync-protocol.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'

describe.each(ENGINES)('batches in one request on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    await databases.stop()
  }, 60_000)

  /** As one request: a batch up to each of these sequences, from `first` on. */
  function bytesOf(station: TestStation, ends: readonly number[], first = 1): Buffer {
    return Buffer.concat(ends.map((end, at) => station.batchBytes(at === 0 ? first : (ends[at - 1] ?? 0) + 1, end)))
  }

  async function proofsOf({ station }: TestStation): Promise<unknown[]> {
    return central.database.query('SELECT first_seq::int AS first, last_seq::int AS last FROM batches WHERE station_id = $1 ORDER BY first_seq, last_seq', [station])
  }

  async function keptOf({ station }: TestStation): Promise<unknown> {
    const [row] = await central.database.query('SELECT (SELECT count(*)::int FROM events WHERE station_id = $1) AS events, (SELECT count(*)::int FROM quarantined_events WHERE station_id = $1) AS quarantined, (SELECT count(*)::int FROM redemptions WHERE station_id = $1) AS redemptions', [station])
    return row
  }

  /** With a slice of his from central. */
  async function lent(handle: string): Promise<{ station: TestStation; rider: string; points: number }> {
    const station = await central.another()
    const rider = demoRider(handle)
    const { grant } = await station.askAllowance(rider)
    if (grant === null) throw new Error('nothing was lent')
    station.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    return { station, rider, points: grant.points }
  }

  test('all are taken, with an outcome for each event and a proof for each batch; a repeat gets the same and leaves everything as it is', async () => {
    const { station, rider, points } = await lent('zhang')
    for (let redemption = 0; redemption < 5; redemption += 1) station.redeem(rider, 1)
    station.redeem(rider, points)
    const bytes = bytesOf(station, [2, 4, 5, 7])
    const outcomes = [1, 2, 3, 4, 5, 6].map((seq): object => ({ seq, outcome: 'recorded' }))
    const answer = { status: 200, body: { result: 'applied', lastSeq: 7, outcomes: [...outcomes, { seq: 7, outcome: 'flagged', code: 'overdrawn' }] } }
    expect(await station.pushBytes(bytes)).toEqual(answer)
    const kept = { events: 7, quarantined: 0, redemptions: 6 }
    const proofs = [{ first: 1, last: 2 }, { first: 3, last: 4 }, { first: 5, last: 5 }, { first: 6, last: 7 }]
    expect([await keptOf(station), await proofsOf(station)]).toEqual([kept, proofs])
    expect(await station.pushBytes(bytes)).toEqual(answer)
    // Cut elsewhere it is a repeat in its first part.
    station.redeem(rider, 1)
    const { body } = await station.pushBytes(bytesOf(station, [5, 8], 3))
    expect(body).toMatchObject({ result: 'applied', lastSeq: 8 })
    expect((body as { outcomes: { seq: number }[] }).outcomes.map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7, 8])
    expect(await keptOf(station)).toEqual({ ...kept, events: 8, redemptions: 7 })
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  test('where a later batch contradicts what central has, the first is taken alone, and the later one is kept raw when it comes', async () => {
    const { station, rider } = await lent('li')
    station.redeem(rider, 1)
    station.redeem(rider, 2)
    const copy = station.clone()
    station.redeem(rider, 3)
    copy.redeem(rider, 4)
    await station.push(1, 2)
    // Batches up to 3 and 4: what is sound in it is not lost for what follows.
    const [third, fourth] = [copy.batchBytes(1, 3), copy.batchBytes(4, 4)]
    await station.push(3, 4)
    const before = await keptOf(station)
    // No further than what was compared, though central has as many events as were sent.
    expect(await copy.pushBytes(Buffer.concat([third, fourth]))).toMatchObject({ body: { result: 'applied', lastSeq: 3 } })
    expect(await keptOf(station)).toEqual(before)
    expect(await copy.pushBytes(fourth)).toMatchObject({ body: { result: 'quarantined', lastSeq: 4 } })
    expect(await keptOf(station)).toEqual({ events: 4, quarantined: 1, redemptions: 3 })
    // Once it is in quarantine all of a request is kept, whatever is in it.
    copy.redeem(rider, 5)
    expect(await copy.pushBytes(bytesOf(copy, [4, 5], 3))).toMatchObject({ body: { result: 'quarantined', lastSeq: 4 } })
    expect(await keptOf(station)).toEqual({ events: 4, quarantined: 3, redemptions: 3 })
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  test.each(['active', 'banned'])('where the first of several batches contradicts already, all of them are kept raw, also of a file that is %s: what the answer names as told is at central', async (state) => {
    const station = await central.another()
    const checkIn = (one: TestStation): unknown => one.record('checkin.recorded/1', { rider: demoRider('li'), card: 1, known: true })
    checkIn(station)
    const copy = station.clone()
    for (const one of [station, copy, copy, copy, copy, copy]) checkIn(one)
    await station.push()
    await central.database.query('UPDATE incarnations SET state = $2 WHERE station_id = $1', [station.station, state])
    expect(await copy.pushBytes(bytesOf(copy, [3, 5, 6], 2))).toMatchObject({ body: { result: 'quarantined', lastSeq: 2 } })
    expect([await keptOf(station), await proofsOf(station)]).toEqual([
      { events: 2, quarantined: 5, redemptions: 0 }, [{ first: 1, last: 2 }, { first: 2, last: 3 }, { first: 4, last: 5 }, { first: 6, last: 6 }],
    ])
  })

  test('a batch in the middle that does not end as its head says is no sound beginning: those before it alone are taken', async () => {
    const { station, rider } = await lent('ouyang')
    for (let redemption = 0; redemption < 3; redemption += 1) station.redeem(rider, 1)
    const wrong = station.batchBytes(2, 3, { lastHash: 'ab'.repeat(32) })
    const bytes = Buffer.concat([station.batchBytes(1, 1), wrong, station.batchBytes(4, 4)])
    expect(await station.pushBytes(bytes)).toMatchObject({ status: 200, body: { result: 'applied', lastSeq: 1 } })
    expect([await keptOf(station), await proofsOf(station)]).toEqual([{ events: 1, quarantined: 0, redemptions: 0 }, [{ first: 1, last: 1 }]])
  })

  test('one batch that the station has not signed: nothing of the request is taken', async () => {
    const station = await central.another()
    for (const known of [true, false]) station.record('checkin.recorded/1', { rider: demoRider('li'), card: 1, known })
    const forged = station.batchBytes(2, 2, { signedBy: await central.another() })
    expect(await station.pushBytes(Buffer.concat([station.batchBytes(1, 1), forged]))).toEqual({ status: 401, body: { error: 'bad_signature' } })
    expect(await keptOf(station)).toEqual({ events: 0, quarantined: 0, redemptions: 0 })
    expect(await station.push()).toMatchObject({ result: 'applied', lastSeq: 2 })
  })

  test('more than a thousand events in one request: all of them, in pieces of one transaction', async () => {
    const station = await central.another()
    for (let redemption = 0; redemption < 1_300; redemption += 1) station.redeem(demoRider('zhang'), 0)
    const { body } = await station.pushBytes(bytesOf(station, [500, 1_000, 1_300]))
    expect(body).toMatchObject({ result: 'applied', lastSeq: 1_300 })
    expect((body as { outcomes: { outcome: string }[] }).outcomes.filter(({ outcome }) => outcome !== 'recorded')).toEqual([])
    expect(await keptOf(station)).toEqual({ events: 1_300, quarantined: 0, redemptions: 1_300 })
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  test('an answer says how many batches central takes at once, a refusal too', async () => {
    const refused = await central.app.inject({ method: 'POST', url: PUSH_PATH, payload: 'no batch', headers: { 'content-type': 'application/x-ndjson' } })
    expect([refused.statusCode, refused.headers[PUSH_BATCHES_HEADER]]).toEqual([400, String(PUSH_BATCHES_MAX)])
  })
})
