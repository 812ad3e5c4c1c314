// What a rider takes beyond a limit at stations that do not know of each other: flagged once, the later one, whoever is heard first; and
// nothing else moves. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { flagExcess, startFlagging } from '../../../central/limits/flag-excess.ts'
import { migrate, MIGRATIONS } from '../../../central/store/migrate.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { readBody } from '../../../central/sync/book-events.ts'
import { replayParked } from '../../../central/sync/replay-parked.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type MadeEvent, TestStation } from '../../support/station-client.ts'
import { demoRider, NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const HOUR_MS = 3_600_000
/** A Tuesday, ten in the morning where the stations are. */
const TUESDAY_MS = Date.UTC(2026, 10, 17, 2)
const SUNDAYS_LAST_MS = Date.UTC(2026, 10, 15, 16) - 1

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral
  let articles = 0
  const rider = demoRider('li')
  const FLAGGED = { outcome: 'flagged', code: 'limit_exceeded' }
  const RECORDED = { outcome: 'recorded', code: null }

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    expect((await auditBooks(central.database)).differences).toEqual([])
    await central.app.close()
    await databases.stop()
  }, 60_000)

  /** An article of its own: no test takes from another's limit. */
  async function article(limit: { quantity: number; period: 'day' | 'week' } | null, like: TestStation = central.first): Promise<string> {
    articles += 1
    const item = `article-${articles}`
    await central.database.query(
      `INSERT INTO items (district_id, item_id, name, category, price_points, cost_fen, picture, tint, limit_quantity, limit_period, perishable, offered, position)
       SELECT district_id, $2, '{"zh":"物","en":"Thing"}', 'road', 1, 100, 'soap.svg', 'sky', $3, $4, false, true, 1 FROM stations WHERE station_id = $1`,
      [like.station, item, limit?.quantity ?? null, limit?.period ?? null],
    )
    return item
  }

  /** A station that holds some of the rider's points, and is cut off from now on. */
  async function holding(station: TestStation | null = null): Promise<TestStation> {
    const one = station ?? (await central.another())
    const { grant } = await one.askAllowance(rider)
    if (grant === null) throw new Error('no points lie at central')
    one.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    one.record('allowance.returned/1', { rider, points: grant.points - 10, reason: 'visit_over' })
    await one.push()
    return one
  }

  function take(station: TestStation, item: string, quantity: number, wallMs: number): MadeEvent {
    const lot = Number(item.slice('article-'.length))
    return station.record(
      'redemption.recorded/1', { request: randomUUID(), rider, points: quantity, receipt: '1-00001-0', lines: [{ item, quantity, points: quantity, lots: [[lot, quantity]] }] }, wallMs,
    )
  }

  const flag = (): Promise<number> => flagExcess(central)

  async function became({ header }: MadeEvent): Promise<object | undefined> {
    const [row] = await central.database.query<object>('SELECT outcome, code FROM events WHERE event_id = $1', [header.id])
    return row
  }

  /** Everything but what became of events and how far they were looked at. */
  const books = (): Promise<unknown[]> =>
    Promise.all(
      ['accounts', 'transfers', 'entries', 'redemptions', 'stock_mirror', 'lots_mirror', 'changes', 'entry_changes', 'change_counters'].map((table) =>
        central.database.query(`SELECT ${table}::text AS row FROM ${table} ORDER BY 1`),
      ),
    )

  test('of two stations that were cut off the later one is flagged, once and alone, and nothing moves', async () => {
    const [one, other, item] = [await holding(), await holding(), await article({ quantity: 2, period: 'week' })]
    const events = [take(one, item, 1, TUESDAY_MS), take(other, item, 1, TUESDAY_MS + HOUR_MS), take(one, item, 1, TUESDAY_MS + 2 * HOUR_MS), take(other, item, 2, TUESDAY_MS + 3 * HOUR_MS)]
    await other.push()
    await one.push()
    const before = await books()
    expect([await flag(), await flag()]).toEqual([2, 0])
    expect(await Promise.all(events.map(became))).toEqual([RECORDED, RECORDED, FLAGGED, FLAGGED])
    expect(await books()).toEqual(before)
    expect((await auditBooks(central.database)).differences).toEqual([])
  })

  test('within the limit, in another period, or without a limit nothing is', async () => {
    const [one, other] = [await holding(), await holding()]
    const [two, free] = [await article({ quantity: 2, period: 'week' }), await article(null)]
    take(one, two, 2, SUNDAYS_LAST_MS)
    take(other, two, 1, SUNDAYS_LAST_MS + 1)
    take(one, two, 1, TUESDAY_MS)
    take(one, free, 1, TUESDAY_MS)
    take(other, free, 2, TUESDAY_MS)
    await Promise.all([one.push(), other.push()])
    expect(await flag()).toBe(0)
    // The period is that of the station's clock on the wall, so one millisecond made the difference.
    const late = take(other, two, 1, SUNDAYS_LAST_MS)
    await other.push()
    expect([await flag(), await became(late)]).toEqual([1, FLAGGED])
  })

  test('what was undone is not counted', async () => {
    const [one, other, item] = [await holding(), await holding(), await article({ quantity: 1, period: 'day' })]
    const { header } = take(one, item, 1, TUESDAY_MS)
    one.record('redemption.undone/1', { request: randomUUID(), redemption: header.id, rider, points: 1, staff: randomUUID() }, TUESDAY_MS + 1)
    const events = [take(other, item, 1, TUESDAY_MS + HOUR_MS), take(one, item, 1, TUESDAY_MS + 2 * HOUR_MS)]
    await Promise.all([one.push(), other.push()])
    expect(await flag()).toBe(1)
    expect(await Promise.all(events.map(became))).toEqual([RECORDED, FLAGGED])
  })

  test('a station that is heard weeks late flags the one after it, which was looked at long ago', async () => {
    const [late, early, item] = [await holding(), await holding(), await article({ quantity: 2, period: 'week' })]
    const first = take(late, item, 2, TUESDAY_MS)
    const second = take(early, item, 1, TUESDAY_MS + HOUR_MS)
    await early.push()
    expect(await flag()).toBe(0)
    await late.push()
    expect(await flag()).toBe(1)
    expect([await became(first), await became(second)]).toEqual([RECORDED, FLAGGED])
  })

  test('two looks at once flag once, and leave nothing', async () => {
    const stations = [await holding(), await holding(), await holding(), await holding()]
    const item = await article({ quantity: 3, period: 'day' })
    const events = stations.flatMap((station, index) => [take(station, item, 1, TUESDAY_MS + index), take(station, item, 1, TUESDAY_MS + HOUR_MS + index)])
    for (const station of stations) await station.push()
    const flagged = await Promise.all([flag(), flag(), flag()])
    expect(flagged.reduce((sum, one) => sum + one, 0)).toBe(5)
    expect((await Promise.all(events.map(became))).filter((outcome) => JSON.stringify(outcome) === JSON.stringify(FLAGGED))).toHaveLength(5)
    expect(await flag()).toBe(0)
    expect(await central.database.query('SELECT 1 FROM incarnations LEFT JOIN limit_looks USING (station_id, incarnation) WHERE last_seq <> coalesce(looked_seq, 0)')).toEqual([])
  })

  test('a push that is repeated is taken as before, with what became of its events since', async () => {
    const [one, other, item] = [await holding(), await holding(), await article({ quantity: 1, period: 'day' })]
    take(one, item, 1, TUESDAY_MS)
    const { header: { seq } } = take(other, item, 1, TUESDAY_MS + 1)
    const answer = await other.push(seq, seq)
    await one.push()
    await flag()
    const before = await books()
    expect(answer).toEqual({ result: 'applied', lastSeq: seq, outcomes: [{ seq, outcome: 'recorded' }] })
    expect(await other.push(seq, seq)).toEqual({ result: 'applied', lastSeq: seq, outcomes: [{ seq, ...FLAGGED }] })
    expect(await books()).toEqual(before)
  })

  test('what is odd already stays as it is, and counts', async () => {
    const [one, other, item] = [await holding(), await holding(), await article({ quantity: 1, period: 'day' })]
    const odd = take(one, item, 11, TUESDAY_MS)
    const after = take(other, item, 1, TUESDAY_MS + 1)
    await Promise.all([one.push(), other.push()])
    expect(await flag()).toBe(1)
    expect([await became(odd), await became(after)]).toEqual([{ outcome: 'flagged', code: 'overdrawn' }, FLAGGED])
  })

  test('a clock that ran ahead takes nothing from the limits of months to come', async () => {
    const [one, other, item] = [await holding(), await holding(), await article({ quantity: 1, period: 'day' })]
    take(one, item, 1, TUESDAY_MS + 10_000 * HOUR_MS)
    await one.push()
    const sameDay = take(other, item, 1, NOW_MS - 1)
    await other.push()
    expect(await flag()).toBe(1)
    // In order of when it can have been: the one with the clock came after.
    expect(await became(sameDay)).toEqual(RECORDED)
  })

  test('what was within the limit of its day stays so when the limit is lowered; what comes then goes by the new one', async () => {
    const [one, other, item] = [await holding(), await holding(), await article({ quantity: 3, period: 'week' })]
    const before = [take(one, item, 2, TUESDAY_MS), take(one, item, 1, TUESDAY_MS + HOUR_MS)]
    await one.push()
    expect(await flag()).toBe(0)
    await central.database.query('UPDATE items SET limit_quantity = 1 WHERE item_id = $1', [item])
    const after = take(other, item, 1, TUESDAY_MS + 2 * HOUR_MS)
    await other.push()
    expect([await flag(), await Promise.all([...before, after].map(became))]).toEqual([1, [RECORDED, RECORDED, FLAGGED]])
  })

  test('what was booked before anybody looked is left as it is', async () => {
    const database = await databases.createBare()
    await migrate(database, MIGRATIONS.filter(({ number }) => number < 37))
    const [district, station, incarnation] = [randomUUID(), randomUUID(), randomUUID()]
    await database.query(`INSERT INTO districts (district_id, name_zh, name_en) VALUES ($1, '区', 'District')`, [district])
    await database.query(
      `INSERT INTO stations (station_id, district_id, number, name, brand, hotline, facilities, panel_pitch_mm, public_key, status) VALUES ($1, $2, 1, '{}', '{}', '', '[]', 1, 'key', 'active')`,
      [station, district],
    )
    await database.query(
      `INSERT INTO incarnations (district_id, station_id, incarnation, last_seq, last_hash, state, began_at_ms, heard_at_ms) VALUES ($1, $2, $3, 7, decode(repeat('00', 32), 'hex'), 'active', 1, 1)`,
      [district, station, incarnation],
    )
    await migrate(database)
    expect(await database.query('SELECT incarnation, looked_seq FROM limit_looks')).toEqual([{ incarnation, looked_seq: 7 }])
    await database.close()
  })

  test('the limit is that of the shelf: another district’s counts, and is judged by its own', async () => {
    const [district, station] = [randomUUID(), randomUUID()]
    const abroad = new TestStation(station, central.send)
    await central.database.query(`INSERT INTO districts VALUES ($1, '天山区', 'Tianshan District')`, [district])
    await central.database.query(
      `INSERT INTO stations SELECT $1, $2, 1, name, brand, hotline, facilities, panel_pitch_mm, $3, 'active' FROM stations WHERE station_id = $4`,
      [station, district, abroad.publicKey, central.first.station],
    )
    const item = await article({ quantity: 2, period: 'week' })
    await central.database.query(
      `INSERT INTO items SELECT $1, item_id, name, category, price_points, cost_fen, picture, tint, null, null, perishable, offered, position FROM items WHERE item_id = $2`, [district, item],
    )
    await abroad.pull(null)
    await abroad.askRider(rider)
    const home = await holding()
    const there = take(await holding(abroad), item, 3, TUESDAY_MS)
    await abroad.push()
    expect(await flag()).toBe(0)
    const here = take(home, item, 1, TUESDAY_MS + HOUR_MS)
    await home.push()
    expect([await flag(), await became(there), await became(here)]).toEqual([1, RECORDED, FLAGGED])
  })

  test('one that could not be read at first is looked at when it is booked', async () => {
    const [one, other, item] = [await holding(), await holding(), await article({ quantity: 1, period: 'day' })]
    const { body } = take(one.clone(), item, 1, TUESDAY_MS)
    const parked = one.recordRaw('redemption.recorded', 9, body, { wallMs: TUESDAY_MS })
    const later = take(other, item, 1, TUESDAY_MS + 1)
    await Promise.all([one.push(), other.push()])
    expect([await flag(), await became(parked)]).toEqual([0, { outcome: 'parked', code: 'kind_unknown' }])
    // A newer program knows that version.
    await replayParked(sqlStore(central.database), { nowMs: NOW_MS, read: (event) => readBody({ ...event, header: { ...event.header, version: 1 } }) })
    expect(await became(parked)).toEqual(RECORDED)
    expect([await flag(), await flag(), await became(later)]).toEqual([1, 0, FLAGGED])
  })

  test('more than one step takes is looked at to its end', async () => {
    const [long, other, item] = [await holding(), await holding(), await article({ quantity: 1, period: 'day' })]
    take(other, item, 1, TUESDAY_MS)
    await other.push()
    for (let count = 0; count < 700; count += 1) long.record('scan.refused/1', { verdict: 'forged', count: 1 })
    const last = take(long, item, 1, TUESDAY_MS + 1)
    for (let first = 1; first <= long.events.length; first += 400) await long.push(first, Math.min(first + 399, long.events.length))
    expect([await flag(), await became(last)]).toEqual([1, FLAGGED])
  })

  test('by the clock it looks by itself, and ends', async () => {
    const [one, other, item] = [await holding(), await holding(), await article({ quantity: 1, period: 'day' })]
    take(one, item, 1, TUESDAY_MS)
    const beyond = take(other, item, 1, TUESDAY_MS + 1)
    await Promise.all([one.push(), other.push()])
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const failed = vi.fn<(error: unknown) => void>()
      const stop = startFlagging({ database: central.database, failed })
      vi.advanceTimersByTime(60_000)
      await stop()
      expect(vi.getTimerCount()).toBe(0)
      expect([failed.mock.calls, await became(beyond)]).toEqual([[], FLAGGED])
    } finally {
      vi.useRealTimers()
    }
  })
})
