// Uploads of several stations in one transaction: each gets the answer it would have got alone, and the books agree.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqlStore } from '../../../central/store/sql-store.ts'
import type { Trust } from '../../../central/sync/book-portions.ts'
import { readPush } from '../../../central/sync/push-batch.ts'
import type { Upload } from '../../../central/sync/meet-uploads.ts'
import { recordUploads } from '../../../central/sync/record-uploads.ts'
import { stationPublicKey } from '../../../central/sync/station-auth.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { demoRider, NOW_MS, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'
import type { TestStation } from '../../support/station-client.ts'

interface Together {
  change?: (upload: Upload, index: number) => Upload
  trust?: Trust
  portionEvents?: number
  /** Of each batch; it ends with the last event there is. */
  first?: number
}

/** What a refused attempt must leave as it was. */
async function readRows({ database }: TestCentral): Promise<unknown[]> {
  return Promise.all([
    database.query('SELECT district_id, account_key, balance FROM accounts ORDER BY 1, 2'), database.query('SELECT count(*) FROM events'),
    database.query('SELECT count(*) FROM redemptions'), database.query('SELECT station_id, incarnation, last_seq FROM incarnations ORDER BY 1, 2'),
    database.query('SELECT district_id, number FROM change_counters ORDER BY 1'),
  ])
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

  async function together(stations: readonly TestStation[], { change = (upload) => upload, trust = 'asking', first = 1, portionEvents = 500 }: Together = {}): Promise<unknown[]> {
    const uploads: Upload[] = []
    for (const [index, station] of stations.entries()) {
      const [row] = await central.database.query<{ district: string; number: number }>('SELECT district_id AS district, number FROM stations WHERE station_id = $1', [station.station])
      const bytes = station.batchBytes(first, station.events.length)
      const reading = readPush(bytes)
      if (!reading.ok || row === undefined) throw new Error('the batch is sound')
      const asking = { ...row, station: station.station, publicKey: stationPublicKey(station.publicKey), rawKey: station.publicKey, isRevoked: false }
      uploads.push(change({ station: asking, push: reading.push, bytes: bytes.length, mayComeApart: true }, index))
    }
    const results = await sqlStore(central.database).transaction('write', (transaction) => recordUploads(transaction, uploads, { trust, nowMs: NOW_MS, portionEvents }))
    return results.map((result) => (result === 'not_whole' ? result : result.ok ? result.answer.answer : result.error))
  }

  test('a sound one, a repeated one, one with the id of a fact beside it, one unknown life and one older key', async () => {
    const rider = demoRider('zhang')
    const stations = [await central.another(), await central.another(), await central.another(), await central.another(), await central.another()]
    const [sound, repeating, thief, unknown, older] = stations
    if (sound === undefined || repeating === undefined || thief === undefined || unknown === undefined || older === undefined) throw new Error('five stations')
    for (const station of stations) await station.hello()
    const { header } = sound.record('checkin.recorded/1', { rider, card: 1, known: true })
    sound.redeem(rider, 5)
    repeating.redeem(rider, 7)
    await repeating.push()
    thief.recordRaw('checkin.recorded', 1, JSON.stringify({ rider, card: 1, known: true }), { id: header.id })
    unknown.begin().record('checkin.recorded/1', { rider, card: 1, known: true })
    older.record('checkin.recorded/1', { rider, card: 1, known: true })

    const answers = await together(stations, { change: (upload, index) => (index === 4 ? { ...upload, station: { ...upload.station, rawKey: 'of another machine' } } : upload) })
    expect(answers).toEqual([
      { result: 'applied', lastSeq: 2, outcomes: [{ seq: 1, outcome: 'recorded' }, { seq: 2, outcome: 'flagged', code: 'overdrawn' }] },
      { result: 'applied', lastSeq: 1, outcomes: [{ seq: 1, outcome: 'flagged', code: 'overdrawn' }] },
      { result: 'quarantined', lastSeq: 0 },
      'hello_needed',
      'bad_signature',
    ])
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    // All of it again: what was applied is repeated.
    expect(await together([sound, repeating])).toEqual(answers.slice(0, 2))
  })

  test('trusted, one who spends within his slice is booked as when asked; beyond it the balances refuse all of it, and when asked it is flagged', async () => {
    const rider = demoRider('li')
    const [thrifty, wasteful] = [await central.another(), await central.another()]
    const { grant } = await thrifty.askAllowance(rider)
    if (grant === null) throw new Error('nothing was lent')
    thrifty.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    await thrifty.push()
    await wasteful.hello()
    thrifty.redeem(rider, grant.points - 1)
    expect(await together([thrifty], { trust: 'trusting', first: 2 })).toEqual([{ result: 'applied', lastSeq: 2, outcomes: [{ seq: 2, outcome: 'recorded' }] }])

    thrifty.redeem(rider, 1)
    wasteful.redeem(rider, 3)
    const before = await readRows(central)
    await expect(together([wasteful], { trust: 'trusting' })).rejects.toMatchObject({ code: '23514' })
    thrifty.redeem(rider, 1)
    await expect(together([thrifty], { trust: 'trusting', first: 3 })).rejects.toMatchObject({ code: '23514' })
    expect(await readRows(central)).toEqual(before)
    // Over the door: central trusts, and asks where that went wrong.
    expect(await thrifty.push(3)).toEqual({ result: 'applied', lastSeq: 4, outcomes: [{ seq: 3, outcome: 'recorded' }, { seq: 4, outcome: 'flagged', code: 'overdrawn' }] })
    expect(await wasteful.push()).toEqual({ result: 'applied', lastSeq: 1, outcomes: [{ seq: 1, outcome: 'flagged', code: 'overdrawn' }] })
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  test('two stations that spend of one rider at once each spend their own slice, and goods of both are counted', async () => {
    const rider = demoRider('ouyang')
    const [one, other] = [await central.another(), await central.another()]
    const { grant } = await one.askAllowance(rider)
    if (grant === null) throw new Error('nothing was lent')
    one.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    one.redeem(rider, 10)
    await other.hello()
    other.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    other.redeem(rider, 10)
    expect(await together([one, other])).toEqual([
      { result: 'applied', lastSeq: 2, outcomes: [{ seq: 1, outcome: 'recorded' }, { seq: 2, outcome: 'recorded' }] },
      { result: 'applied', lastSeq: 2, outcomes: [{ seq: 1, outcome: 'flagged', code: 'grant_unknown' }, { seq: 2, outcome: 'flagged', code: 'overdrawn' }] },
    ])
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    const stock = await central.database.query('SELECT on_hand FROM stock_mirror WHERE station_id = ANY($1::uuid[])', [[one.station, other.station]])
    expect(stock).toEqual([{ on_hand: -1 }, { on_hand: -1 }])
  })
})
