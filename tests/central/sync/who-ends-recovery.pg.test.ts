// Whose word begins recovery and whose word ends it: not that of a station nobody believes any more, and not an old word that the
// network repeats. On both databases.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { takeBackup } from '../../support/database-copy.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { done } from '../../support/operator.ts'
import { demoRider, HISTORY, readBooks } from '../../support/test-central.ts'

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

  test('a hello of before the restore that the network repeats after it does not bring its station back, and nothing is lent twice', async () => {
    const { first, second } = central
    const rider = demoRider('li')
    first.record('checkin.recorded/1', { rider, card: 1, known: true })
    await first.push()
    const old = first.helloBody({ acknowledgedSeq: 1, cursor: { history: HISTORY, number: 1 } })
    expect(await first.helloOnce(old)).toMatchObject({ recovering: false })
    const restore = await takeBackup(central.database)
    await first.takeAndSpend(rider, 30)
    await restore()
    await done(central, 'restored', {})
    expect(await second.hello()).toMatchObject({ recovering: true })
    expect(await first.helloOnce(old)).toMatchObject({ recovering: true })
    expect(await second.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'recovering' })
    // Its own word of now, and what it holds.
    expect(await first.hello()).toMatchObject({ recovering: true, lastSeq: 1 })
    await first.push()
    expect(await second.askAllowance(rider)).toMatchObject({ withheld: null })
    const rows = await central.database.query<{ balance: number }>(`SELECT sum(balance)::bigint AS balance FROM accounts WHERE account_key = 'discrepancy'`)
    expect(rows[0]?.balance ?? 0).toBe(0)
  })

  test('a station that has read further than anything was ever written proves a restore too, though central has all that it was told', async () => {
    const { first } = central
    const page = await first.pull(null)
    if (page.result !== 'page') throw new Error('it is under this history')
    const { number } = page.cursor
    expect(await first.hello({ cursor: { history: HISTORY, number } })).toMatchObject({ history: HISTORY, recovering: false })
    const met = await first.hello({ cursor: { history: HISTORY, number: number + 1 } })
    expect({ isNew: met.history !== HISTORY, recovering: met.recovering }).toEqual({ isNew: true, recovering: true })
  })

  test('a station that was revoked, or a file that was written off, can not put central into recovery', async () => {
    const { first, second } = central
    const claim = { acknowledgedSeq: 1_000_000, cursor: { history: HISTORY, number: 1 } }
    const staff = await central.database.query<{ id: string }>('SELECT staff_id AS id FROM staff WHERE active AND station_id = $1 ORDER BY staff_id LIMIT 2', [second.station])
    await done(central, 'revoke-station', { station: first.station })
    await done(central, 'write-off', { station: second.station, incarnation: second.incarnation, staff: staff.map(({ id }) => id), reason: 'stolen' })
    for (const station of [first.clone(), second, first.begin()]) {
      expect(await station.helloOnce(station.helloBody(claim))).toMatchObject({ history: HISTORY, state: 'banned', recovering: false })
    }
  })
})
