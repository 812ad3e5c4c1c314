// Riders in the office: paged without a gap or a repeat whichever way they are sorted, found by what a person has at hand, shown
// masked; cards are revoked and reissued, and the stations hear of it.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import people from '../../../resources/demo/riders.json' with { type: 'json' }
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import type { OpenDatabase } from '../../../central/store/database.ts'
import { auditTrailDoor } from '../../../contract/console/audit-trail.ts'
import { proposeCorrectionDoor } from '../../../contract/console/corrections.ts'
import { overviewDoor } from '../../../contract/console/overview.ts'
import { reissueCardDoor, revokeCardDoor, riderDoor, riderEntriesDoor, riderNameDoor, type RiderRow, ridersDoor } from '../../../contract/console/riders.ts'
import { passesDoor } from '../../../contract/console/passes.ts'
import { stationDoor, stationsDoor } from '../../../contract/console/stations.ts'
import { accountsDoor } from '../../../contract/console/accounts.ts'
import type { AnswerOf, OfficeAnswer, TableAnswer } from '../../../contract/console/console-door.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { DISTRICT, type OfficePerson, startTestOffice, STATION, tableQuestion, type TestOffice } from '../../support/office.ts'
import { demoRider } from '../../support/test-central.ts'

type Unheard = NonNullable<AnswerOf<typeof riderDoor>['cards'][number]['unheard']>

const ELSEWHERE = randomUUID()
const SECOND_STATION = stations[1]?.id ?? ''

/** A station that nobody has heard yet; of another district where none is named. */
async function stationElsewhere(database: OpenDatabase, status: 'active' | 'revoked', district: string = ELSEWHERE): Promise<string> {
  const station = randomUUID()
  await database.query(
    `INSERT INTO stations (station_id, district_id, number, name, brand, hotline, facilities, panel_pitch_mm, public_key, status)
     SELECT $1, $2, (SELECT max(number) + 1 FROM stations), name, brand, hotline, facilities, panel_pitch_mm, public_key, $3 FROM stations WHERE station_id = $4`,
    [station, district, status, STATION],
  )
  return station
}

async function hear(database: OpenDatabase, station: string, atMs: number, state: 'active' | 'banned' = 'active'): Promise<void> {
  await database.query(
    `INSERT INTO incarnations (district_id, station_id, incarnation, last_seq, last_hash, state, began_at_ms, heard_at_ms)
     SELECT district_id, station_id, $2, 0, decode(repeat('00', 32), 'hex'), $3, $4, $4 FROM stations WHERE station_id = $1`,
    [station, randomUUID(), state, atMs],
  )
}

