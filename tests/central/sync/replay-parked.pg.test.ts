// What an older central could not read is booked by a newer one: once, with its outcome, told like anything else; what nobody can
// read stays as it is. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { encodeHeader } from '../../../contract/sync/event-envelope.ts'
import { ridersScope } from '../../../central/store/change-scopes.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { replayParked } from '../../../central/sync/replay-parked.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { balancesOf, demoRider, NOW_MS, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const LATER_MS = NOW_MS + 60_000

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    expect((await auditBooks(central.database)).differences).toEqual([])
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    await central.app.close()
    await databases.stop()
  }, 60_000)

  const replay = (pageEvents = 500): Promise<number> => replayParked(sqlStore(central.database), { nowMs: LATER_MS, pageEvents })

  /** As a central left it that knew nothing of these events but that they go on from the ones before. */
  async function parkedByOlder(station: TestStation, first: number): Promise<void> {
    for (const { header, body, hash } of station.events.slice(first - 1)) {
      await central.database.query(
        `INSERT INTO events (district_id, station_id, incarnation, seq, event_id, kind, version, wall_ms, header, body, hash, outcome, code, received_at_ms)
         SELECT district_id, station_id, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'parked', 'kind_unknown', $11 FROM stations WHERE station_id = $1`,
        [station.station, station.incarnation, header.seq, header.id, header.kind, header.version, header.wallMs, encodeHeader(header), body, hash, NOW_MS],
      )
    }
    const last = station.events.at(-1)
    await central.database.query('UPDATE incarnations SET last_seq = $3, last_hash = $4 WHERE station_id = $1 AND incarnation = $2', [station.station, station.incarnation, last?.header.seq ?? 0, last?.hash ?? Buffer.alloc(32)])
  }

  async function outcomesOf({ station, incarnation }: TestStation): Promise<unknown[]> {
    const rows = await central.database.query<{ outcome: string; code: string | null }>('SELECT outcome, code FROM events WHERE station_id = $1 AND incarnation = $2 ORDER BY seq', [station, incarnation])
    return rows.map(({ outcome, code }) => code ?? outcome)
  }

  /** A station to which all that lies at central of him was lent, and that said so. */
  async function lentTo(rider: string): Promise<{ station: TestStation; lent: number }> {
    const station = await central.another()
    const { grant } = await station.askAllowance(rider)
    if (grant === null) throw new Error('points lie at central')
    station.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    await station.push()
    return { station, lent: grant.points }
  }

  test('it is booked once and told, in pages, and what nobody can read stays parked', async () => {
    const rider = demoRider('zhang')
    const { station, lent } = await lentTo(rider)
    await central.database.query(
      'INSERT INTO station_riders (district_id, station_id, rider_id, added_at_ms) SELECT district_id, station_id, $2, $3 FROM stations WHERE station_id = $1 ON CONFLICT DO NOTHING',
      [station.station, rider, NOW_MS],
    )
    const before = await balancesOf(central.database, rider)
    station.recordRaw('poem.recited', 1, '{"text":"\u0000"}')
    const first = station.redeem(rider, 10)
    station.recordRaw('redemption.recorded', 1, '{"rider":"nobody"}')
    station.record('checkin.recorded/1', { rider, card: 1, known: true })
    const beyond = station.redeem(rider, lent)
    await parkedByOlder(station, 2)
    expect(await balancesOf(central.database, rider)).toEqual(before)

    expect(await replay(2)).toBe(3)
    expect(await outcomesOf(station)).toEqual(['recorded', 'kind_unknown', 'recorded', 'kind_unknown', 'recorded', 'overdrawn'])
    const slice = `rider:${rider}@${station.station}#${station.incarnation}`
    expect(await balancesOf(central.database, rider)).toEqual({ ...before, [slice]: 0, discrepancy: (before['discrepancy'] ?? 0) - 10 })
    const told = await central.database.query<{ key: string }>('SELECT key::text FROM entry_changes, unnest(keys) AS told(key) WHERE scope = $1', [ridersScope(station.station)])
    expect(told.map(({ key }) => key)).toEqual(expect.arrayContaining([first.header.id, beyond.header.id]))

    expect(await replay()).toBe(0)
    station.redeem(rider, 1)
    expect(await station.push(7)).toMatchObject({ result: 'applied', lastSeq: 7 })
    expect(await station.push(3, 3)).toMatchObject({ outcomes: [{ seq: 3, outcome: 'recorded' }] })
  })

  test('two processes that look at the same moment book it once', async () => {
    const rider = demoRider('li')
    const { station } = await lentTo(rider)
    const before = await balancesOf(central.database, rider)
    for (let count = 0; count < 5; count += 1) station.redeem(rider, 2)
    await parkedByOlder(station, 2)
    const replayed = await Promise.all([replay(2), replay(3), replay()])
    expect(replayed.reduce((sum, events) => sum + events, 0)).toBe(5)
    const slice = `rider:${rider}@${station.station}#${station.incarnation}`
    expect(await balancesOf(central.database, rider)).toEqual({ ...before, [slice]: (before[slice] ?? 0) - 10 })
  })

  test('a body that could not be read is asked again too; of a banned file only goods handed out are booked, and it is said', async () => {
    const rider = demoRider('chen')
    const { station } = await lentTo(rider)
    station.redeem(rider, 3)
    station.record('checkin.recorded/1', { rider, card: 1, known: true })
    await parkedByOlder(station, 2)
    await central.database.query("UPDATE events SET code = 'body_unreadable' WHERE station_id = $1 AND outcome = 'parked'", [station.station])
    await central.database.query("UPDATE incarnations SET state = 'banned' WHERE station_id = $1", [station.station])
    const before = await balancesOf(central.database, rider)
    expect(await replay()).toBe(2)
    expect(await outcomesOf(station)).toEqual(['recorded', 'banned', 'banned'])
    expect(await balancesOf(central.database, rider)).toEqual({ ...before, discrepancy: (before['discrepancy'] ?? 0) - 3 })
  })

  test('an undoing finds the redemption that is replayed with it', async () => {
    const rider = demoRider('ouyang')
    const { station } = await lentTo(rider)
    const before = await balancesOf(central.database, rider)
    const { header } = station.redeem(rider, 4)
    station.record('redemption.undone/1', { request: randomUUID(), redemption: header.id, rider, points: 4, staff: randomUUID() })
    await parkedByOlder(station, 2)
    expect(await replay()).toBe(2)
    expect(await outcomesOf(station)).toEqual(['recorded', 'recorded', 'recorded'])
    expect(await balancesOf(central.database, rider)).toEqual(before)
  })
})
