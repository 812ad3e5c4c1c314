// A rider's points between stations: recalled where another asks, returned by the holder's own word, renewed once a day, earned
// within a slice and beyond it, taken back. On both databases; at the end all books are recomputed.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Change } from '../../../contract/sync/sync-protocol.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { balancesOf, NOW_MS, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral
  let home: TestStation
  let away: TestStation
  let rider: string

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    await databases.stop()
  }, 60_000)

  /** A rider of his own for each test: a hundred points, all at central. */
  beforeEach(async () => {
    home = await central.another()
    away = await central.another()
    rider = randomUUID()
    const opening = randomUUID()
    await central.database.query(
      `INSERT INTO riders (rider_id, district_id, masked_name, platform, site, phone_tail, standing, hide_balance, home_station_id)
       SELECT $1, district_id, '测试', 'x', 'x', '0000', 'active', false, station_id FROM stations WHERE station_id = $2`,
      [rider, home.station],
    )
    await central.database.transaction('write', async (transaction) => {
      await transaction.query(
        `INSERT INTO accounts (district_id, account_key, kind, rider_id, balance) SELECT district_id, 'rider:' || $1::text, 'rider_central', $1::uuid, 100 FROM riders WHERE rider_id = $1::uuid`,
        [rider],
      )
      await transaction.query(`UPDATE accounts SET balance = balance - 100 WHERE account_key = 'program' AND district_id = (SELECT district_id FROM riders WHERE rider_id = $1)`, [rider])
      await transaction.query(
        `INSERT INTO transfers (event_id, line, district_id, from_key, to_key, points, booked_at_ms)
         SELECT $2, 1, district_id, 'program', 'rider:' || $1::text, 100, $3 FROM riders WHERE rider_id = $1::uuid`,
        [rider, opening, NOW_MS],
      )
      await transaction.query(
        `INSERT INTO entries (entry_id, district_id, rider_id, at_ms, booked_at_ms, points, reason, what, lines) SELECT $2, district_id, rider_id, $3, $3, 100, 'opening', NULL, '[]' FROM riders WHERE rider_id = $1`,
        [rider, opening, NOW_MS],
      )
    })
    for (const station of [home, away]) await station.askRider(rider)
  })

  const at = (station?: TestStation): string => (station === undefined ? `rider:${rider}` : `rider:${rider}@${station.station}#${station.incarnation}`)
  const held = async (): Promise<Record<string, number>> => {
    const { discrepancy: _all, ...own } = await balancesOf(central.database, rider)
    return own
  }
  const newsOf = async (station: TestStation, kind: Change['kind']): Promise<Change[]> => {
    const answer = await station.pull(null)
    if (answer.result !== 'page') throw new Error(answer.result)
    return answer.changes.filter((change) => change.kind === kind && JSON.stringify(change.row).includes(rider))
  }
  const receive = async (station: TestStation, grant: { id: string; points: number } | null): Promise<void> => {
    if (grant === null) throw new Error('nothing was lent')
    station.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    await station.push()
  }

  test('points that lie at another station are named, recalled, and lent on once that station has given them back', async () => {
    await receive(home, (await home.askAllowance(rider)).grant)
    const asked = await away.askAllowance(rider)
    expect(asked).toEqual({ grant: null, withheld: null, elsewhere: [{ station: home.station, name: expect.anything() as object, points: 100, heardAtMs: NOW_MS }] })
    expect((await newsOf(home, 'recall')).map(({ row }) => row)).toEqual([{ rider, askedAtMs: NOW_MS }])
    home.record('allowance.returned/1', { rider, points: 70, reason: 'recall' })
    await home.push(home.events.length)
    expect(await held()).toEqual({ [at()]: 70, [at(home)]: 30 })
    expect((await newsOf(away, 'rider')).map(({ row }) => row)).toMatchObject([{ balance: 100, atCentral: 70, home: false }])
    expect((await newsOf(home, 'recall')).map(({ row }) => row)).toEqual([])
    expect(await away.askAllowance(rider)).toMatchObject({ grant: { points: 70 }, elsewhere: [{ points: 30 }] })
  })

  test('a return of more than there is gives back what is there, is flagged, and takes nothing from anybody', async () => {
    const before = (await balancesOf(central.database, rider))['discrepancy'] ?? 0
    await receive(home, (await home.askAllowance(rider)).grant)
    home.record('allowance.returned/1', { rider, points: 100, reason: 'visit_over' })
    home.record('allowance.returned/1', { rider, points: 5, reason: 'visit_over' })
    expect(await home.push(2)).toMatchObject({ outcomes: [{ seq: 2, outcome: 'recorded' }, { seq: 3, outcome: 'flagged', code: 'overdrawn' }] })
    expect(await held()).toEqual({ [at()]: 100, [at(home)]: 0 })
    expect((await balancesOf(central.database, rider))['discrepancy'] ?? 0).toBe(before)
  })

  test('once a day the home station is lent the standing allowance and its earning slice, however often it asks', async () => {
    expect(await home.renew()).toEqual({ granted: 2, more: false, withheld: null })
    expect(await home.renew()).toEqual({ granted: 0, more: false, withheld: null })
    expect(await held()).toEqual({ [at()]: 50, [at(home)]: 50 })
    expect(await newsOf(home, 'grant')).toHaveLength(1)
  })

  test('no standing allowance is lent for a rider who has points at another station', async () => {
    await receive(away, (await away.askAllowance(rider)).grant)
    away.record('allowance.returned/1', { rider, points: 60, reason: 'visit_over' })
    await away.push(2)
    expect(await home.renew()).toEqual({ granted: 1, more: false, withheld: null })
    expect(await held()).toEqual({ [at()]: 60, [at(away)]: 40 })
  })

  test('what is earned within the slice is the rider’s at that station at once, beyond it his at central, and each is seen once', async () => {
    await home.renew()
    const service = { service: 'volunteer-hour', staff: randomUUID() }
    home.record('points.earned/1', { request: randomUUID(), rider, points: 20, ...service, inSlice: true })
    home.record('points.earned/1', { request: randomUUID(), rider, points: 30, ...service, inSlice: false })
    expect(await home.push()).toMatchObject({ outcomes: [{ code: 'service_unknown' }, { code: 'service_unknown' }] })
    expect(await held()).toEqual({ [at()]: 80, [at(home)]: 70 })
    const [slice] = await central.database.query<{ balance: number }>('SELECT balance FROM accounts WHERE account_key = $1', [`program@${home.station}#${home.incarnation}`])
    expect(slice).toEqual({ balance: 480 })
  })

  test('an earning beyond what the slice has left takes the rest from discrepancy and is flagged', async () => {
    const before = (await balancesOf(central.database, rider))['discrepancy'] ?? 0
    home.record('points.earned/1', { request: randomUUID(), rider, points: 20, service: 'volunteer-hour', staff: randomUUID(), inSlice: true })
    expect(await home.push()).toMatchObject({ outcomes: [{ outcome: 'flagged', code: 'overdrawn' }] })
    expect(await held()).toEqual({ [at()]: 100, [at(home)]: 20 })
    expect((await balancesOf(central.database, rider))['discrepancy'] ?? 0).toBe(before - 20)
  })

  test('a redemption is taken back once, by the file that made it: points to the slice, goods to the same lots', async () => {
    await receive(home, (await home.askAllowance(rider)).grant)
    const { header } = home.redeem(rider, 40)
    const undoing = { redemption: header.id, rider, points: 40, staff: randomUUID() }
    for (let time = 0; time < 2; time += 1) home.record('redemption.undone/1', { request: randomUUID(), ...undoing })
    expect(await home.push(2)).toMatchObject({
      outcomes: [{ outcome: 'recorded' }, { outcome: 'recorded' }, { outcome: 'flagged', code: 'already_undone' }],
    })
    expect(await held()).toEqual({ [at()]: 0, [at(home)]: 100 })
    const lots = await central.database.query('SELECT on_hand FROM lots_mirror WHERE station_id = $1', [home.station])
    expect(lots).toEqual([{ on_hand: 0 }])
    away.record('redemption.undone/1', { request: randomUUID(), ...undoing })
    expect(await away.push()).toMatchObject({ outcomes: [{ outcome: 'flagged', code: 'redemption_unknown' }] })
    const seen = (await newsOf(home, 'entry')).map(({ row }) => (row !== null && 'points' in row ? row.points : null))
    expect(new Set(seen)).toEqual(new Set([-40, 100, 40]))
    expect(seen).toHaveLength(3)
  })

  test('what a banned file says is kept and flagged, and books only the goods that it handed out', async () => {
    const before = (await balancesOf(central.database, rider))['discrepancy'] ?? 0
    await receive(home, (await home.askAllowance(rider)).grant)
    await central.database.query("UPDATE incarnations SET state = 'banned' WHERE station_id = $1", [home.station])
    home.redeem(rider, 15)
    home.record('allowance.returned/1', { rider, points: 85, reason: 'visit_over' })
    home.record('points.earned/1', { request: randomUUID(), rider, points: 20, service: 'volunteer-hour', staff: randomUUID(), inSlice: false })
    const banned = (seq: number) => ({ seq, outcome: 'flagged', code: 'banned' })
    expect(await home.push(2)).toMatchObject({ result: 'applied', outcomes: [banned(2), banned(3), banned(4)] })
    expect(await held()).toEqual({ [at()]: 0, [at(home)]: 100 })
    expect((await balancesOf(central.database, rider))['discrepancy'] ?? 0).toBe(before - 15)
    expect(await home.askAllowance(rider)).toEqual({ grant: null, withheld: 'not_active', elsewhere: [] })
  })
})
