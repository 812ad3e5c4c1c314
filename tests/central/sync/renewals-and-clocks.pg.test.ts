// What is lent once a day while central's own clock jumps: a day that comes again lends nothing twice, and a year that was not
// one keeps nobody waiting. On both databases.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { NOW_MS, readBooks } from '../../support/test-central.ts'

const DAY_MS = 86_400_000

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: KeyedCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  beforeEach(async () => {
    central = await startKeyedCentral(databases)
  }, 60_000)

  afterEach(async () => {
    await central.close()
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  /** Everything that lies at the station goes back. */
  const giveBack = async (): Promise<void> => {
    const { first } = central
    const rows = await central.database.query<{ rider: string; points: number }>(
      `SELECT rider_id AS rider, balance AS points FROM accounts WHERE kind = 'rider_station' AND balance > 0 AND incarnation = $1 ORDER BY rider_id`,
      [first.incarnation],
    )
    for (const { rider, points } of rows) first.record('allowance.returned/1', { rider, points, reason: 'recall' })
    if (rows.length > 0) await first.push()
  }

  test('a clock that was a year ahead for a moment stops no renewal, and a day that comes again lends nothing twice', async () => {
    const { first, clock } = central
    await giveBack()
    clock.nowMs = NOW_MS + 365 * DAY_MS
    expect((await first.renew()).granted).toBeGreaterThan(1)
    await giveBack()
    for (const day of [1, 2]) {
      clock.nowMs = NOW_MS + day * DAY_MS
      expect((await first.renew()).granted).toBeGreaterThan(1)
      await giveBack()
    }
    clock.nowMs = NOW_MS + DAY_MS
    expect(await first.renew()).toEqual({ granted: 0, more: false, withheld: null })
  })
})
