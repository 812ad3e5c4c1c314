// A rider is booked at one station while another begins to mirror him. Neither transaction sees the other's rows, so they
// must wait for one another, or the second station would never be told. Real only on PostgreSQL; PGlite queues by itself.

import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCentral } from '../../../central/app.ts'
import type { Database, Queryable } from '../../../central/store/database.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { demoRider, NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

/** The same database; `pause` runs inside the transaction after each statement that matches. */
function pausingAfter(database: Database, statement: RegExp, pause: () => Promise<unknown>): Database {
  const over = (transaction: Queryable): Queryable => ({
    ...transaction,
    async query<Row>(sql: string, values: Parameters<Queryable['query']>[1]) {
      const rows = await transaction.query<Row>(sql, values)
      if (statement.test(sql)) await pause()
      return rows
    },
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

  test('a station that begins to mirror a rider in the middle of his booking elsewhere is told of it', async () => {
    const rider = demoRider('zhang')
    const { first, second } = central
    const begun = await second.pull(null)
    if (begun.result !== 'page') throw new Error(begun.result)
    const adding: Promise<unknown>[] = []
    const database = pausingAfter(central.database, /FROM station_riders WHERE rider_id = ANY/, async () => {
      if (adding.length === 0) adding.push(second.askRider(rider))
      await setTimeout(400)
    })
    const app = buildCentral({ database, nowMs: () => NOW_MS })
    const slow = first.over(async (path, headers, body) => {
      const response = await app.inject({ method: 'POST', url: path, headers, payload: body })
      return { status: response.statusCode, body: response.json<unknown>() }
    })
    const event = slow.redeem(rider, 20)
    expect(await slow.push()).toMatchObject({ outcomes: [{ outcome: 'recorded' }] })
    await Promise.all(adding)
    await app.close()

    const answer = await second.pull(begun.cursor)
    const told = answer.result === 'page' ? answer.changes.filter((change) => change.key === rider || change.key === event.header.id) : []
    const shown = told.map((change) => [change.kind, change.kind === 'rider' ? change.row?.balance : null])
    expect(shown).toEqual([['rider', 106], ['entry', null]])
  })
})
