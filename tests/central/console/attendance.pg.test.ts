// Attendance by scanning passes with a phone at the door: the same act as at a station, once however it is told, for genuine and
// good cards alone. On both databases.

import { createPrivateKey, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { makePassKey, passSigner } from '../../../central/passes.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { signUpAtCentral } from '../../../central/trainings/rider-trainings.ts'
import { makeTrainings, type TrainingForm } from '../../../central/trainings/staff-trainings.ts'
import { scanAttendanceDoor } from '../../../contract/console/attendance.ts'
import { recordAttendanceDoor } from '../../../contract/console/trainings.ts'
import { EVERYBODY } from '../../../domain/training/decide-signup.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { DISTRICT, type OfficePerson, startTestOffice, STATION, type TestOffice } from '../../support/office.ts'
import { demoRider, readBooks } from '../../support/test-central.ts'

const HOUR_MS = 3_600_000
const refused = (error: string): object => ({ ok: false, error })

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let helper: OfficePerson
  let training: string

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    helper = await office.person('volunteer')
    await office.first.renew()
  }, 60_000)

  afterAll(async () => {
    expect((await readBooks(office.database)).wrong).toEqual([])
    expect((await auditBooks(office.database)).differences).toEqual([])
    await office.close()
    await databases.stop()
  }, 60_000)

  beforeEach(async () => {
    training = await open()
  })

  const open = async (more: Partial<TrainingForm> = {}): Promise<string> => {
    const id = randomUUID()
    const { nowMs } = office.clock
    const form: TrainingForm = {
      topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '二楼', en: 'Second floor' }, points: 10, certificateMonths: 24, host: STATION, audience: EVERYBODY, capacity: 6,
      startsAtMs: nowMs + HOUR_MS / 4, endsAtMs: nowMs + 2 * HOUR_MS, ...more,
    }
    await sqlStore(office.database).transaction('write', (transaction) => makeTrainings(transaction, DISTRICT, [{ training: id, form }], null, nowMs - 100 * HOUR_MS, { lends: false }))
    return id
  }
  const today = (): number => Math.floor(office.clock.nowMs / 86_400_000)
  const passOf = (holderId: string, more: { card?: number; issueDay?: number; holder?: 'staff' | 'rider' } = {}): string => {
    const { card = 1, issueDay = today(), holder = 'rider' } = more
    return office.signPass({ holder, holderId, card, issueDay, keyId: 2 })
  }
  const scan = (pass: string, at = training) => helper.ask(scanAttendanceDoor, { training: at, pass })
  const told = async (rider: string, at = training): Promise<unknown[]> => [
    (await office.database.query('SELECT 1 FROM attendances WHERE rider_id = $1 AND training_id = $2', [rider, at])).length,
    (await office.database.query('SELECT 1 FROM certificates WHERE rider_id = $1 AND training_id = $2', [rider, at])).length,
    (await office.database.query('SELECT 1 FROM service_records WHERE rider_id = $1 AND subject_id = $2', [rider, at])).length,
    (await office.database.query<{ sum: number }>(`SELECT coalesce(sum(points), 0)::int AS sum FROM entries WHERE rider_id = $1 AND reason = 'training' AND at_ms >= $2`, [rider, office.clock.nowMs - HOUR_MS]))[0]?.sum,
  ]

  test('a scanned pass is one attendance with points, record and certificate, however often and from however many phones', async () => {
    const rider = demoRider('zhang')
    await sqlStore(office.database).transaction('write', (transaction) => signUpAtCentral(transaction, { training, rider, request: randomUUID(), revision: 1 }, office.clock.nowMs - 24 * HOUR_MS))
    const both = await Promise.all([scan(passOf(rider)), scan(` ${passOf(rider).toLowerCase()}\r\n`)])
    const attended = { ok: true, answer: { rider, maskedName: expect.stringContaining('*') as string, late: false, walkIn: false, points: 10, certificate: true } }
    expect(both).toEqual([attended, attended])
    const other = await office.person('volunteer', `other.${engine}`)
    expect(await other.ask(scanAttendanceDoor, { training, pass: passOf(rider) })).toEqual(refused('already_attended'))
    expect(await told(rider)).toEqual([1, 1, 1, 10])
    const acts = await office.database.query<{ act: string; whole: string }>(`SELECT act, office_acts::text AS whole FROM office_acts WHERE row_key = $1`, [training])
    expect(acts.map(({ act }) => act)).toEqual(['attendance_recorded'])
    // No name and no code of a card stands in the trail.
    expect(acts[0]?.whole).not.toContain('BXZ1')
  })

  test('the station that has recorded him too, before or after, adds nothing', async () => {
    const [first, second] = [demoRider('li'), demoRider('guli')]
    const station = office.first
    const record = (rider: string): void => void station.record(
      'attendance.recorded/1', { request: randomUUID(), training, rider, staff: randomUUID(), walkIn: true, late: false, points: 10, inSlice: false, certificate: randomUUID(), revision: 1 }, office.clock.nowMs,
    )
    expect(await scan(passOf(first))).toMatchObject({ ok: true, answer: { walkIn: true } })
    const from = station.events.length + 1
    record(first)
    record(second)
    expect(await station.push(from)).toMatchObject({ outcomes: [{ outcome: 'flagged', code: 'already_attended' }, { outcome: 'flagged', code: 'staff_unknown' }] })
    expect(await scan(passOf(second))).toEqual(refused('already_attended'))
    expect(await helper.ask(recordAttendanceDoor, { training, rider: second })).toEqual(refused('already_attended'))
    const balances = await office.database.query<{ rider: string; sum: number }>(`SELECT rider_id AS rider, sum(points)::int AS sum FROM entries WHERE reason = 'training' AND rider_id = ANY($1::uuid[]) AND at_ms >= $2 GROUP BY rider_id`, [[first, second], office.clock.nowMs - HOUR_MS])
    expect(balances.map(({ sum }) => sum)).toEqual([10, 10])
    expect([await told(first), await told(second)].map(([attended]) => attended)).toEqual([1, 1])
  })

  test('what is no pass, forged, revoked, expired or a member of staff’s lets nobody in', async () => {
    const rider = demoRider('chen')
    const forged = `${passOf(rider).slice(0, 60)}${passOf(demoRider('ouyang')).slice(60)}`
    await office.database.query(`UPDATE cards SET revoked_at_ms = 1 WHERE holder_id = $1 AND card = 1`, [demoRider('ouyang')])
    const cards = await office.database.query('SELECT 1 FROM cards WHERE holder_id = $1 AND card = 1 AND revoked_at_ms IS NOT NULL', [demoRider('ouyang')])
    expect(cards).toHaveLength(1)
    expect([
      await scan('6901234567892'), await scan('https://u.wechat.com/abc'), await scan(passOf(rider).slice(0, 100)), await scan(forged), await scan(passOf(rider, { holder: 'staff' })),
      await scan(passOf(demoRider('ouyang'))), await scan(passOf(rider, { issueDay: today() - 5_000 })), await scan(passOf(randomUUID())), await scan('x'.repeat(10_000)),
    ]).toEqual(['pass_unreadable', 'pass_unreadable', 'pass_unreadable', 'pass_unreadable', 'pass_unreadable', 'card_revoked', 'pass_expired', 'unknown_rider', 'bad_request'].map(refused))
    // A code of the right form that another key has signed.
    const sign = passSigner(new Map([2, 99].map((keyId) => [keyId, createPrivateKey(makePassKey(keyId).privateKeyPem)])))
    const body = { holder: 'rider', holderId: rider, card: 1, issueDay: today() } as const
    expect([await scan(sign({ ...body, keyId: 2 })), await scan(sign({ ...body, keyId: 99 }))]).toEqual([refused('pass_forged'), refused('pass_forged')])
    expect(await told(rider)).toEqual([0, 0, 0, 0])
  })

  test('too early, too late for who only helps, full, cancelled, unknown, and held elsewhere are said', async () => {
    const { nowMs } = office.clock
    const pass = passOf(demoRider('zhang'))
    const early = await open({ startsAtMs: nowMs + 3 * HOUR_MS, endsAtMs: nowMs + 4 * HOUR_MS })
    const over = await open({ startsAtMs: nowMs - 3 * HOUR_MS, endsAtMs: nowMs - HOUR_MS })
    const full = await open({ capacity: 1 })
    await scan(passOf(demoRider('li')), full)
    const elsewhere = await open({ host: stations[1]?.id ?? '' })
    expect([await scan(pass, early), await scan(pass, over), await scan(pass, full), await scan(pass, elsewhere), await scan(pass, randomUUID())]).toEqual(
      ['too_early', 'too_late', 'training_full', 'not_your_station', 'unknown_training'].map(refused),
    )
  })
})
