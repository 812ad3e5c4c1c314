// A restore that nobody noticed could be followed by one to an even older backup: the database then says a history that was
// over, and stations speak of one that it has never heard of. The log outside the database tells the two apart.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCentral } from '../../../central/app.ts'
import { isLaterHistory, noteHistory, outsideLogInMemory } from '../../../central/keys/outside-log.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { HISTORY, NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'
import { makeTestKeys } from '../../support/central-keys.ts'

const AFTER_FIRST_RESTORE = '0192f0c0-0000-4000-8000-00000000aaaa'

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

  test('a hello that speaks of a later history begins recovery, once; one of an earlier or unheard-of history does not', async () => {
    const outside = outsideLogInMemory()
    for (const history of [HISTORY, AFTER_FIRST_RESTORE]) noteHistory(outside, history, NOW_MS)
    const app = buildCentral({ database: central.database, nowMs: () => NOW_MS, keys: { ...makeTestKeys(), outside } })
    const first = central.first.over(async (path, headers, body) => {
      const response = await app.inject({ method: 'POST', url: path, headers, payload: body })
      return { status: response.statusCode, body: response.json<unknown>() }
    })
    expect(await first.hello({ cursor: { history: randomUUID(), number: 3 }, acknowledgedSeq: 0 })).toMatchObject({ history: HISTORY, recovering: false })
    const met = await first.hello({ cursor: { history: AFTER_FIRST_RESTORE, number: 3 }, acknowledgedSeq: 0 })
    // The others have not been heard yet.
    expect(met.recovering).toBe(true)
    expect([HISTORY, AFTER_FIRST_RESTORE]).not.toContain(met.history)
    expect(await first.hello({ cursor: { history: AFTER_FIRST_RESTORE, number: 3 }, acknowledgedSeq: 0 })).toMatchObject({ history: met.history, recovering: true })
    expect(isLaterHistory(outside.read(), AFTER_FIRST_RESTORE, met.history)).toBe(true)
    await app.close()
  })
})

test('a database whose history is not the last one that began was set back', () => {
  const outside = outsideLogInMemory()
  const [one, two] = [randomUUID(), randomUUID()]
  expect([noteHistory(outside, one, 1), noteHistory(outside, one, 2), noteHistory(outside, two, 3), noteHistory(outside, one, 4)].map(({ setBack }) => setBack)).toEqual([
    false, false, false, true,
  ])
  expect(outside.read()).toHaveLength(2)
})
