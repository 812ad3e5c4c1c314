// Lending points: once for each request id, never more than lies at central, never for nobody. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ALLOWANCE_PATH } from '../../../contract/sync/sync-protocol.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { balancesOf, demoRider, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    await databases.stop()
  }, 60_000)

  test('all that lies at central is lent, and the same request gets the same grant', async () => {
    const rider = demoRider('zhang')
    const request = randomUUID()
    const first = await central.first.askAllowance(rider, request)
    expect(first).toEqual({ grant: { id: request, rider, points: 76 }, withheld: null, elsewhere: [] })
    expect(await central.first.askAllowance(rider, request)).toEqual(first)
    expect(await central.first.askAllowance(rider)).toEqual({ grant: null, withheld: null, elsewhere: [] })
    expect(await balancesOf(central.database, rider)).toEqual({ [`rider:${rider}`]: 0, [`rider:${rider}@${central.first.station}#${central.first.incarnation}`]: 126 })
  })

  test('many requests at once lend what is there once', async () => {
    const rider = demoRider('li')
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? central.first : central.second).askAllowance(rider)),
    )
    expect(answers.filter((answer) => answer.grant !== null).map((answer) => answer.grant?.points)).toEqual([590])
  })

  test('the grant comes with the next pull too, and its receipt is a fact', async () => {
    const rider = demoRider('ouyang')
    const station = await central.another()
    const before = await station.pull(null)
    if (before.result !== 'page') throw new Error(before.result)
    const { grant } = await station.askAllowance(rider)
    if (grant === null) throw new Error('nothing was lent')
    const after = await station.pull(before.cursor)
    expect(after.result === 'page' && after.changes).toEqual([{ kind: 'grant', scope: 'riders', number: expect.any(Number) as number, key: grant.id, row: grant }])
    station.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    station.record('allowance.received/1', { grant: grant.id, rider, points: grant.points + 1 })
    station.record('allowance.received/1', { grant: randomUUID(), rider, points: 5 })
    expect(await station.push()).toMatchObject({
      outcomes: [{ seq: 1, outcome: 'recorded' }, { seq: 2, outcome: 'flagged', code: 'grant_unknown' }, { seq: 3, outcome: 'flagged', code: 'grant_unknown' }],
    })
  })

  test('nothing is lent for a suspended rider, and a rider nobody knows is refused', async () => {
    expect(await central.first.askAllowance(demoRider('suspended'))).toEqual({ grant: null, withheld: 'suspended', elsewhere: [] })
    const body = Buffer.from(JSON.stringify({ requestId: randomUUID(), rider: randomUUID(), incarnation: central.first.incarnation }))
    expect(await central.first.post(ALLOWANCE_PATH, body)).toEqual({ status: 404, body: { error: 'rider_unknown' } })
  })

  test("another station's request id, or one for another rider, is refused and lends nothing", async () => {
    const rider = demoRider('chen')
    const requestId = randomUUID()
    await central.first.askAllowance(rider, requestId)
    const { incarnation } = central.first
    const stolen = Buffer.from(JSON.stringify({ requestId, rider, incarnation: central.second.incarnation }))
    const changed = Buffer.from(JSON.stringify({ requestId, rider: demoRider('guli'), incarnation }))
    expect(await central.second.post(ALLOWANCE_PATH, stolen)).toEqual({ status: 400, body: { error: 'bad_request' } })
    expect(await central.first.post(ALLOWANCE_PATH, changed)).toEqual({ status: 400, body: { error: 'bad_request' } })
  })
})
