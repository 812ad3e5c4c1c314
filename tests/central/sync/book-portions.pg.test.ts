// An upload of redemptions that is read and written a portion at a time says and leaves what it does as a whole. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sqlStore } from '../../../central/store/sql-store.ts'
import type { Trust } from '../../../central/sync/book-portions.ts'
import type { Upload } from '../../../central/sync/meet-uploads.ts'
import { readPush } from '../../../central/sync/push-batch.ts'
import { recordUploads } from '../../../central/sync/record-uploads.ts'
import { stationPublicKey } from '../../../central/sync/station-auth.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, NOW_MS, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const STAFF = '019ca749-db6c-74d9-8788-369c8ff44912'

describe.each(ENGINES)('redemptions by portions on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  // Each with all its points at central.
  beforeEach(async () => {
    central = await startTestCentral(databases)
  }, 60_000)

  afterEach(() => central.app.close())

  afterAll(() => databases.stop(), 60_000)

  /** With a slice of each from central; mirrors them. */
  async function lent(...handles: string[]): Promise<{ station: TestStation; riders: { rider: string; points: number }[] }> {
    const station = await central.another()
    const riders: { rider: string; points: number }[] = []
    for (const rider of handles.map(demoRider)) {
      await station.askRider(rider)
      const { grant } = await station.askAllowance(rider)
      if (grant === null) throw new Error('nothing was lent')
      station.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
      riders.push({ rider, points: grant.points })
    }
    await station.push()
    return { station, riders }
  }

  /** In one transaction. `ends`: where each station's batches end, behind what it has pushed. */
  async function record(uploads: readonly { station: TestStation; first: number; ends: readonly number[]; lastHash?: string }[], portionEvents: number, trust: Trust = 'trusting'): Promise<unknown[]> {
    const asked: Upload[] = []
    for (const { station, first, ends, lastHash } of uploads) {
      const [row] = await central.database.query<{ district: string; number: number }>('SELECT district_id AS district, number FROM stations WHERE station_id = $1', [station.station])
      const bytes = Buffer.concat(ends.map((end, at) => station.batchBytes((ends[at - 1] ?? first - 1) + 1, end, lastHash !== undefined && at === ends.length - 1 ? { lastHash } : {})))
      const reading = readPush(bytes)
      if (!reading.ok || row === undefined) throw new Error('the batches are sound')
      const asking = { ...row, station: station.station, publicKey: stationPublicKey(station.publicKey), rawKey: station.publicKey, isRevoked: false }
      asked.push({ station: asking, push: reading.push, bytes: bytes.length, mayComeApart: true })
    }
    const results = await sqlStore(central.database).transaction('write', (transaction) => recordUploads(transaction, asked, { trust, nowMs: NOW_MS, portionEvents }))
    return results.map((result) => (result === 'not_whole' ? result : result.ok ? result.answer.answer : result.error))
  }

  async function readRows(): Promise<unknown[]> {
    return Promise.all([
      central.database.query('SELECT district_id, account_key, balance FROM accounts ORDER BY 1, 2'), central.database.query('SELECT count(*) FROM events'),
      central.database.query('SELECT count(*) FROM redemptions'), central.database.query('SELECT station_id, incarnation, last_seq FROM incarnations ORDER BY 1, 2'),
      central.database.query('SELECT district_id, number FROM change_counters ORDER BY 1'), central.database.query('SELECT count(*) FROM quarantined_events'),
    ])
  }

  async function keptOf({ station }: TestStation): Promise<unknown> {
    const [redemptions, stock, told] = await Promise.all([
      central.database.query('SELECT r.points, overdrawn_points AS overdrawn, seq FROM redemptions r JOIN events USING (event_id) WHERE r.station_id = $1 ORDER BY seq', [station]),
      central.database.query('SELECT item_id AS item, on_hand FROM stock_mirror WHERE station_id = $1 ORDER BY 1', [station]),
      central.database.query('SELECT kind, count(*)::int AS count FROM changes WHERE scope LIKE $1 GROUP BY kind ORDER BY kind', [`%${station}%`]),
    ])
    return { redemptions, stock, told }
  }

  /** Entries. */
  async function toldTo({ station }: TestStation): Promise<number> {
    const [row] = await central.database.query<{ told: number }>('SELECT coalesce(sum(cardinality(keys)), 0)::int AS told FROM entry_changes WHERE scope LIKE $1', [`%${station}%`])
    return row?.told ?? Number.NaN
  }

  /** What only later events name: another rider, other goods, staff; and somebody, goods and staff whom nobody knows, a request that was there before and one of the upload's own. */
  function spend(station: TestStation, one: string, other: string, before: string): void {
    const request = randomUUID()
    const goods = (item: string): void => void station.record('redemption.recorded/1', { request: randomUUID(), rider: other, points: 1, receipt: '1-00001-0', lines: [{ item, quantity: 1, points: 1, lots: [[1, 1]] }] })
    station.redeem(one, 1)
    station.redeem(one, 1, request)
    station.record('checkin.recorded/1', { rider: one, card: 1, known: true })
    station.redeem(other, 1)
    goods('towel')
    goods('nothing-we-have')
    station.redeem('0192f0c0-7000-7000-8000-0000000000ff', 2)
    station.redeem(other, 1, request)
    station.recordRaw('redemption.recorded', 1, '{"rider":')
    for (const staff of [STAFF, randomUUID()]) station.record('staff.signed_in/1', { staff })
    station.record('restock.recorded/1', { request: randomUUID(), staff: STAFF, lines: [{ item: 'rice-5kg', lot: 7, quantity: 12, expiryDay: 21_000, donor: null }] })
    station.redeem(one, 1, before)
  }

  test('what only a later portion names is known when its turn comes, and whatever their size the outcomes and the rows are the same', async () => {
    const pairs = [['zhang', 'guli'], ['li', 'rouzi'], ['chen', 'ouyang']] as const
    const seen: unknown[] = []
    for (const [place, portionEvents] of [500, 2, 1].entries()) {
      const { station, riders } = await lent(...(pairs[place] ?? []))
      const [one, other] = riders
      if (one === undefined || other === undefined) throw new Error('two riders')
      const before = randomUUID()
      station.redeem(one.rider, 1, before)
      await station.push(3)
      spend(station, one.rider, other.rider, before)
      const toldBefore = await toldTo(station)
      const flags: Record<number, string> = { 9: 'item_unknown', 10: 'rider_unknown', 11: 'request_repeated', 14: 'staff_unknown', 16: 'request_repeated' }
      const outcomes = Array.from({ length: 13 }, (_, at) => at + 4).map((seq) =>
        seq === 12 ? { seq, outcome: 'parked', code: 'body_unreadable' } : flags[seq] === undefined ? { seq, outcome: 'recorded' } : { seq, outcome: 'flagged', code: flags[seq] })
      expect(await record([{ station, first: 4, ends: [6, 16] }], portionEvents)).toEqual([{ result: 'applied', lastSeq: 16, outcomes }])
      expect(await toldTo(station) - toldBefore).toBe(7)
      seen.push(await keptOf(station))
    }
    expect(seen[0]).toMatchObject({ redemptions: [{ seq: 3 }, { seq: 4 }, { seq: 5 }, { seq: 7 }, { seq: 8 }, { seq: 9 }, { seq: 10, overdrawn: 2 }, { seq: 11 }, { seq: 16 }] })
    expect(seen).toEqual([seen[0], seen[0], seen[0]])
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  test('a balance that does not suffice is met when the first portions are written: nothing of them stays, and when asked it is flagged', async () => {
    const { station, riders: [rider] } = await lent('zhang')
    if (rider === undefined) throw new Error('a rider')
    station.redeem(rider.rider, rider.points - 1)
    station.redeem(rider.rider, 1)
    station.redeem(rider.rider, 1)
    const before = await readRows()
    await expect(record([{ station, first: 2, ends: [4] }], 1)).rejects.toMatchObject({ code: '23514' })
    expect(await readRows()).toEqual(before)
    expect(await record([{ station, first: 2, ends: [4] }], 1, 'asking')).toEqual([
      { result: 'applied', lastSeq: 4, outcomes: [{ seq: 2, outcome: 'recorded' }, { seq: 3, outcome: 'recorded' }, { seq: 4, outcome: 'flagged', code: 'overdrawn' }] },
    ])
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  test('of stations that come together each gets its own, also where another contradicts in its last batch or was here already', async () => {
    const [one, other, again] = [await lent('li'), await lent('ouyang'), await lent('rouzi')]
    for (const { station, riders: [rider] } of [one, other, again]) for (let redemption = 0; redemption < 3; redemption += 1) station.redeem(rider?.rider ?? '', 1)
    const outcomes = [2, 3, 4].map((seq) => ({ seq, outcome: 'recorded' }))
    const applied = { result: 'applied', lastSeq: 4, outcomes }
    expect(await record([{ station: again.station, first: 2, ends: [3] }], 2)).toEqual([{ ...applied, lastSeq: 3, outcomes: outcomes.slice(0, 2) }])
    const uploads = [
      { station: one.station, first: 2, ends: [2, 4], lastHash: '00'.repeat(32) },
      { station: again.station, first: 2, ends: [4] },
      { station: other.station, first: 2, ends: [3, 4] },
    ]
    expect(await record(uploads, 2)).toEqual(['not_whole', applied, applied])
    expect(await keptOf(one.station)).toMatchObject({ redemptions: [] })
    for (const { station } of [again, other]) expect(await keptOf(station)).toMatchObject({ redemptions: [{ seq: 2 }, { seq: 3 }, { seq: 4 }], stock: [{ on_hand: -3 }] })
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })
})
