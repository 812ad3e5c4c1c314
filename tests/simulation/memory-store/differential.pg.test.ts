// The simulation believes the store in memory because of this: the same random calls, and the same random requests of whole
// stations, are asked of it and of the real SQL on both databases; every answer and in the end every row must be the same.
// DIFFERENTIAL_SEED and DIFFERENTIAL_RUNS try others than those that always run.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CentralStore, StoreTransaction } from '../../../central/store/central-store.ts'
import { migrate } from '../../../central/store/migrate.ts'
import { SYNC_DOORS } from '../../../central/sync/sync-doors.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { schemaInMemory, schemaOf } from './compare-schemas.ts'
import { type StoreCall, storeCalls, UNORDERED } from './random-calls.ts'
import { HISTORY } from './random-staff-calls.ts'
import { openStations, stationActs } from './random-station.ts'
import { openTwinDoors } from './twin-doors.ts'
import { buildSmallTown, FIRST_MS, type SmallTown } from './small-town.ts'
import { comparable, openTwins, sorted, type TwinStores } from './twin-stores.ts'

const BOUNDS = { seed: Number(process.env['DIFFERENTIAL_SEED'] ?? 20261121), interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true }
const CALL_RUNS = Number(process.env['DIFFERENTIAL_RUNS'] ?? 32)
const REQUEST_RUNS = Number(process.env['DIFFERENTIAL_RUNS'] ?? 20)
const HOUR_MS = 3_600_000

/** What never happened was not compared. */
const MUST_BE_SEEN = [
  ...[...SYNC_DOORS.keys()].map((path) => `${path} 200`),
  'applied', 'gap', 'quarantined', 'page', 'cursor_unknown', 'recorded', 'overdrawn', 'rider_unknown', 'item_unknown', 'staff_unknown', 'service_unknown', 'sum_wrong',
  'request_repeated', 'grant_unknown', 'redemption_unknown', 'already_undone', 'kind_unknown', 'body_unreadable', 'recall', 'earning_slice',
]

interface CallsTogether {
  mode: 'write' | 'snapshot'
  calls: readonly StoreCall[]
  givesUp: boolean
}

describe.each(ENGINES)('the store in memory beside %s', (engine) => {
  let databases: TestDatabases
  let twins: TwinStores
  let schema: unknown
  let towns = 0

  const newTown = async (publicKeys: readonly string[] = []): Promise<SmallTown> => {
    towns += 1
    const town = buildSmallTown(towns, publicKeys)
    await twins.add(town.rows)
    return town
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
      pass_keys: [0, 1, 2].map((keyId) => ({ key_id: keyId, public_key: `key ${keyId}`, private_key_pem: null })),
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
      fc.asyncProperty(fc.array(callsTogether(), { minLength: 4, maxLength: 14, size: 'max' }), async (steps) => {
        const town = await newTown()
        for (const station of [0, 2]) {
          const outbox = { district: town.districts[station / 2] ?? '', station: town.stations[station] ?? '', incarnation: town.incarnations[station]?.[0] ?? '' }
          await expectSame(twins, (store) => store.transaction('write', (transaction) => transaction.beginIncarnation(outbox, new Uint8Array(32), FIRST_MS)))
        }
        for (const step of steps) await expectSame(twins, (store) => runTogether(store, step, town))
        const tables = await twins.rowsOf(town.districts)
        expect(tables.memory).toEqual(tables.sql)
      }),
      { ...BOUNDS, numRuns: CALL_RUNS },
    )
  }, 120_000)

  test('answers the random requests of whole stations alike and ends with the same rows', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(stationActs(), { minLength: 30, maxLength: 70, size: 'max' }), async (acts) => {
        const doors = openTwinDoors(twins, seen)
        towns += 1
        const { town, stations } = openStations(towns, doors.send, buildSmallTown)
        await twins.add(town.rows)
        for (const act of acts) {
          if (act.act === 'time_passes') doors.nowMs += (act.pick % 30) * HOUR_MS
          await stations[act.station]?.do(act, doors.nowMs)
        }
        expect(doors.said.memory).toEqual(doors.said.sql)
        const tables = await twins.rowsOf(town.districts)
        expect(tables.memory).toEqual(tables.sql)
      }),
      { ...BOUNDS, numRuns: REQUEST_RUNS },
    )
    expect(MUST_BE_SEEN.filter((what) => !seen.has(what))).toEqual([])
  }, 120_000)

  test('holds the same rows over all that was done', async () => {
    const tables = await twins.everyRow()
    expect(tables.memory).toEqual(tables.sql)
  }, 60_000)
})

/** Calls are made for the town of number 0 and moved to another, so that one run can be told again. */
const TEMPLATE = buildSmallTown(0, [])

function callsTogether(): fc.Arbitrary<CallsTogether> {
  return fc.record({
    mode: fc.oneof({ arbitrary: fc.constant('write' as const), weight: 4 }, { arbitrary: fc.constant('snapshot' as const), weight: 1 }),
    calls: fc.array(storeCalls(TEMPLATE), { minLength: 1, maxLength: 4 }),
    givesUp: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 9),
  })
}

/** What each call answered; the transaction's own refusal ends it. */
function runTogether(store: CentralStore, { mode, calls, givesUp }: CallsTogether, town: SmallTown): Promise<unknown> {
  return store.transaction(mode, async (transaction) => {
    const answers: unknown[] = []
    for (const { name, given } of calls) answers.push(inAnyOrder(name, comparable(await call(transaction, name, given.map((value) => movedTo(town, value))))))
    if (givesUp) throw new Error(`given up after ${JSON.stringify(answers)}`)
    return answers
  })
}

async function call(transaction: StoreTransaction, name: StoreCall['name'], given: readonly unknown[]): Promise<unknown> {
  const answer: unknown = await Reflect.apply(transaction[name], transaction, given)
  return answer
}

function inAnyOrder(name: StoreCall['name'], answer: unknown): unknown {
  return UNORDERED.has(name) && Array.isArray(answer) ? sorted(answer) : answer
}

function movedTo(town: SmallTown, value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/\b00000000-([\da-f]{4}-4000-8000-)/g, `${town.id('event', 0).slice(0, 8)}-$1`)
  if (Array.isArray(value)) return value.map((inner) => movedTo(town, inner))
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, movedTo(town, inner)]))
}

async function expectSame(twins: TwinStores, ask: (store: CentralStore) => Promise<unknown>): Promise<void> {
  const { memory, sql } = await twins.askBoth(ask)
  expect(memory).toEqual(sql)
}
