// The simulation believes the store in memory because of this: the same random calls, and the same random requests of whole
// stations, are asked of it and of the real SQL on both databases; every answer and in the end every row must be the same.
// DIFFERENTIAL_SEED and DIFFERENTIAL_RUNS try others than those that always run.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../../../central/store/migrate.ts'
import { SYNC_DOORS } from '../../../central/sync/sync-doors.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { schemaInMemory, schemaOf } from './compare-schemas.ts'
import { lookAround } from './look-around.ts'
import { callsTogether, runTogether } from './random-calls-together.ts'
import { furnishTown } from './furnish-town.ts'
import { HISTORY } from './random-staff-calls.ts'
import { openStations } from './random-station.ts'
import { doInTown, ORDINARY, SELDOM, townActs } from './random-town-acts.ts'
import { buildSmallTown, FIRST_MS, type SmallTown } from './small-town.ts'
import { openTwinDoors } from './twin-doors.ts'
import { openTwins, type TwinStores } from './twin-stores.ts'

/** PGlite is the slower one, and its SQL is the same. */
const RUNS = { pglite: { calls: 10, requests: 8 }, postgres: { calls: 24, requests: 14 } } as const
const MORE_RUNS = process.env['DIFFERENTIAL_RUNS']
const LONGEST_MS = MORE_RUNS === undefined ? 60_000 : 540_000
const BOUNDS = { seed: Number(process.env['DIFFERENTIAL_SEED'] ?? 20261121), interruptAfterTimeLimit: LONGEST_MS, markInterruptAsFailure: true }

describe.each(ENGINES)('the store in memory beside %s', (engine) => {
  let databases: TestDatabases
  let twins: TwinStores
  let schema: unknown
  let towns = 0

  /** One run in a town of its own, whatever became of the one before. */
  const inNewTown = async (run: (town: number) => Promise<void>): Promise<void> => {
    towns += 1
    try {
      await run(towns)
    } catch (error) {
      await twins.mend()
      throw error
    }
  }

  beforeAll(async () => {
    databases = await startDatabases(engine)
    const database = await databases.create()
    await migrate(database)
    schema = await schemaOf(database)
    await database.actAs('program')
    twins = openTwins(database)
    await twins.add({
      centrals: [{ only_one: true, history: HISTORY }],
      pass_keys: [0, 1, 2].map((keyId) => ({ key_id: keyId, public_key: `key ${keyId}` })),
    })
  }, 120_000)

  afterAll(async () => {
    await databases.stop()
  }, 60_000)

  test('has the same tables, columns and keys', () => {
    expect(schemaInMemory()).toEqual(schema)
  })

  test('answers random calls in random transactions alike and ends with the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(callsTogether(), { minLength: 10, maxLength: 24, size: 'max' }), (steps) => inNewTown(async (number) => {
        const town = buildSmallTown(number, [])
        await twins.add(town.rows)
        await beginCentral(twins)
        await twins.expectSame((store) => store.transaction('write', (transaction) => furnishTown(transaction, town)))
        for (const step of steps) await twins.expectSame((store) => runTogether(store, step, town))
        await expectSameRows(twins, town)
      })),
      { ...BOUNDS, numRuns: Number(MORE_RUNS ?? RUNS[engine].calls) },
    )
  }, LONGEST_MS + 60_000)

  test('answers the random requests of whole stations alike and ends with the same rows', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(townActs(), { minLength: 30, maxLength: 70, size: 'max' }), (acts) => inNewTown(async (number) => {
        const doors = openTwinDoors(twins, seen)
        const { town, stations } = openStations(number, doors.send, buildSmallTown)
        await twins.add(town.rows)
        await beginCentral(twins)
        await stations[0]?.openShop(FIRST_MS)
        for (const act of acts) await doInTown({ twins, doors, town, stations }, act)
        expect(doors.said.memory).toEqual(doors.said.sql)
        await expectSameRows(twins, town)
      })),
      { ...BOUNDS, numRuns: Number(MORE_RUNS ?? RUNS[engine].requests), examples: [[SELDOM], [ORDINARY]] },
    )
    expect(MUST_BE_SEEN.filter((what) => !seen.has(what))).toEqual([])
  }, LONGEST_MS + 60_000)

  test('holds the same rows over all that was done', async () => {
    const { memory, sql } = await twins.everyRow()
    expect(memory).toEqual(sql)
  }, 60_000)
})

/** What never happened was not compared. */
const MUST_BE_SEEN = [
  ...[...SYNC_DOORS.keys()].map((path) => `${path} 200`),
  'applied', 'gap', 'quarantined', 'page', 'cursor_unknown', 'recorded', 'overdrawn', 'rider_unknown', 'item_unknown', 'staff_unknown', 'service_unknown', 'sum_wrong',
  'request_repeated', 'grant_unknown', 'redemption_unknown', 'already_undone', 'kind_unknown', 'body_unreadable', 'recall', 'earning_slice', 'superseded', 'waiting',
  'banned', 'recovering', 'not_active', 'own_wish', 'wish_unknown', 'wish_repeated', 'wish_not_in_state', 'revoked', 'suspended', 'recovery is over', 'held', 'event_unknown', 'key_unknown', 'unreadable', 'commitment_wrong', 'rider_known',
]

/** As it is when nothing has happened; towns of before have no life that anybody waits for. */
async function beginCentral(twins: TwinStores): Promise<void> {
  await twins.expectSame((store) =>
    store.transaction('write', (transaction) => transaction.writeCentral({ history: HISTORY, recoveringSinceMs: null, restoredAtMs: null })),
  )
}

/** Of one town; from then on nobody waits for its stations. */
async function expectSameRows(twins: TwinStores, town: SmallTown): Promise<void> {
  const { memory, sql } = await twins.rowsOf(town.districts)
  expect(memory).toEqual(sql)
  await twins.expectSame((store) => store.transaction('snapshot', (snapshot) => lookAround(snapshot, town)))
  await twins.expectSame((store) =>
    store.transaction('write', async (transaction) => {
      for (const station of town.stations) {
        const lives = await transaction.readLives(station)
        await transaction.setLifeStates(station, lives.map(({ incarnation }) => incarnation), 'banned')
      }
    }),
  )
}
