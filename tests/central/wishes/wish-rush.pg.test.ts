// Everything about the same wishes at once: two stations tell what riders do, staff review, partners claim, join, light and give
// back, leases lapse, and both stations pull and begin to mirror. Locks go in one order: no statement ends in a deadlock (it would
// be tried again, unseen), every wish is what its history says, and whoever mirrors a rider hears of his wishes.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import type { Database, Queryable } from '../../../central/store/database.ts'
import { sqlStateOf } from '../../../central/store/database-errors.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { claimWish, endClaimsOfPartner, fulfilWish, giveBackClaim, joinClaim, lapseClaims } from '../../../central/wishes/claim-wish.ts'
import { reviewWish } from '../../../central/wishes/review-wish.ts'
import { tellOfWish } from '../../../central/wishes/rider-wishes.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, startTestCentral, type TestCentral } from '../../support/test-central.ts'
import { DAY_MS, newWords, WishTown } from './wish-town.ts'

const RIDERS = ['zhang', 'li', 'chen', 'ouyang'].map(demoRider)
const ROUNDS = 5

/** The same database; the codes of statements that failed are noted. A key that another took first is no deadlock. */
function noting(database: Database, failed: string[]): Database {
  const over = (transaction: Queryable): Queryable => ({
    ...transaction,
    query: <Row>(sql: string, values: Parameters<Queryable['query']>[1]) =>
      transaction.query<Row>(sql, values).catch((error: unknown) => {
        failed.push(sqlStateOf(error) ?? String(error))
        throw error
      }),
  })
  return { ...database, transaction: (mode, work) => database.transaction(mode, (transaction) => work(over(transaction))) }
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
    await databases.stop()
  }, 60_000)

  test('no deadlock, one claim at a time, nothing lost, everybody told', async () => {
    const town = await new WishTown(central.database).open()
    const stations = [central.first.begin(), central.second.begin()]
    for (const station of stations) await station.hello()
    const wishes: { id: string; rider: string }[] = []
    for (const rider of RIDERS) for (let count = 0; count < 2; count += 1) wishes.push({ id: await town.openWish(stations[0] as TestStation, rider), rider })
    const failed: string[] = []
    const store = sqlStore(noting(central.database, failed))
    const act = <Result>(work: Parameters<typeof store.transaction<Result>>[1]): Promise<Result> => store.transaction('write', work)
    const partners = Array.from({ length: 4 }, (_, index) => town.partner(`店${index}`))
    for (let round = 0; round < ROUNDS; round += 1) {
      const nowMs = town.nowMs + round * DAY_MS
      for (const [index, station] of stations.entries()) {
        for (const { id: wish, rider } of wishes.filter((_, place) => place % 2 === index || round % 2 === 0)) {
          const of = { request: randomUUID(), wish, rider, claim: round }
          if (round % 3 === 0) station.record('wish.edited/1', { ...of, words: newWords() })
          else station.record('wish.confirmed/1', { ...of, reached: false })
        }
      }
      await Promise.all([
        ...stations.map((station) => town.bring(station)),
        ...wishes.flatMap(({ id: wish, rider }, index) => [
          ...partners.map((partner) => act((transaction) => claimWish(transaction, partner, wish, nowMs))),
          act((transaction) => joinClaim(transaction, partners[index % 4] ?? town.partner(), { wish, claim: round + 1 }, nowMs)),
          act((transaction) => fulfilWish(transaction, partners[(index + 1) % 4] ?? town.partner(), { wish, claim: round + 1, words: '好', photo: null }, nowMs)),
          act((transaction) => giveBackClaim(transaction, partners[(index + 2) % 4] ?? town.partner(), { wish, claim: round + 1 }, nowMs)),
          act((transaction) => reviewWish(transaction, town.district, { wish, version: 1 + Math.floor(round / 3), verdict: 'approve', text: '好', who: null, account: null }, nowMs)),
          act((transaction) => tellOfWish(transaction, { wish, rider, fact: { fact: 'edited', claim: round }, words: newWords(), account: null }, nowMs)),
        ]),
        act((transaction) => lapseClaims(transaction, nowMs + 8 * DAY_MS, 3)),
        act((transaction) => endClaimsOfPartner(transaction, partners[round % 4]?.id ?? '', null, nowMs)),
        ...stations.flatMap((station) => [station.pull(null), station.askRider(RIDERS[round % RIDERS.length] ?? '')]),
      ])
    }
    expect(failed.filter((code) => code !== '23505')).toEqual([])
    expect((await auditBooks(central.database)).differences).toEqual([])
    // Whoever mirrors a rider is told of each of his wishes as it is now.
    const known = await central.database.query<{ wish: string; station: string }>(
      `SELECT wish_id AS wish, station_riders.station_id AS station FROM wishes JOIN station_riders USING (rider_id) WHERE station_riders.station_id = ANY($1::uuid[])`, [stations.map(({ station }) => station)],
    )
    const told = await central.database.query<{ wish: string; station: string }>(
      `SELECT key AS wish, split_part(scope, '@', 2) AS station FROM changes WHERE kind = 'own_wish'`,
    )
    const nameOf = ({ wish, station }: { wish: string; station: string }): string => `${wish} ${station}`
    expect(new Set(told.map(nameOf))).toEqual(new Set(known.map(nameOf)))
  }, 120_000)
})
