// A rider at a station of another district: his points stay in the ledger of his own, so each district balances by itself.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { TestStation } from '../../support/station-client.ts'
import { demoRider, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const NEIGHBOUR = '0192f0c0-0000-4000-8000-0000000000d2'
const NEIGHBOUR_STATION = '0192f0c0-0000-4000-8000-0000000000a2'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral
  let abroad: TestStation

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
    abroad = new TestStation(NEIGHBOUR_STATION, central.send)
    await central.database.query(`INSERT INTO districts VALUES ($1, '天山区', 'Tianshan District')`, [NEIGHBOUR])
    await central.database.query(
      `INSERT INTO stations SELECT $1, $2, 1, name, brand, hotline, facilities, panel_pitch_mm, $3, 'active' FROM stations WHERE station_id = $4`,
      [NEIGHBOUR_STATION, NEIGHBOUR, abroad.publicKey, central.first.station],
    )
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    await databases.stop()
  }, 60_000)

  test('he is fetched, lent to, served and told of, and both districts balance', async () => {
    const rider = demoRider('li')
    const home = await central.first.pull(null)
    const empty = await abroad.pull(null)
    if (empty.result !== 'page' || home.result !== 'page') throw new Error('no page')
    expect(empty.changes).toEqual([])
    expect((await abroad.askRider(rider)).changes.find((change) => change.kind === 'rider')?.row).toMatchObject({ id: rider, balance: 640 })
    const { grant } = await abroad.askAllowance(rider)
    expect(grant?.points).toBe(590)
    abroad.redeem(rider, 100)
    expect(await abroad.push()).toMatchObject({ result: 'applied', outcomes: [{ seq: 1, outcome: 'flagged', code: 'item_unknown' }] })

    const news = await abroad.pull(empty.cursor)
    if (news.result !== 'page') throw new Error('no page')
    expect(news.changes.filter((change) => change.kind === 'rider' || change.kind === 'grant').map((change) => change.row)).toEqual([
      grant,
      { id: rider, maskedName: '李*', standing: 'active', hideBalance: false, balance: 540, includedSeq: 1, atCentral: 0, home: false },
    ])
    const athome = await central.first.pull(home.cursor)
    expect(athome.result === 'page' && athome.changes.filter((change) => change.kind === 'rider').map((change) => change.row?.balance)).toEqual([540])

    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    expect(await central.database.query('SELECT DISTINCT district_id FROM accounts')).toHaveLength(1)
  })

  test('goods for a rider whom nobody knew are taken back in the ledger where they were booked, also once another district knows him', async () => {
    const rider = randomUUID()
    const { header } = abroad.redeem(rider, 40)
    expect(await abroad.push(2, 2)).toMatchObject({ outcomes: [{ outcome: 'flagged', code: 'rider_unknown' }] })
    const columns = (await central.database.query<{ name: string }>(`SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'riders' AND column_name <> 'rider_id'`)).map(({ name }) => name)
    await central.database.query(`INSERT INTO riders (rider_id, ${columns.join(', ')}) SELECT $1, ${columns.join(', ')} FROM riders WHERE rider_id = $2`, [rider, demoRider('li')])
    abroad.record('redemption.undone/1', { request: randomUUID(), redemption: header.id, rider, points: 40, staff: randomUUID() })
    expect(await abroad.push(3, 3)).toMatchObject({ outcomes: [{ outcome: 'recorded' }] })
    const left = await central.database.query('SELECT district_id, account_key, balance FROM accounts WHERE balance <> 0 AND (district_id = $1 OR account_key = $2)', [NEIGHBOUR, `redeemed@${NEIGHBOUR_STATION}`])
    // Of the first test alone.
    expect(left).toEqual([{ district_id: expect.not.stringMatching(NEIGHBOUR) as string, account_key: `redeemed@${NEIGHBOUR_STATION}`, balance: 100 }])
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })
})
