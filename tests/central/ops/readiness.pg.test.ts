// Ready means: the database answers in time, it is at this program's migration, and nobody has asked the process to end.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCentral } from '../../../central/app.ts'
import { watchReadiness } from '../../../central/ops/readiness.ts'
import type { Queryable } from '../../../central/store/database.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

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

  const ask = async (app = central.app): Promise<unknown> => {
    const response = await app.inject({ method: 'GET', url: '/ready' })
    return [response.statusCode, response.json()]
  }

  test('a central whose database is at this program’s migration is ready; at any other it is not', async () => {
    expect(await ask()).toEqual([200, { ready: true }])
    const { database } = central
    await database.actAs('owner')
    await database.query(`INSERT INTO migrations (number, name) VALUES (9999, 'of a newer program')`)
    expect(await ask()).toEqual([503, { ready: false, code: 'migrations_differ' }])
    await database.query('DELETE FROM migrations WHERE number = 9999')
    await database.actAs('program')
    expect(await ask()).toEqual([200, { ready: true }])
  })

  test('a database that fails makes it not ready, while the process says that it lives', async () => {
    const app = buildCentral({ database: { ...central.database, query: () => Promise.reject(new Error('gone')) }, nowMs: () => NOW_MS })
    expect(await ask(app)).toEqual([503, { ready: false, code: 'database_failing' }])
    expect((await app.inject({ method: 'GET', url: '/health' })).json()).toEqual({ ok: true })
    await app.close()
  })

  test('a process that was asked to end says so before its port is closed', async () => {
    const app = buildCentral({ database: central.database, nowMs: () => NOW_MS })
    expect(await ask(app)).toEqual([200, { ready: true }])
    app.readiness.stop()
    expect(await ask(app)).toEqual([503, { ready: false, code: 'stopping' }])
    await app.close()
  })
})

test('a database that says nothing is asked once, however many ask, and the answer is in time', async () => {
  let questions = 0
  let answer: (rows: never[]) => void = () => undefined
  const silent: Queryable = {
    query: () => {
      questions += 1
      return new Promise((resolve) => {
        answer = resolve
      })
    },
    execute: () => Promise.resolve(),
  }
  const waited: number[] = []
  const timers: (() => void)[] = []
  const wait = (ms: number): Promise<void> => {
    waited.push(ms)
    return new Promise((resolve) => timers.push(resolve))
  }
  const readiness = watchReadiness({ database: silent, answerMsMax: 2_000, wait, failed: () => undefined })
  const asked = Array.from({ length: 20 }, () => readiness.ask())
  for (const timer of timers) timer()
  expect(await Promise.all(asked)).toEqual(asked.map(() => 'database_silent'))
  expect([questions, new Set(waited)]).toEqual([1, new Set([2_000])])
  answer([])
  const again = readiness.ask()
  expect(await again).toBe('migrations_differ')
})
