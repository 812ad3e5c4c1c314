// A database that recovers while it is brought to migration 11: who is back stays back, who is missing is waited for with every file.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginHistory } from '../../../central/store/changes.ts'
import { migrate, MIGRATIONS } from '../../../central/store/migrate.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { HISTORY } from '../../support/test-central.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  test('a missing station is waited for with each of its lives that is not banned, and what it claimed stays', async () => {
    const database = await databases.createBare()
    await migrate(database, MIGRATIONS.filter(({ number }) => number < 11))
    await beginHistory(database, HISTORY)
    // As the tables were then: what seeds the demo today writes columns that came later.
    const [district, back, missing] = [randomUUID(), randomUUID(), randomUUID()]
    await database.query(`INSERT INTO districts (district_id, name_zh, name_en) VALUES ($1, '区', 'District')`, [district])
    for (const [number, station] of [[1, back], [2, missing]] as const) {
      await database.query(
        `INSERT INTO stations (station_id, district_id, number, name, brand, hotline, facilities, panel_pitch_mm, public_key, status) VALUES ($1, $2, $3, '{}', '{}', '', '[]', 1, $4, 'active')`,
        [station, district, number, `key ${number}`],
      )
    }
    const lives = { old: randomUUID(), now: randomUUID(), banned: randomUUID(), ofBack: randomUUID(), oldOfBack: randomUUID() }
    const begin = (station: string, incarnation: string, state: string): Promise<unknown> =>
      database.query(
        `INSERT INTO incarnations (district_id, station_id, incarnation, last_seq, last_hash, state, began_at_ms, heard_at_ms)
         SELECT district_id, station_id, $2, 0, decode(repeat('00', 32), 'hex'), $3, 1, 1 FROM stations WHERE station_id = $1`,
        [station, incarnation, state],
      )
    for (const [name, station, state] of [['old', missing, 'superseded'], ['now', missing, 'active'], ['banned', missing, 'banned'], ['ofBack', back, 'active'], ['oldOfBack', back, 'superseded']] as const) {
      await begin(station, lives[name], state)
    }
    await database.query('UPDATE centrals SET recovering_since_ms = 5, restored_at_ms = 5')
    await database.query(
      `INSERT INTO recovery_waits (station_id, district_id, incarnation, claimed_seq, hello_at_ms, back_at_ms)
       SELECT station_id, district_id, CASE WHEN station_id = $1 THEN $2::uuid ELSE $3::uuid END, 7, 8, CASE WHEN station_id = $1 THEN 9 END FROM stations WHERE station_id IN ($1, $4)`,
      [back, lives.ofBack, lives.now, missing],
    )
    expect(await migrate(database)).toContain(11)
    const rows = await database.query<{ incarnation: string }>('SELECT incarnation, claimed_seq AS claimed, back_at_ms AS back, since_ms AS since FROM recovery_waits')
    const named = new Map<string, string>(Object.entries(lives).map(([name, id]) => [id, name]))
    expect(Object.fromEntries(rows.map(({ incarnation, ...row }) => [named.get(incarnation), row]))).toEqual({
      old: { claimed: null, back: null, since: 5 }, now: { claimed: 7, back: null, since: 5 }, ofBack: { claimed: 7, back: 9, since: 5 },
    })
  })
})
