// What riders and volunteers do with trainings without a station in between: a place taken, given up, accepted, and attendance at
// the door. Asked twice it is done once, also where a station has told the same. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import type { StoreTransaction } from '../../../central/store/central-store.ts'
import { answerAtCentral, attendAtCentral, cancelAtCentral, signUpAtCentral } from '../../../central/trainings/rider-trainings.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { NOW_MS, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'
import { HOUR_MS, newsOf, openRiders, openTraining, seatsOf, signupOf } from '../../support/training-town.ts'

const NOW_ON = { startsAtMs: NOW_MS - HOUR_MS / 10, endsAtMs: NOW_MS + HOUR_MS }

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral
  let host: TestStation
  let riders: string[]

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    expect((await auditBooks(central.database)).differences).toEqual([])
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    await central.app.close()
    await databases.stop()
  }, 60_000)

  beforeEach(async () => {
    host = await central.another()
    await host.hello()
    riders = await openRiders(central.database, host, 4)
    for (const rider of riders) await host.askRider(rider)
  })

  const account = randomUUID()
  const write = <Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> => sqlStore(central.database).transaction('write', work)
  const [a, b] = [0, 1].map((index) => () => riders[index] ?? '') as [() => string, () => string]
  const signUp = async (training: string, rider: string, request: string = randomUUID()): Promise<string | undefined> => {
    const result = await write((transaction) => signUpAtCentral(transaction, { training, rider, request, revision: 1 }, NOW_MS))
    return result.ok ? result.book.signups.get(rider)?.standing : result.error
  }
  const attend = (training: string, rider: string) => write((transaction) => attendAtCentral(transaction, { training, rider, account }, NOW_MS))
  const pointsOf = (rider: string): Promise<unknown[]> => central.database.query('SELECT points, reason FROM entries WHERE rider_id = $1 ORDER BY booked_at_ms, entry_id', [rider])
  const numberOf = async (table: 'attendances' | 'certificates' | 'service_records', rider: string): Promise<number> =>
    (await central.database.query(`SELECT 1 FROM ${table} WHERE rider_id = $1`, [rider])).length

  test('who asks again whether he is signed up, has given it up, or has said yes, is answered the same', async () => {
    const training = await openTraining(central.database, host, { capacity: 1 })
    const [first, second] = [randomUUID(), randomUUID()]
    expect([await signUp(training, a(), first), await signUp(training, a(), first), await signUp(training, a()), await signUp(training, b(), second)]).toEqual(['seated', 'seated', 'already_signed_up', 'waiting'])
    const cancel = () => write((transaction) => cancelAtCentral(transaction, { training, rider: a(), signup: first }, NOW_MS))
    expect([await cancel(), await cancel()]).toMatchObject([{ ok: true }, { ok: true }])
    const answer = (accept: boolean) => write((transaction) => answerAtCentral(transaction, { training, rider: b(), signup: second, accept }, NOW_MS))
    expect([await answer(true), await answer(true), await answer(false)]).toMatchObject([{ ok: true }, { ok: true }, { ok: false, error: 'offer_over' }])
    expect([(await seatsOf(central.database, training)).taken.has(b()), (await signupOf(central.database, training, b()))?.standing]).toEqual([true, 'seated'])
    // What was meant for the first sign-up does not touch a later one.
    expect(await signUp(training, a())).toBe('waiting')
    expect(await cancel()).toMatchObject({ ok: false, error: 'not_signed_up' })
  })

  test('attendance from an account gives points, record and certificate in one act; two phones at once are one', async () => {
    const training = await openTraining(central.database, host, NOW_ON)
    const both = await Promise.all([attend(training, a()), attend(training, a())])
    expect(both.map((one) => (one.ok ? 'in' : one.error)).toSorted()).toEqual(['already', 'in'])
    expect(both.find(({ ok }) => ok)).toMatchObject({ late: false, walkIn: true, points: 10 })
    expect([await pointsOf(a()), await numberOf('attendances', a()), await numberOf('service_records', a()), await numberOf('certificates', a())]).toEqual([[{ points: 10, reason: 'training' }], 1, 1, 1])
    expect(await newsOf(host, 'signup', a())).toMatchObject([{ standing: 'attended' }])
    expect(await newsOf(host, 'certificate', a())).toMatchObject([{ topic: 'cpr' }])
  })

  test('a station that was cut off and has recorded him too adds nothing: his points count once', async () => {
    const training = await openTraining(central.database, host, NOW_ON)
    await host.renew()
    expect(await attend(training, a())).toMatchObject({ ok: true })
    host.record('attendance.recorded/1', { request: randomUUID(), training, rider: a(), staff: randomUUID(), walkIn: true, late: false, points: 10, inSlice: true, certificate: randomUUID(), revision: 1 })
    expect(await host.push()).toMatchObject({ outcomes: [{ outcome: 'flagged', code: 'already_attended' }] })
    const balance = await central.database.query('SELECT sum(balance)::int AS points FROM accounts WHERE rider_id = $1', [a()])
    expect([balance, await numberOf('attendances', a()), await numberOf('certificates', a())]).toEqual([[{ points: 10 }], 1, 1])
    host.record('attendance.recorded/1', { request: randomUUID(), training, rider: b(), staff: randomUUID(), walkIn: true, late: false, points: 10, inSlice: false, certificate: null, revision: 1 })
    await host.push(2)
    expect([await attend(training, b()), await numberOf('attendances', b())]).toEqual([{ ok: false, error: 'already' }, 1])
  })

  test('a place that was offered to somebody is no walk-in’s as long as he may say yes; he himself is let in', async () => {
    const soon = { startsAtMs: NOW_MS + HOUR_MS / 2, endsAtMs: NOW_MS + 2 * HOUR_MS, capacity: 1, rules: { closingMs: 0, answerMs: HOUR_MS / 4 } }
    const [early, late] = [await openTraining(central.database, host, soon), await openTraining(central.database, host, soon)]
    for (const training of [early, late]) {
      const request = randomUUID()
      expect([await signUp(training, a(), request), await signUp(training, b())]).toEqual(['seated', 'waiting'])
      await write((transaction) => cancelAtCentral(transaction, { training, rider: a(), signup: request }, NOW_MS))
    }
    const other = riders[2] ?? ''
    const attendAt = (training: string, rider: string, nowMs: number) => write((transaction) => attendAtCentral(transaction, { training, rider, account }, nowMs))
    expect([await attendAt(early, other, NOW_MS + 1), await attendAt(late, other, NOW_MS + HOUR_MS / 4)]).toMatchObject([{ ok: false, error: 'full' }, { ok: true, walkIn: true }])
    expect(await attendAt(early, b(), NOW_MS + 2)).toMatchObject({ ok: true })
  })

  test('nobody is let in too early, too late, on others’ places, to what is cancelled, or as somebody nobody knows', async () => {
    const early = await openTraining(central.database, host, { startsAtMs: NOW_MS + 2 * HOUR_MS, endsAtMs: NOW_MS + 3 * HOUR_MS })
    const over = await openTraining(central.database, host, { startsAtMs: NOW_MS - 3 * HOUR_MS, endsAtMs: NOW_MS - HOUR_MS })
    const full = await openTraining(central.database, host, { ...NOW_ON, capacity: 1 })
    const listed = await openTraining(central.database, host, { ...NOW_ON, door: { walkIns: false } })
    await attend(full, b())
    expect([await attend(early, a()), await attend(over, a()), await attend(full, a()), await attend(listed, a()), await attend(randomUUID(), a()), await attend(full, randomUUID())]).toEqual(
      ['too_early', 'too_late', 'full', 'no_walk_ins', 'training_unknown', 'rider_unknown'].map((error) => ({ ok: false, error })),
    )
    expect(await pointsOf(a())).toEqual([])
  })
})
