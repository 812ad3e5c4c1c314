// A central for tests: the real app over a real database that holds the demo, asked without a network, and a look at its
// books that shares nothing with the program but the tables.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import riders from '../../resources/demo/riders.json' with { type: 'json' }
import stations from '../../resources/demo/stations.json' with { type: 'json' }
import { buildCentral } from '../../central/app.ts'
import { seedDemo } from '../../central/demo/seed-demo.ts'
import { outsideLogInMemory } from '../../central/keys/outside-log.ts'
import { makeSealingKeys, type SealingKeys } from '../../central/keys/sealing-keys.ts'
import { makeSigner } from '../../central/keys/signer.ts'
import { beginHistory } from '../../central/store/changes.ts'
import type { Database, OpenDatabase } from '../../central/store/database.ts'
import { migrate } from '../../central/store/migrate.ts'
import type { TestDatabases } from './central-databases.ts'
import { makeSeedKeys, type SeedKeys } from './central-keys.ts'
import { type Send, TestStation } from './station-client.ts'

export const NOW_MS = Date.UTC(2026, 10, 21, 4)
export const HISTORY = '0192f0c0-0000-4000-8000-000000000001'

export interface TestCentral {
  app: FastifyInstance
  /** With the program's rights; `actAs('owner')` for what only an owner, or an intruder, could do. */
  database: OpenDatabase
  /** Stations 1 and 2 of the demo. */
  first: TestStation
  second: TestStation
  /** What it was seeded with. */
  seedKeys: SeedKeys
  /** One more station of the first one's district, known and silent: its first file is yet to speak. */
  another(): Promise<TestStation>
  send: Send
}

interface Beginning extends Pick<TestCentral, 'first' | 'second' | 'seedKeys'> {
  sealing: SealingKeys
}

/** What every test central begins with. */
async function begin(database: OpenDatabase): Promise<Beginning> {
  await migrate(database)
  await database.actAs('program')
  await beginHistory(database, HISTORY)
  const sealing = makeSealingKeys()
  const { app, send } = openCentral(database, sealing)
  const [first, second] = stations.map((station) => new TestStation(station.id, send))
  if (first === undefined || second === undefined) throw new Error('the demo has two stations')
  const seedKeys = makeSeedKeys()
  await seedDemo(database, { stations: [{ number: 1, publicKey: first.publicKey }, { number: 2, publicKey: second.publicKey }], write: '/nowhere' }, NOW_MS, seedKeys.passKeys, seedKeys.box.derive)
  // Their first word: each keeps its riders' standing allowances from now on.
  await first.renew()
  await second.renew()
  await app.close()
  return { first, second, seedKeys, sealing }
}

function openCentral(database: OpenDatabase, sealing: SealingKeys): Pick<TestCentral, 'app' | 'send'> {
  const app = buildCentral({ database, nowMs: () => NOW_MS, keys: { signer: makeSigner(), outside: outsideLogInMemory(), sealing } })
  return {
    app,
    send: async (path, headers, body) => {
      const response = await app.inject({ method: 'POST', url: path, headers, payload: body })
      return { status: response.statusCode, body: response.json<unknown>() }
    },
  }
}

export async function startTestCentral(place: TestDatabases | OpenDatabase): Promise<TestCentral> {
  const { database, kept } = 'createFilled' in place ? await place.createFilled(begin) : { database: place, kept: await begin(place) }
  await database.actAs('program')
  const { app, send } = openCentral(database, kept.sealing)
  await app.ready()
  const first = kept.first.over(send)
  let number = 100
  const another = async (): Promise<TestStation> => {
    number += 1
    const station = new TestStation(randomUUID(), send)
    await database.query(
      `INSERT INTO stations (station_id, district_id, number, name, brand, hotline, facilities, panel_pitch_mm, public_key, status)
       SELECT $1, district_id, $2, name, brand, hotline, facilities, panel_pitch_mm, $3, 'active' FROM stations WHERE station_id = $4`,
      [station.station, number, station.publicKey, first.station],
    )
    return station
  }
  return { app, database, first, second: kept.second.over(send), seedKeys: kept.seedKeys, another, send }
}

export function demoRider(handle: string): string {
  const rider = riders.find((candidate) => candidate.demo === handle)
  if (rider === undefined) throw new Error(`no demo rider ${handle}`)
  return rider.id
}

export interface Books {
  allAccounts: number
  /** Accounts whose balance is not the sum of their transfers, and riders whose entries are not their balance. */
  wrong: unknown[]
}

/** Recomputed from the transfers. */
export async function readBooks(database: Database): Promise<Books> {
  const [sum] = await database.query<{ total: number }>('SELECT sum(balance)::bigint AS total FROM accounts')
  const wrong = await database.query(
    `SELECT account_key, balance, moved FROM (
       SELECT a.account_key, a.balance,
         (SELECT coalesce(sum(points), 0)::bigint FROM every_transfer t WHERE t.district_id = a.district_id AND t.to_key = a.account_key) -
         (SELECT coalesce(sum(points), 0)::bigint FROM every_transfer t WHERE t.district_id = a.district_id AND t.from_key = a.account_key) AS moved
       FROM accounts a) AS checked WHERE balance <> moved
     UNION ALL
     SELECT rider_id::text, held, seen FROM (
       SELECT r.rider_id,
         (SELECT coalesce(sum(balance), 0)::bigint FROM accounts a WHERE a.rider_id = r.rider_id) AS held,
         (SELECT coalesce(sum(points), 0)::bigint FROM every_entry e WHERE e.rider_id = r.rider_id) AS seen
       FROM riders r) AS riders_checked WHERE held <> seen`,
  )
  return { allAccounts: sum?.total ?? Number.NaN, wrong }
}

export async function balancesOf(database: Database, rider: string): Promise<Record<string, number>> {
  const rows = await database.query<{ account_key: string; balance: number }>(
    `SELECT account_key, balance FROM accounts WHERE rider_id = $1 OR account_key = 'discrepancy' ORDER BY account_key`,
    [rider],
  )
  return Object.fromEntries(rows.map((row) => [row.account_key, row.balance]))
}
