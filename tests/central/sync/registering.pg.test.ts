import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moveNames } from '../../../central/people/move-names.ts'
import { readRiderNames } from '../../../central/store/rider-names.ts'
import { NEW_PASS_MS_MAX, NEW_PASS_PATH, newPassAnswer } from '../../../contract/sync/new-pass.ts'
import { WORDS_PATH } from '../../../contract/sync/sealed-words.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { sealFor } from '../../support/seal-box.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, readBooks } from '../../support/test-central.ts'

describe.each(ENGINES)('registering on %s', (engine) => {
  let databases: TestDatabases
  let central: KeyedCentral
  let station: TestStation

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startKeyedCentral(databases)
    station = central.first.begin()
    await station.hello()
  }, 120_000)

  afterAll(async () => {
    await central.close()
    await databases.stop()
  }, 60_000)

  async function register(person: { name: string; phone: string; site: string }, more: { rider?: string; by?: TestStation } = {}): Promise<string> {
    const by = more.by ?? station
    const rider = more.rider ?? randomUUID()
    const { words, box } = sealFor(central.keys.sealing.current, by.station, randomUUID(), JSON.stringify(person))
    by.record('rider.registered/1', { request: randomUUID(), rider, consentVersion: 1, platform: 'eleme', redCross: 'member', volunteerTeam: true, words })
    await by.push()
    await by.post(WORDS_PATH, Buffer.from(JSON.stringify({ incarnation: by.incarnation, boxes: [box] })))
    return rider
  }
  const askPass = async (rider: string, by: TestStation = station): Promise<string | null> => {
    const { body } = await by.post(NEW_PASS_PATH, Buffer.from(JSON.stringify({ incarnation: by.incarnation, rider })))
    return newPassAnswer.parse(body).pass
  }
  const rowOf = async (rider: string) =>
    (await central.database.query<{ masked: string; tail: string; site: string; platform: string; home: string }>(
      'SELECT masked_name AS masked, phone_tail AS tail, site, platform, home_station_id AS home FROM riders WHERE rider_id = $1', [rider],
    ))[0]

  test('a rider who registered is at home where he stood, shown masked, with a card whose code only his station is told, and only for a while', async () => {
    const rider = await register({ name: '欧阳娜', phone: '13987654321', site: '南湖片区' })
    expect(await rowOf(rider)).toEqual({ masked: '欧阳*', tail: '4321', site: '南湖片区', platform: 'eleme', home: station.station })
    expect((await readRiderNames(central.database, [rider])).get(rider)).toBe('欧阳娜')
    const page = await station.pull(null)
    const told = page.result === 'page' ? page.changes.find(({ kind, key }) => kind === 'rider' && key === rider)?.row : null
    expect(told).toMatchObject({ maskedName: '欧阳*', standing: 'active', balance: 0, home: true })
    expect(await askPass(rider)).toMatch(/^B/)
    expect(await askPass(rider, central.second.begin())).toBeNull()
    central.clock.nowMs += NEW_PASS_MS_MAX + 1
    expect(await askPass(rider)).toBeNull()
    central.clock.nowMs -= NEW_PASS_MS_MAX + 1
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  test('his name and phone stand nowhere in the database as they are', async () => {
    const rider = await register({ name: '司徒不在', phone: '13711112222', site: '' })
    expect(await rowOf(rider)).toMatchObject({ masked: '司徒*', tail: '2222' })
    const tables = await central.database.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()")
    const found: string[] = []
    for (const { name } of tables) {
      const [hit] = await central.database.query<{ hit: boolean }>(`SELECT EXISTS (SELECT 1 FROM "${name}" AS r WHERE r::text LIKE '%不在%' OR r::text LIKE '%13711112222%' OR r::text LIKE $1) AS hit`, [
        `%${Buffer.from('13711112222').toString('hex')}%`,
      ])
      if (hit?.hit === true) found.push(name)
    }
    expect(found).toEqual([])
  })

  test('the same phone twice is two riders and a note for staff, once a pair', async () => {
    const one = await register({ name: '张一', phone: '13500000001', site: '' })
    const two = await register({ name: '张二', phone: '13500000001', site: '' })
    const notes = await central.database.query<{ one: string; two: string }>('SELECT rider_id AS one, other_id AS two FROM same_phones WHERE rider_id = ANY($1::uuid[])', [[one, two]])
    expect(notes).toEqual([{ one: [one, two].toSorted()[0], two: [one, two].toSorted()[1] }])
  })

  test('nobody is renamed by a station: a rider whom central knows is flagged, and his words are not asked for', async () => {
    const rider = demoRider('zhang')
    const before = await rowOf(rider)
    await register({ name: '别人', phone: '13500000002', site: '' }, { rider })
    const [event] = await central.database.query<{ code: string }>('SELECT code FROM events ORDER BY received_at_ms DESC, seq DESC LIMIT 1')
    expect([event?.code, await rowOf(rider)]).toEqual(['rider_known', before])
    expect((await central.database.query('SELECT 1 FROM words WHERE rider_id = $1', [rider])).length).toBe(0)
  })

  test('who writes no person in his words stays without a name', async () => {
    const { words, box } = sealFor(central.keys.sealing.current, station.station, randomUUID(), '{"name":""}')
    const rider = randomUUID()
    station.record('rider.registered/1', { request: randomUUID(), rider, consentVersion: 1, platform: 'sf', redCross: 'none', volunteerTeam: false, words })
    await station.push()
    expect((await station.post(WORDS_PATH, Buffer.from(JSON.stringify({ incarnation: station.incarnation, boxes: [box] })))).status).toBe(200)
    expect(await rowOf(rider)).toMatchObject({ masked: '*', tail: '' })
  })

  test('names of a database from before go under keys of their own, a second start does nothing, and the mirror says the same', async () => {
    const rider = randomUUID()
    await central.database.query(
      `INSERT INTO riders (rider_id, district_id, full_name, platform, site, phone_tail, standing, hide_balance, home_station_id)
       SELECT $1, district_id, '肉孜艾力·买买提', 'sf', '河滩', '7788', 'active', false, station_id FROM stations WHERE station_id = $2`,
      [rider, station.station],
    )
    const keys = { newPersonKey: central.keys.newPersonKey, index: central.keys.index }
    expect([await moveNames(central.database, keys, 1), await moveNames(central.database, keys, 1)]).toEqual([1, 0])
    expect(await rowOf(rider)).toMatchObject({ masked: '肉孜艾力·*', tail: '7788', site: '河滩' })
    expect((await readRiderNames(central.database, [rider])).get(rider)).toBe('肉孜艾力·买买提')
  })
})
