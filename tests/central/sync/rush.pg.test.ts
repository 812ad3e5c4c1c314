// Everything at once: two stations push redemptions of the same riders, ask for points and begin to mirror one another's
// riders, while both pull. Locks are taken in one order, so no statement ever ends in a deadlock (that would be tried again,
// unseen from outside), and the books balance.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCentral } from '../../../central/app.ts'
import type { Database, Queryable } from '../../../central/store/database.ts'
import { sqlStateOf } from '../../../central/store/database-errors.ts'
import riders from '../../../resources/demo/riders.json' with { type: 'json' }
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { NOW_MS, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const CHECK_VIOLATED = '23514'
const AFTER_A_FAILURE = '25P02'

/** The same database; the codes of statements that failed inside a transaction are noted. */
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

  test('two stations with riders in common push, ask and pull at once: no deadlock, nothing refused, nothing booked twice', async () => {
    const common = riders.filter((rider) => rider.status === 'active').slice(0, 12).map((rider) => rider.id)
    const failed: string[] = []
    const app = buildCentral({ database: noting(central.database, failed), nowMs: () => NOW_MS })
    const stations = [central.first, central.second].map((station) =>
      station.over(async (path, headers, body) => {
        const response = await app.inject({ method: 'POST', url: path, headers, payload: body })
        return { status: response.statusCode, body: response.json<unknown>() }
      }),
    )
    for (let round = 0; round < 6; round += 1) {
      const answers = await Promise.all(
        stations.flatMap((station, index) => {
          // The one from the first to the last, the other the other way round.
          const order = index === 0 ? common : common.toReversed()
          const from = station.events.length + 1
          for (const rider of order) station.redeem(rider, 3)
          return [
            station.push(from),
            ...order.slice(round * 2, round * 2 + 2).flatMap((rider) => [station.askAllowance(rider), station.askRider(rider)]),
            station.pull(null),
          ]
        }),
      )
      expect(answers.filter((answer) => 'result' in answer && !['applied', 'page'].includes(answer.result))).toEqual([])
    }
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    const [booked] = await central.database.query<{ redemptions: number; points: number }>('SELECT count(*) AS redemptions, sum(points)::bigint AS points FROM redemptions')
    expect(booked).toEqual({ redemptions: 144, points: 432 })
    // Nobody has lent these riders what they spend: what is booked in trust is refused, all that was sent behind it too, and done again.
    expect(failed.filter((code) => code !== CHECK_VIOLATED && code !== AFTER_A_FAILURE)).toEqual([])
    expect(failed).toContain(CHECK_VIOLATED)
    await app.close()
  })
})
