// A snapshot is named by what is in it and by its moment, so the same question in the same moment (a repeated request) gets the
// same one. On both databases.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SNAPSHOT_PATH } from '../../../contract/sync/snapshot.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { startTestCentral } from '../../support/test-central.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  test('a snapshot that is asked for twice in one moment is the same snapshot', async () => {
    const { app, first } = await startTestCentral(databases)
    const question = Buffer.from(JSON.stringify({ incarnation: first.incarnation, scopes: ['district'] }))
    const once = await first.post(SNAPSHOT_PATH, question)
    expect(once.status).toBe(200)
    expect(await first.post(SNAPSHOT_PATH, question)).toEqual(once)
    await app.close()
  }, 60_000)
})
