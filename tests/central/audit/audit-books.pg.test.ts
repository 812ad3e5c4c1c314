// The audit finds a difference of a single point, on both databases; each figure is falsified as only an intruder could.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { WishTown } from '../wishes/wish-town.ts'
import { demoRider, startTestCentral, type TestCentral } from '../../support/test-central.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
    await central.database.actAs('owner')
    const station = central.first.begin()
    for (let count = 0; count < 3; count += 1) station.redeem(demoRider('li'), 20)
    await station.push()
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    await databases.stop()
  }, 60_000)

  /** Does it, audits, undoes it: the next test finds whole books. */
  async function falsify(act: string, undo: string): Promise<unknown> {
    await central.database.execute(act)
    const { differences } = await auditBooks(central.database)
    await central.database.execute(undo)
    return differences.map(({ kind }) => kind)
  }

  test('whole books have no difference, and every account, transfer and event was looked at', async () => {
    const report = await auditBooks(central.database)
    expect(report).toEqual({ accounts: expect.any(Number) as number, transfers: expect.any(Number) as number, events: 3, wishes: expect.any(Number) as number, trainings: 0, differences: [] })
    expect(Math.min(report.accounts, report.transfers)).toBeGreaterThan(30)
  })

  test('a single point on one account is found from three sides', async () => {
    const account = `account_key = 'rider:${demoRider('li')}'`
    expect(await falsify(`UPDATE accounts SET balance = balance + 1 WHERE ${account}`, `UPDATE accounts SET balance = balance - 1 WHERE ${account}`)).toEqual([
      'district_not_zero',
      'balance_not_its_transfers',
      'entries_not_the_balance',
    ])
  })

  test('an event whose body was changed behind the triggers breaks its chain', async () => {
    const quietly = (set: string): string =>
      `ALTER TABLE events DISABLE TRIGGER USER; UPDATE events SET body = ${set} WHERE seq = 2; ALTER TABLE events ENABLE TRIGGER USER;`
    expect(await falsify(quietly(`body || '\\x20'::bytea`), quietly('substring(body from 1 for octet_length(body) - 1)'))).toEqual(['chain_broken'])
  })

  test('a lost event leaves a hole', async () => {
    const act = 'ALTER TABLE events DISABLE TRIGGER USER; CREATE TABLE taken AS SELECT * FROM events WHERE seq = 3; DELETE FROM events WHERE seq = 3; ALTER TABLE events ENABLE TRIGGER USER;'
    expect(await falsify(act, 'INSERT INTO events SELECT * FROM taken; DROP TABLE taken;')).toEqual(['sequence_not_dense'])
  })

  test('goods on hand that no lot explains are found', async () => {
    const where = `WHERE item_id = (SELECT min(item_id) FROM stock_mirror)`
    await central.database.execute(`INSERT INTO stock_mirror (district_id, station_id, incarnation, item_id, on_hand) SELECT district_id, station_id, incarnation, 'towel', 0 FROM incarnations ORDER BY began_at_ms, incarnation LIMIT 1 ON CONFLICT DO NOTHING`)
    expect(await falsify(`UPDATE stock_mirror SET on_hand = on_hand + 1 ${where}`, `UPDATE stock_mirror SET on_hand = on_hand - 1 ${where}`)).toEqual(['stock_not_its_lots'])
  })

  test('a wish that is not what its history says, a lease too many and a wall with what nobody approved are found', async () => {
    const station = central.second.begin()
    const town = await new WishTown(central.database).open()
    const wish = await town.openWish(station, demoRider('li'))
    expect((await auditBooks(central.database)).differences).toEqual([])
    const one = `WHERE wish_id = '${wish}'`
    expect([
      await falsify(`UPDATE wishes SET stage = 'confirmed' ${one}`, `UPDATE wishes SET stage = 'open' ${one}`),
      await falsify(`INSERT INTO claims VALUES ('${wish}', 1, '${town.district}', 1, 2, NULL, NULL, NULL)`, `DELETE FROM claims ${one}`),
      await falsify(`UPDATE wishes SET is_public = false ${one}`, `UPDATE wishes SET is_public = true ${one}`),
    ]).toEqual([['wish_not_its_history'], ['claims_not_the_wish'], ['wall_not_its_wishes']])
  })
})
