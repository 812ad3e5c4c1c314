// A restored central lends once more what a station says it holds and central has forgotten; never what stands in its books
// under another file's name. Such a fact is flagged, and the queue behind it goes on. On both databases.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { demoRider, NOW_MS, readBooks, startTestCentral } from '../../support/test-central.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  test('a recovering central flags who claims a slice that another file was lent, and takes what comes after', async () => {
    const { app, database, first, second } = await startTestCentral(databases)
    const rider = demoRider('li')
    const { grant } = await first.askAllowance(rider)
    const [slice] = await database.query<{ id: string }>('SELECT grant_id AS id FROM earning_slices WHERE station_id = $1', [first.station])
    if (grant === null || slice === undefined) throw new Error('both were lent')
    await database.query('UPDATE centrals SET recovering_since_ms = $1', [NOW_MS])

    second.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    second.record('earning_slice.received/1', { grant: slice.id, points: 7 })
    second.record('checkin.recorded/1', { rider, card: 1, known: true })
    expect(await second.push()).toEqual({
      result: 'applied',
      lastSeq: 3,
      outcomes: [{ seq: 1, outcome: 'flagged', code: 'grant_unknown' }, { seq: 2, outcome: 'flagged', code: 'grant_unknown' }, { seq: 3, outcome: 'recorded' }],
    })
    expect(await readBooks(database)).toEqual({ allAccounts: 0, wrong: [] })
    await app.close()
  }, 60_000)
})