function right<Answer>(outcome: OfficeAnswer<Answer>): Answer {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.answer
}

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let staff: OfficePerson

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    staff = await office.person('district_staff')
  }, 60_000)

  afterAll(async () => {
    await office.close()
    await databases.stop()
  }, 60_000)

  async function everyPage(more: Parameters<typeof tableQuestion>[1], sort: string): Promise<RiderRow[]> {
    const rows: RiderRow[] = []
    let after: string | null = null
    for (let pages = 0; pages < 100; pages += 1) {
      const page: TableAnswer<RiderRow> = right(await staff.ask(ridersDoor, tableQuestion(sort, { limit: 7, ...more, after })))
      rows.push(...page.rows)
      if (page.next === null) return rows
      after = page.next
    }
    throw new Error('the pages do not end')
  }

  test.each(ridersDoor.sorts)('sorted by %s, every rider of the district is on exactly one page, both ways', async (sort) => {
    const [{ riders } = { riders: 0 }] = await office.database.query<{ riders: number }>('SELECT count(*) AS riders FROM riders WHERE district_id = $1', [DISTRICT])
    const up = (await everyPage({}, sort)).map(({ id }) => id)
    expect({ rows: up.length, distinct: new Set(up).size }).toEqual({ rows: riders, distinct: riders })
    expect((await everyPage({ descending: true }, sort)).map(({ id }) => id)).toEqual(up.toReversed())
    const first = right(await staff.ask(ridersDoor, tableQuestion(sort)))
    expect(first.count).toEqual({ rows: riders, isMore: false })
  })

  test('a rider is found by what is shown of his name, by the whole of it, the end of his phone number, and his scanned pass; signs of a pattern are signs', async () => {
    const zhang = people.find(({ demo }) => demo === 'zhang')
    if (zhang === undefined) throw new Error('the demo has Zhang')
    const found = async (search: string): Promise<string[]> => (await everyPage({ search }, 'joined')).map(({ id }) => id)
    expect(await found(zhang.name.slice(0, 1))).toContain(zhang.id)
    expect(await found(zhang.name)).toContain(zhang.id)
    expect(await found(`${zhang.name}强`)).toEqual([])
    expect(await found(zhang.phoneTail)).toContain(zhang.id)
    expect(await found(zhang.id)).toEqual([zhang.id])
    expect(await found('%')).toEqual([])
    expect(await found('_')).toEqual([])
    expect(await found('<script>')).toEqual([])
    expect(await everyPage({ filters: { standing: 'suspended' } }, 'joined')).toHaveLength(people.filter(({ status, homeStation }) => status === 'suspended' && homeStation === 1).length)
  })

  test('no list shows a whole name; who asks for one leaves a line', async () => {
    const rows = await everyPage({}, 'joined')
    expect(people.filter(({ name }) => [...name].length > 2 && JSON.stringify(rows).includes(name))).toEqual([])
    const rider = demoRider('li')
    expect(right(await staff.ask(riderNameDoor, { rider })).fullName).toBe(people.find(({ id }) => id === rider)?.name)
    const lines = right(await staff.ask(auditTrailDoor, tableQuestion('at', { descending: true, filters: { act: 'rider_name_shown' } }))).rows
    expect(lines.map(({ account, kind, row, before, after }) => ({ account, kind, row, before, after }))).toEqual([{ account: staff.account, kind: 'rider', row: rider, before: {}, after: {} }])
  })

  test('one rider with his points and every line of his ledger, which adds up', async () => {
    const rider = demoRider('zhang')
    const shown = right(await staff.ask(riderDoor, { rider }))
    expect({ points: shown.rider.points, atCentral: shown.atCentral, cards: shown.cards.map(({ state }) => state) }).toEqual({ points: 126, atCentral: 126, cards: ['good'] })
    const entries = right(await staff.ask(riderEntriesDoor, tableQuestion('booked', { limit: 100, descending: true, filters: { rider } })))
    expect(entries.next).toBeNull()
    expect(entries.rows.reduce((sum, { points }) => sum + points, 0)).toBe(126)
    expect(right(await staff.ask(riderEntriesDoor, tableQuestion('booked'))).rows).toEqual([])
    expect(await staff.ask(riderDoor, { rider: STATION })).toEqual({ ok: false, error: 'unknown_rider' })
  })

  test('a card is revoked once; a new one revokes all before it and is made once, however often it is asked for', async () => {
    const rider = demoRider('rouzi')
    const changes = async (): Promise<string[]> =>
      (await office.database.query<{ key: string }>(`SELECT key FROM changes WHERE district_id = $1 AND kind = 'revoked_card' AND key LIKE $2 ORDER BY key`, [DISTRICT, `${rider}%`])).map(({ key }) => key)
    const [card] = right(await staff.ask(riderDoor, { rider })).cards
    if (card === undefined) throw new Error('he has a card')
    expect(await staff.ask(revokeCardDoor, { rider, card: card.card })).toEqual({ ok: true, answer: {} })
    expect(await staff.ask(revokeCardDoor, { rider, card: card.card })).toEqual({ ok: false, error: 'card_revoked' })
    expect(await staff.ask(revokeCardDoor, { rider, card: 999 })).toEqual({ ok: false, error: 'unknown_card' })
    expect(await changes()).toHaveLength(1)
    for (let times = 1; times <= 2; times += 1) expect(await staff.ask(reissueCardDoor, { rider, after: card.card })).toEqual({ ok: true, answer: { card: card.card + 1 } })
    const both = await Promise.all([1, 2].map(() => staff.ask(reissueCardDoor, { rider, after: card.card + 1 })))
    expect(both).toEqual([{ ok: true, answer: { card: card.card + 2 } }, { ok: true, answer: { card: card.card + 2 } }])
    expect(await staff.ask(reissueCardDoor, { rider, after: card.card })).toEqual({ ok: false, error: 'changed_meanwhile' })
    expect(right(await staff.ask(riderDoor, { rider })).cards.map(({ card, state }) => ({ card, state }))).toEqual([
      { card: card.card + 2, state: 'good' }, { card: card.card + 1, state: 'revoked' }, { card: card.card, state: 'revoked' },
    ])
    expect(await changes()).toHaveLength(2)
  })

  test('who works at a station reaches the riders that it knows, in every door that touches one', async () => {
    const head = await office.person('station_head', 'head.of.one')
    const [stranger] = people.filter(({ homeStation, demo }) => homeStation === 2 && demo === undefined).map(({ id }) => id)
    if (stranger === undefined) throw new Error('the demo has riders of station 2')
    const known = await office.database.query<{ id: string }>('SELECT rider_id AS id FROM station_riders WHERE station_id = $1 ORDER BY rider_id', [STATION])
    const seen = right(await head.ask(ridersDoor, tableQuestion('joined', { limit: 100 }))).rows.map(({ id }) => id)
    expect(seen).toEqual(known.map(({ id }) => id))
    expect(seen).toContain(demoRider('guli'))
    const unknown = { ok: false, error: 'unknown_rider' }
    expect(await head.ask(riderDoor, { rider: stranger })).toEqual(unknown)
    expect(await head.ask(riderNameDoor, { rider: stranger })).toEqual(unknown)
    expect(await head.ask(revokeCardDoor, { rider: stranger, card: 1 })).toEqual(unknown)
    expect(await head.ask(reissueCardDoor, { rider: stranger, after: 1 })).toEqual(unknown)
    expect(await head.ask(proposeCorrectionDoor, { id: STATION, rider: stranger, points: 1, reason: 'goodwill', note: '' })).toEqual(unknown)
    expect(await head.ask(passesDoor, { riders: [stranger] })).toEqual(unknown)
    expect(right(await head.ask(riderEntriesDoor, tableQuestion('booked', { filters: { rider: stranger } }))).rows).toEqual([])
    expect(right(await staff.ask(riderDoor, { rider: stranger })).rider.id).toBe(stranger)
  })

  test('stations and the overview agree with each other', async () => {
    const overview = right(await staff.ask(overviewDoor, {}))
    const { rows } = right(await staff.ask(stationsDoor, tableQuestion('number')))
    expect(rows.map(({ id, health }) => ({ id, health }))).toEqual(overview.stations.map(({ id, health }) => ({ id, health })))
    expect(overview.waiting.silentStations).toBe(rows.length)
    expect(overview.weeks).toHaveLength(13)
    expect(overview.weeks.some(({ issued, redeemed }) => issued > 0 && redeemed > 0)).toBe(true)
    const one = right(await staff.ask(stationDoor, { station: STATION }))
    expect({ health: one.health, files: one.files }).toEqual({ health: 'never', files: [] })
  })

  test('accounts are listed, and nothing of what opens them', async () => {
    await office.person('station_head')
    await office.person('partner')
    const { rows } = right(await staff.ask(accountsDoor, tableQuestion('signInName')))
    expect(rows.map(({ signInName, role, state, station, partner }) => ({ signInName, role, state, station: station !== null, partner: partner !== null }))).toEqual([
      { signInName: 'district.staff', role: 'district_staff', state: 'active', station: false, partner: false },
      { signInName: 'head.of.one', role: 'station_head', state: 'active', station: true, partner: false },
      { signInName: 'partner', role: 'partner', state: 'active', station: false, partner: true },
      { signInName: 'station.head', role: 'station_head', state: 'active', station: true, partner: false },
    ])
    expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(['id', 'madeAtMs', 'name', 'partner', 'role', 'seenAtMs', 'signInName', 'state', 'station'])
  })

  test('a revoked card says which stations may still take it: those that were not in contact since, and who was silent longest', async () => {
    const rider = demoRider('ouyang')
    const { database, clock } = office
    const unheard = async (): Promise<(Unheard | null)[]> => right(await staff.ask(riderDoor, { rider })).cards.map((card) => card.unheard)
    const beforeMs = clock.nowMs
    await database.query(`INSERT INTO districts VALUES ($1, '天山区', 'Tianshan District')`, [ELSEWHERE])
    const far = await stationElsewhere(database, 'active')
    // Of another district, and knows him; of another district, and does not; revoked; never heard.
    await hear(database, far, beforeMs - 5000)
    await database.query('INSERT INTO station_riders (station_id, rider_id, district_id, added_at_ms) VALUES ($1, $2, $3, $4)', [far, rider, ELSEWHERE, beforeMs])
    await hear(database, await stationElsewhere(database, 'active'), beforeMs - 9000)
    await hear(database, await stationElsewhere(database, 'revoked', DISTRICT), beforeMs - 9000)
    await stationElsewhere(database, 'active', DISTRICT)
    await hear(database, STATION, beforeMs - 7000)
    // Its machine was replaced: what counts is when the present file was heard.
    await hear(database, SECOND_STATION, beforeMs - 8000, 'banned')
    await hear(database, SECOND_STATION, beforeMs - 6000)
    expect(await unheard()).toEqual([null])

    clock.nowMs += 1000
    right(await staff.ask(revokeCardDoor, { rider, card: 1 }))
    expect(await unheard()).toEqual([{ stations: 3, longest: { name: stations[0]?.name, heardAtMs: beforeMs - 7000 } }])
    await database.query('UPDATE incarnations SET heard_at_ms = $2 WHERE station_id = $1', [STATION, clock.nowMs + 1])
    expect(await unheard()).toEqual([{ stations: 2, longest: { name: stations[1]?.name, heardAtMs: beforeMs - 6000 } }])
    // A card that is revoked later has its own silence; the one before is judged by when it was revoked itself.
    clock.nowMs += 1000
    right(await staff.ask(reissueCardDoor, { rider, after: 1 }))
    right(await staff.ask(revokeCardDoor, { rider, card: 2 }))
    expect((await unheard()).map((one) => one?.stations)).toEqual([3, 2])
    await database.query('UPDATE incarnations SET heard_at_ms = $1', [clock.nowMs + 1])
    expect(await unheard()).toEqual([{ stations: 0, longest: null }, { stations: 0, longest: null }])
    // No station takes a card that has expired.
    await database.query(`UPDATE cards SET issue_day = 0 WHERE holder_id = $1`, [rider])
    expect(await unheard()).toEqual([null, null])
  })
})
