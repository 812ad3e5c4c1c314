// Uploads of several stations in one transaction: each gets the answer it would have got alone, and the books agree.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { readPushBatch } from '../../../central/sync/push-batch.ts'
import { recordUploads, type Upload } from '../../../central/sync/record-uploads.ts'
import { stationPublicKey } from '../../../central/sync/station-auth.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { demoRider, NOW_MS, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'
import type { TestStation } from '../../support/station-client.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(await databases.create())
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    await databases.stop()
  }, 60_000)

  async function together(stations: readonly TestStation[], change: (upload: Upload, index: number) => Upload = (upload) => upload): Promise<unknown[]> {
    const uploads: Upload[] = []
    for (const [index, station] of stations.entries()) {
      const [row] = await central.database.query<{ district: string; number: number }>('SELECT district_id AS district, number FROM stations WHERE station_id = $1', [station.station])
      const bytes = station.batchBytes(1, station.events.length)
      const reading = readPushBatch(bytes)
      if (!reading.ok || row === undefined) throw new Error('the batch is sound')
      const asking = { ...row, station: station.station, publicKey: stationPublicKey(station.publicKey), rawKey: station.publicKey, isRevoked: false }
      uploads.push(change({ station: asking, batch: reading.batch, bytes: bytes.length }, index))
    }
    const results = await sqlStore(central.database).transaction('write', (transaction) => recordUploads(transaction, uploads, NOW_MS))
    return results.map((result) => (result.ok ? result.answer.answer : result.error))
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

    const answers = await together(stations, (upload, index) => (index === 4 ? { ...upload, station: { ...upload.station, rawKey: 'of another machine' } } : upload))
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
