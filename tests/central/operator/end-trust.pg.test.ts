// Staff end the trust in a station or in one of its files: what it says is kept, what it holds goes home, what it handed out is
// on `discrepancy` until somebody believes it. On both databases.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { stationScope } from '../../../central/store/change-scopes.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { act, done } from '../../support/operator.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, readBooks } from '../../support/test-central.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: KeyedCentral
  let station: TestStation
  let staff: string[]

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  beforeEach(async () => {
    central = await startKeyedCentral(databases)
    station = central.first
    const rows = await central.database.query<{ id: string }>('SELECT staff_id AS id FROM staff WHERE active AND station_id = $1 ORDER BY staff_id LIMIT 2', [station.station])
    staff = rows.map(({ id }) => id)
  }, 60_000)

  afterEach(async () => {
    await central.close()
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    expect((await auditBooks(central.database)).differences).toEqual([])
  })

  const held = async (): Promise<{ riders: number; riderPoints: number; programPoints: number }> => {
    const [row] = await central.database.query<{ riders: number; riderPoints: number; programPoints: number }>(
      `SELECT count(*) FILTER (WHERE rider_id IS NOT NULL) AS riders, coalesce(sum(balance) FILTER (WHERE rider_id IS NOT NULL), 0)::bigint AS "riderPoints",
         coalesce(sum(balance) FILTER (WHERE rider_id IS NULL), 0)::bigint AS "programPoints" FROM accounts WHERE station_id = $1 AND incarnation = $2 AND balance > 0`,
      [station.station, station.incarnation],
    )
    return row ?? { riders: 0, riderPoints: 0, programPoints: 0 }
  }

  const balances = async (...keys: string[]): Promise<Record<string, number>> => {
    const rows = await central.database.query<{ key: string; balance: number }>(
      'SELECT account_key AS key, sum(balance)::bigint AS balance FROM accounts WHERE account_key = ANY($1::text[]) GROUP BY account_key',
      [keys],
    )
    return Object.fromEntries(keys.map((key) => [key, rows.find((row) => row.key === key)?.balance ?? 0]))
  }

  const writeOff = (change: object = {}): Promise<unknown> =>
    act(central, 'write-off', { station: station.station, incarnation: station.incarnation, staff, reason: 'stolen', ...change })

  test('a revoked station: what it says is kept and flagged, goods it hands out are on discrepancy, every other door is shut', async () => {
    const rider = demoRider('li')
    const woken = async (): Promise<unknown> =>
      (await central.database.query<{ number: number }>('SELECT number::int AS number FROM changes WHERE scope = $1 AND kind = $2', [stationScope(station.station), 'station']))[0]?.number ?? 0
    const newsBefore = await woken()
    await done(central, 'revoke-station', { station: station.station })
    expect(await woken()).not.toBe(newsBefore)
    station.redeem(rider, 20)
    station.record('checkin.recorded/1', { rider, card: 1, known: true })
    const before = await held()
    expect(await station.push()).toMatchObject({
      result: 'applied', lastSeq: 2, outcomes: [{ seq: 1, outcome: 'flagged', code: 'banned' }, { seq: 2, outcome: 'flagged', code: 'banned' }],
    })
    expect(await balances('discrepancy')).toEqual({ discrepancy: -20 })
    expect(await held()).toEqual(before)
    expect(await station.hello()).toMatchObject({ state: 'banned' })
    const body = (question: object): Buffer => Buffer.from(JSON.stringify({ incarnation: station.incarnation, ...question }))
    const replies = [
      await station.postOnce('/v1/pull', body({ cursor: null, checksums: [] })),
      await station.postOnce('/v1/allowance', body({ requestId: rider, rider })),
      await station.postOnce('/v1/rider', body({ rider })),
      await station.postOnce('/v1/renewals', body({})),
      await station.postOnce('/v1/own-events', body({ after: 0 })),
    ]
    expect(replies).toEqual(replies.map(() => ({ status: 403, body: { error: 'revoked' } })))
    // A new file of it is a banned one too.
    expect(await station.begin().hello()).toMatchObject({ state: 'banned' })
  })

  test('written off by two: every slice goes home to its account, to the point, once; the riders have it at central', async () => {
    const before = await held()
    const rider = demoRider('zhang')
    const start = await balances(`rider:${rider}`)
    expect(before.riders).toBeGreaterThan(5)
    expect(before.programPoints).toBe(500)
    expect(await writeOff()).toEqual({ ok: true, answer: before })
    expect(await held()).toEqual({ riders: 0, riderPoints: 0, programPoints: 0 })
    expect(await balances(`rider:${rider}`)).toEqual({ [`rider:${rider}`]: (start[`rider:${rider}`] ?? 0) + 50 })
    expect(await writeOff()).toEqual({ ok: false, error: 'nothing_held' })
    expect(await central.database.query('SELECT riders, rider_points, program_points, reason FROM write_offs')).toEqual([
      { riders: before.riders, rider_points: before.riderPoints, program_points: before.programPoints, reason: 'stolen' },
    ])
    expect(central.keys.outside.read().map((record) => record.kind)).toContain('incarnation_banned')
    // Another station that mirrors him is told that he has points at central again.
    station.begin()
    await station.hello()
    expect(await station.askAllowance(rider)).toMatchObject({ grant: { points: 126 } })
  })

  test('one person alone, the same one twice, or somebody who is no staff writes nothing off', async () => {
    const before = await held()
    expect([
      await writeOff({ staff: [staff[0]] }), await writeOff({ staff: [staff[0], staff[0]] }), await writeOff({ staff: [staff[0], demoRider('li')] }),
      await writeOff({ incarnation: demoRider('li') }), await writeOff({ station: demoRider('li') }),
    ]).toEqual(['bad_request', 'same_staff', 'unknown_staff', 'unknown_incarnation', 'unknown_station'].map((error) => ({ ok: false, error })))
    expect(await held()).toEqual(before)
    expect(await station.hello()).toMatchObject({ state: 'active' })
  })

  test('facts of a written-off file that come late are on discrepancy; one that staff accept is paid by the programme, once', async () => {
    const rider = demoRider('zhang')
    await writeOff()
    const event = station.redeem(rider, 30).header.id
    const checkin = station.record('checkin.recorded/1', { rider, card: 1, known: true }).header.id
    await station.push()
    const before = await balances('program', 'discrepancy', `rider:${rider}`)
    expect(before['discrepancy']).toBe(-30)
    expect(await done(central, 'accept-fact', { event })).toEqual({ points: 30 })
    expect(await balances('program', 'discrepancy', `rider:${rider}`)).toEqual({ ...before, program: (before['program'] ?? 0) - 30, discrepancy: 0 })
    expect([await act(central, 'accept-fact', { event }), await act(central, 'accept-fact', { event: checkin }), await act(central, 'accept-fact', { event: rider })]).toEqual(
      ['already_accepted', 'nothing_to_accept', 'unknown_event'].map((error) => ({ ok: false, error })),
    )
  })

  test('a waiting file is admitted: it is lent to, the one before is superseded', async () => {
    const second = station.begin().incarnation
    await station.hello()
    const third = station.begin().incarnation
    expect(await station.hello()).toMatchObject({ state: 'waiting' })
    expect(await station.askAllowance(demoRider('li'))).toMatchObject({ grant: null, withheld: 'not_active' })
    await done(central, 'admit', { station: station.station, incarnation: third })
    expect(await station.hello()).toMatchObject({ state: 'active' })
    expect((await station.askAllowance(demoRider('li'))).grant).not.toBe(null)
    expect(await act(central, 'admit', { station: station.station, incarnation: second })).toEqual({ ok: false, error: 'not_waiting' })
  })

  test('every act leaves a row, the refused ones too, and no code stands in it', async () => {
    const { code } = await done<{ code: string }>(central, 'enrolment-code', { station: station.station })
    await act(central, 'admit', { station: station.station, incarnation: station.incarnation })
    const rows = await central.database.query<{ act: string; subject: object; result: string }>('SELECT act, subject, result FROM operator_acts ORDER BY act DESC')
    expect(rows).toEqual([
      { act: 'enrolment-code', subject: { station: station.station }, result: 'done' },
      { act: 'admit', subject: { station: station.station, incarnation: station.incarnation }, result: 'not_waiting' },
    ])
    const whole = JSON.stringify(await central.database.query('SELECT * FROM enrolment_codes'))
    expect(whole.includes(code)).toBe(false)
  })
})
