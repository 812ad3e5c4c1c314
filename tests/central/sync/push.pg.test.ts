// What central does with a station's batch: invariants 3, 4 and 5, on both databases.

import { randomUUID } from 'node:crypto'
import { array, assert, asyncProperty, integer, tuple } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { balancesOf, demoRider, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const UNREADABLE = '{"rider":"nobody"}'

/** What the schema takes and another reader of the same bytes would read otherwise, or not at all. */
const ODD_BYTES: readonly (readonly [what: string, write: (plain: string) => string])[] = [
  ['spaces', (plain) => plain.replaceAll(':', ' : ')],
  ['a number that is written longer', (plain) => plain.replace('"quantity":1', '"quantity":1.0')],
  ['a number with an exponent', (plain) => plain.replace('"quantity":1', '"quantity":1e0')],
  ['a name twice, the first with what no text column holds', (plain) => plain.replace('{', String.raw`{"rider":"\u0000",`)],
  ['a name twice, the first with what no number column holds', (plain) => plain.replace('"quantity":1', '"quantity":1e999999,"quantity":1')],
  ['a letter written as its number', (plain) => plain.replace('soap', String.raw`s\u006fap`)],
]

function sliceKey(rider: string, station: TestStation): string {
  return `rider:${rider}@${station.station}#${station.incarnation}`
}

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    await databases.stop()
  }, 60_000)

  const recordedOf = (station: TestStation) =>
    central.database.query<{ seq: number; outcome: string; code: string | null }>(
      'SELECT seq, outcome, code FROM events WHERE station_id = $1 AND incarnation = $2 ORDER BY seq',
      [station.station, station.incarnation],
    )

  test('a redemption arrives once, however often it is sent', async () => {
    const rider = demoRider('ouyang')
    const station = await central.another()
    await station.askAllowance(rider)
    const before = await balancesOf(central.database, rider)
    const event = station.redeem(rider, 20)
    const answers = [await station.push(), await station.push(), await station.push()]
    expect(answers).toEqual(answers.map(() => ({ result: 'applied', lastSeq: 1, outcomes: [{ seq: 1, outcome: 'recorded' }] })))
    expect(await balancesOf(central.database, rider)).toEqual({ ...before, [sliceKey(rider, station)]: (before[sliceKey(rider, station)] ?? 0) - 20 })
    const transfers = await central.database.query('SELECT line, from_key, to_key, points FROM every_transfer WHERE event_id = $1', [event.header.id])
    expect(transfers).toEqual([{ line: 1, from_key: sliceKey(rider, station), to_key: `redeemed@${station.station}`, points: 20 }])
  })

  test('after a lost answer the next batch overlaps what is here: only the rest is recorded', async () => {
    const station = central.first.begin()
    const rider = demoRider('chen')
    for (let count = 0; count < 3; count += 1) station.record('checkin.recorded/1', { rider, card: 1, known: true })
    await station.push(1, 2)
    expect(await station.push(2, 3)).toEqual({
      result: 'applied',
      lastSeq: 3,
      outcomes: [{ seq: 2, outcome: 'recorded' }, { seq: 3, outcome: 'recorded' }],
    })
    expect((await recordedOf(station)).map((row) => row.seq)).toEqual([1, 2, 3])
  })

  test('a batch after a hole is not taken, and the answer says where to go on', async () => {
    const station = central.first.begin()
    for (let count = 0; count < 4; count += 1) station.record('scan.refused/1', { verdict: 'forged', count: 1 })
    await station.push(1, 2)
    expect(await station.push(4, 4)).toEqual({ result: 'gap', lastSeq: 2 })
    expect((await recordedOf(station)).map((row) => row.seq)).toEqual([1, 2])
  })

  test('the same sequence with other content puts the incarnation in quarantine: kept raw, nothing booked', async () => {
    const rider = demoRider('guli')
    const station = central.second.begin()
    station.record('scan.refused/1', { verdict: 'forged', count: 1 })
    await station.push()
    const before = await balancesOf(central.database, rider)
    const clone = station.clone()
    station.record('scan.refused/1', { verdict: 'expired', count: 1 })
    await station.push()
    clone.redeem(rider, 20)
    expect(await clone.push()).toEqual({ result: 'quarantined', lastSeq: 2 })
    clone.redeem(rider, 10)
    expect(await clone.push(3, 3)).toEqual({ result: 'quarantined', lastSeq: 2 })
    expect(await balancesOf(central.database, rider)).toEqual(before)
    expect((await recordedOf(station)).map((row) => row.seq)).toEqual([1, 2])
    const kept = await central.database.query('SELECT DISTINCT seq FROM quarantined_events WHERE incarnation = $1 ORDER BY seq', [station.incarnation])
    expect(kept).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 3 }])
  })

  test('a clone that goes on from another past is caught by the chain, even where no sequence overlaps', async () => {
    const station = central.second.begin()
    station.record('scan.refused/1', { verdict: 'forged', count: 1 })
    const clone = station.clone()
    station.record('scan.refused/1', { verdict: 'revoked', count: 1 })
    clone.record('scan.refused/1', { verdict: 'expired', count: 1 })
    clone.record('scan.refused/1', { verdict: 'expired', count: 1 })
    await station.push()
    expect(await clone.push(3, 3)).toEqual({ result: 'quarantined', lastSeq: 2 })
  })

  test('an event id that another event has puts the sender in quarantine', async () => {
    const station = central.first.begin()
    const original = station.record('scan.refused/1', { verdict: 'forged', count: 1 })
    await station.push()
    const other = central.second.begin()
    other.recordRaw('scan.refused', 1, '{"verdict":"forged","count":1}', { id: original.header.id })
    expect(await other.push()).toEqual({ result: 'quarantined', lastSeq: 0 })
  })

  test('a body that cannot be read and a kind that nobody knows are parked and stop nothing', async () => {
    const rider = demoRider('lost-card')
    const station = central.first.begin()
    station.recordRaw('redemption.recorded', 1, UNREADABLE)
    station.recordRaw('redemption.recorded', 9, UNREADABLE)
    station.recordRaw('poem.recited', 1, '{"text":"\u0000"}')
    station.recordRaw('checkin.recorded', 1, 'no json at all \u0000')
    station.record('checkin.recorded/1', { rider, card: 2, known: true })
    expect(await station.push()).toEqual({
      result: 'applied',
      lastSeq: 5,
      outcomes: [
        { seq: 1, outcome: 'parked', code: 'body_unreadable' },
        { seq: 2, outcome: 'parked', code: 'kind_unknown' },
        { seq: 3, outcome: 'parked', code: 'kind_unknown' },
        { seq: 4, outcome: 'parked', code: 'body_unreadable' },
        { seq: 5, outcome: 'recorded' },
      ],
    })
    const [kept] = await central.database.query<{ body: Uint8Array }>('SELECT body FROM events WHERE incarnation = $1 AND seq = 1', [station.incarnation])
    expect(Buffer.from(kept?.body ?? []).toString('utf8')).toBe(UNREADABLE)
  })

  test('a redemption written as no station writes it is booked as what it says', async () => {
    const rider = demoRider('chen')
    const station = await central.another()
    const { grant } = await station.askAllowance(rider)
    expect(grant?.points).toBeGreaterThanOrEqual(ODD_BYTES.length)
    for (const [what, write] of ODD_BYTES) {
      const plain = JSON.stringify({ request: randomUUID(), rider, points: 1, receipt: '1-00001-0', lines: [{ item: 'soap-two-bars', quantity: 1, points: 1, lots: [[1, 1]] }] })
      const odd = write(plain)
      expect(odd, what).not.toBe(plain)
      const { header } = station.recordRaw('redemption.recorded', 1, odd)
      expect(await station.push(header.seq), what).toEqual({ result: 'applied', lastSeq: header.seq, outcomes: [{ seq: header.seq, outcome: 'recorded' }] })
      const entries = await central.database.query('SELECT points, lines FROM every_entry WHERE entry_id = $1', [header.id])
      expect(entries, what).toEqual([{ points: -1, lines: [{ item: 'soap-two-bars', quantity: 1, points: 1, lots: [[1, 1]] }] }])
    }
  })

  test('a redemption beyond the slice is recorded, paid from the discrepancy and flagged', async () => {
    const rider = demoRider('rouzi')
    const station = await central.another()
    await station.askAllowance(rider)
    const before = await balancesOf(central.database, rider)
    const slice = before[sliceKey(rider, station)] ?? 0
    expect(slice).toBeGreaterThan(0)
    station.redeem(rider, slice + 13)
    station.redeem(rider, 5)
    expect(await station.push()).toEqual({
      result: 'applied',
      lastSeq: 2,
      outcomes: [{ seq: 1, outcome: 'flagged', code: 'overdrawn' }, { seq: 2, outcome: 'flagged', code: 'overdrawn' }],
    })
    expect(await balancesOf(central.database, rider)).toEqual({
      ...before,
      [sliceKey(rider, station)]: 0,
      discrepancy: (before['discrepancy'] ?? 0) - 18,
    })
  })

  test('a redemption of somebody nobody knows is recorded, flagged, and costs no rider anything', async () => {
    const station = central.first.begin()
    station.redeem(randomUUID(), 20)
    expect(await station.push()).toEqual({ result: 'applied', lastSeq: 1, outcomes: [{ seq: 1, outcome: 'flagged', code: 'rider_unknown' }] })
  })

  test('the mirror of stock is the sum of restocks and redemptions', async () => {
    const station = central.second.begin()
    const donor = '019ca6cc-0209-70bb-a125-7f8d0db24f2b'
    station.record('restock.recorded/1', {
      request: randomUUID(),
      staff: '019ca749-db6c-74d9-8788-369c8ff44912',
      lines: [{ item: 'rice-5kg', lot: 7, quantity: 12, expiryDay: 21_000, donor }, { item: 'towel', lot: 8, quantity: 3, expiryDay: null, donor: null }],
    })
    station.record('redemption.recorded/1', {
      request: randomUUID(), rider: demoRider('guli'), points: 0, receipt: '2-00002-0',
      lines: [{ item: 'rice-5kg', quantity: 2, points: 0, lots: [[7, 2]] }],
    })
    await station.push()
    const stock = await central.database.query(
      "SELECT item_id, on_hand FROM stock_mirror WHERE station_id = $1 AND item_id IN ('rice-5kg', 'towel') ORDER BY item_id",
      [station.station],
    )
    expect(stock).toEqual([{ item_id: 'rice-5kg', on_hand: 10 }, { item_id: 'towel', on_hand: 3 }])
    const lots = await central.database.query('SELECT lot, expiry_day, donor_id, on_hand FROM lots_mirror WHERE incarnation = $1 ORDER BY lot', [
      station.incarnation,
    ])
    expect(lots).toEqual([
      { lot: 7, expiry_day: 21_000, donor_id: donor, on_hand: 10 },
      { lot: 8, expiry_day: null, donor_id: null, on_hand: 3 },
    ])
  })

  test('two pushes of the same batch at once record it once', async () => {
    const rider = demoRider('li')
    const station = await central.another()
    await station.askAllowance(rider)
    const before = await balancesOf(central.database, rider)
    for (let count = 0; count < 5; count += 1) station.redeem(rider, 2)
    const answers = await Promise.all([station.push(), station.push(), station.push()])
    expect(answers.map((answer) => [answer.result, answer.lastSeq])).toEqual(answers.map(() => ['applied', 5]))
    const key = sliceKey(rider, station)
    expect(await balancesOf(central.database, rider)).toEqual({ ...before, [key]: (before[key] ?? 0) - 10 })
  })

  test('in whatever pieces, order and repeats a queue arrives, what is recorded is a dense prefix, booked once', async () => {
    const rider = demoRider('li')
    const eventsMax = 12
    const piece = tuple(integer({ min: 1, max: eventsMax }), integer({ min: 0, max: 5 }))
    await assert(
      asyncProperty(array(piece, { minLength: 1, maxLength: 10 }), async (pieces) => {
        const station = await central.another()
        const key = `redeemed@${station.station}`
        const redeemed = async (): Promise<number> => {
          const [row] = await central.database.query<{ balance: number }>('SELECT balance FROM accounts WHERE account_key = $1', [key])
          return row?.balance ?? 0
        }
        const before = await redeemed()
        for (let count = 0; count < eventsMax; count += 1) station.redeem(rider, 1)
        let here = 0
        for (const [first, more] of pieces) {
          const last = Math.min(eventsMax, first + more)
          const answer = await station.push(first, last)
          const isGap = first > here + 1
          if (!isGap) here = Math.max(here, last)
          expect([answer.result, answer.lastSeq]).toEqual([isGap ? 'gap' : 'applied', here])
        }
        expect((await recordedOf(station)).map((row) => row.seq)).toEqual(Array.from({ length: here }, (_, index) => index + 1))
        expect(await redeemed()).toBe(before + here)
      }),
      { numRuns: 25 },
    )
  })

  test("central keeps each batch's signed proof, and its chain ends where the station's does", async () => {
    const station = await central.another()
    for (let count = 0; count < 500; count += 1) station.record('scan.refused/1', { verdict: 'malformed', count: 1 })
    await station.push(1, 250)
    await station.push(251, 500)
    const proofs = await central.database.query('SELECT first_seq, last_seq FROM batches WHERE incarnation = $1 ORDER BY first_seq', [station.incarnation])
    expect(proofs).toEqual([{ first_seq: 1, last_seq: 250 }, { first_seq: 251, last_seq: 500 }])
    const [place] = await central.database.query<{ seq: number; hash: string }>(
      "SELECT last_seq AS seq, encode(last_hash, 'hex') AS hash FROM incarnations WHERE incarnation = $1",
      [station.incarnation],
    )
    expect(place).toEqual({ seq: 500, hash: station.events.at(-1)?.hash.toString('hex') })
  })

  test("a rider's balance below zero is refused by the database itself", async () => {
    await expect(central.database.query(`UPDATE accounts SET balance = -1 WHERE kind = 'rider_central'`)).rejects.toThrow(/violates check constraint/)
  })
})
