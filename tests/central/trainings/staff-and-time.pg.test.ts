// What staff, time, a write-off, an erasure and a restore do to places: nobody loses one without being told, none is given twice,
// and all of it can be recomputed from the acts. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { writeOff } from '../../../central/operator/acts/end-trust.ts'
import { erasePerson } from '../../../central/people/erase-person.ts'
import { outsideLogInMemory } from '../../../central/keys/outside-log.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import type { StoreTransaction } from '../../../central/store/central-store.ts'
import { cancelTraining, changeTraining, makeTrainings } from '../../../central/trainings/staff-trainings.ts'
import { tendTrainings } from '../../../central/trainings/tend-trainings.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'
import { districtOf, HOUR_MS, newsOf, openRiders, openTraining, request, seatsOf, signupOf, trainingForm } from '../../support/training-town.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral
  let host: TestStation
  let away: TestStation
  let riders: string[]
  let district: string

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    expect((await auditBooks(central.database)).differences).toEqual([])
    await central.app.close()
    await databases.stop()
  }, 60_000)

  beforeEach(async () => {
    host = await central.another()
    away = await central.another()
    for (const station of [host, away]) await station.hello()
    riders = await openRiders(central.database, host, 5)
    for (const rider of riders) await away.askRider(rider)
    district = await districtOf(central.database, host.station)
  })

  const write = <Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> => sqlStore(central.database).transaction('write', work)
  const ask = async (training: string, wanted: readonly string[]): Promise<string[]> => {
    const first = away.events.length + 1
    const ids = wanted.map((rider) => request(away, training, rider))
    await away.push(first)
    return ids
  }
  const standings = async (training: string): Promise<(string | undefined)[]> => {
    const all: (string | undefined)[] = []
    for (const rider of riders) all.push((await signupOf(central.database, training, rider))?.standing)
    return all
  }

  test('two staff change the same training: the second is told what has changed meanwhile, and nothing of his is written', async () => {
    const training = await openTraining(central.database, host)
    const change = { district, training, revision: 1 }
    const first = await write((transaction) => changeTraining(transaction, { ...change, form: trainingForm(host, { place: { zh: '三楼', en: 'Third floor' } }) }, NOW_MS))
    const second = await write((transaction) => changeTraining(transaction, { ...change, form: trainingForm(host, { capacity: 9 }) }, NOW_MS))
    expect([first.ok, second]).toMatchObject([true, { ok: false, error: 'changed_meanwhile', sheet: { details: { revision: 2, place: { en: 'Third floor' } } } }])
    expect((await seatsOf(central.database, training)).inUse).toBe(4)
    expect(await write((transaction) => changeTraining(transaction, { ...change, training: randomUUID(), form: trainingForm(host) }, NOW_MS))).toMatchObject({ error: 'training_unknown' })
  })

  test('whoever signed up hears that it was moved or cancelled and why, also if he signed up without knowing', async () => {
    const training = await openTraining(central.database, host)
    await ask(training, riders.slice(0, 1))
    const moved = await write((transaction) =>
      changeTraining(transaction, { district, training, revision: 1, form: trainingForm(host, { startsAtMs: NOW_MS + 110 * HOUR_MS, endsAtMs: NOW_MS + 112 * HOUR_MS }) }, NOW_MS))
    expect(moved.ok).toBe(true)
    // The station was cut off: it had seen the first revision.
    await ask(training, riders.slice(1, 2))
    const seen = async (): Promise<unknown[]> => [
      (await newsOf(away, 'training', training)).map((row) => row?.toldRevision), (await newsOf(away, 'signup', training)).map((row) => row?.seenRevision),
    ]
    expect(await seen()).toEqual([[2], [1, 1]])
    expect(await write((transaction) => changeTraining(transaction, { district, training, revision: 2, form: trainingForm(host, { points: 20, startsAtMs: NOW_MS + 110 * HOUR_MS, endsAtMs: NOW_MS + 112 * HOUR_MS }) }, NOW_MS))).toMatchObject({ ok: true })
    expect(await seen()).toEqual([[2], [1, 1]])
    await write((transaction) => cancelTraining(transaction, { district, training, revision: 3, reason: '老师生病' }, NOW_MS))
    expect(await newsOf(away, 'training', training)).toMatchObject([{ state: 'cancelled', cancelReason: '老师生病', revision: 4, toldRevision: 4 }])
    expect([await standings(training), (await newsOf(host, 'seat_block', training)).map((row) => row?.recalled)]).toEqual([['seated', 'seated', undefined, undefined, undefined], [true]])
    await ask(training, riders.slice(2, 3))
    expect((await standings(training))[2]).toBe('refused')
  })

  test('another host is another place, though the room is called the same: whoever signed up hears of it', async () => {
    const training = await openTraining(central.database, host)
    await ask(training, riders.slice(0, 1))
    await write((transaction) => changeTraining(transaction, { district, training, revision: 1, form: { ...trainingForm(host), host: away.station } }, NOW_MS))
    expect(await newsOf(away, 'training', training)).toMatchObject([{ host: away.station, revision: 2, toldRevision: 2 }])
  })

  test('a training has closing and answering times of its own, or the district’s', async () => {
    const training = await openTraining(central.database, host, { rules: { closingMs: 5 * HOUR_MS, answerMs: 2 * HOUR_MS } })
    const [row] = await newsOf(away, 'training', training)
    expect([row?.closesAtMs, row?.blocksBackAtMs]).toEqual([NOW_MS + 95 * HOUR_MS, NOW_MS + 95 * HOUR_MS])
    const [other] = await newsOf(away, 'training', await openTraining(central.database, host))
    expect([other?.closesAtMs, other?.blocksBackAtMs]).toEqual([NOW_MS + 99 * HOUR_MS, NOW_MS + 97 * HOUR_MS])
  })

  test('a capacity below those seated takes nobody’s place: the block is recalled, the surplus goes with cancellations, a greater one seats the list', async () => {
    const training = await openTraining(central.database, host, { capacity: 6 })
    const ids = await ask(training, riders.slice(0, 3))
    await write((transaction) => changeTraining(transaction, { district, training, revision: 1, form: trainingForm(host, { capacity: 2 }) }, NOW_MS))
    expect([await seatsOf(central.database, training), (await newsOf(host, 'seat_block', training))[0]?.recalled]).toMatchObject([{ inUse: 6, lent: 3 }, true])
    const [block] = await newsOf(host, 'seat_block', training)
    host.record('seat_block.received/1', { block: block?.id ?? '', training, seats: block?.seats ?? [] })
    host.record('seat_block.returned/1', { training, seats: block?.seats ?? [], reason: 'recall' })
    await host.push()
    expect((await seatsOf(central.database, training)).inUse).toBe(3)
    away.record('signup.cancelled/1', { request: randomUUID(), signup: ids[0] ?? '', training, rider: riders[0] ?? '' })
    await away.push(away.events.length)
    expect([(await seatsOf(central.database, training)).inUse, await standings(training)]).toEqual([2, ['cancelled', 'seated', 'seated', undefined, undefined]])
    await ask(training, riders.slice(3))
    await write((transaction) => changeTraining(transaction, { district, training, revision: 2, form: trainingForm(host, { capacity: 3 }) }, NOW_MS))
    expect(await standings(training)).toEqual(['cancelled', 'seated', 'seated', 'seated', 'waiting'])
  })

  test('a series has its weeks, each with places of its own lent to its host', async () => {
    const weeks = [0, 1, 2].map((week) => ({ training: randomUUID(), form: trainingForm(host, { startsAtMs: NOW_MS + (100 + 168 * week) * HOUR_MS, endsAtMs: NOW_MS + (102 + 168 * week) * HOUR_MS }) }))
    await write((transaction) => makeTrainings(transaction, district, weeks, randomUUID(), NOW_MS))
    const lent = await Promise.all(weeks.map(({ training }) => seatsOf(central.database, training)))
    expect(lent.map((seats) => [seats.inUse, seats.lent])).toEqual([[4, 2], [4, 2], [4, 2]])
  })

  test('a host whose file is new is lent places as soon as anybody looks, by several processes at once no more than by one', async () => {
    const late = await central.another()
    const training = await openTraining(central.database, late)
    expect((await seatsOf(central.database, training)).lent).toBe(0)
    await late.hello()
    const tended = await Promise.all([1, 2, 3].map(() => tendTrainings(sqlStore(central.database), NOW_MS)))
    expect([(await seatsOf(central.database, training)).lent, tended.reduce((sum, { lent }) => sum + lent, 0) >= 1]).toEqual([2, true])
    expect(await tendTrainings(sqlStore(central.database), NOW_MS)).toEqual({ settled: 0, lent: 0 })
  })

  test('two people write a file off: its free places are central’s, who sits stays, and what it tells later comes first in the list, flagged', async () => {
    const training = await openTraining(central.database, host, { capacity: 4 })
    const [block] = await newsOf(host, 'seat_block', training)
    host.record('seat_block.received/1', { block: block?.id ?? '', training, seats: [3, 4] })
    host.record('signup.seated/1', { request: randomUUID(), training, rider: riders[0] ?? '', seat: 3, revision: 1 })
    await host.push()
    const staff = [randomUUID(), randomUUID()] as const
    await central.database.query(
      `INSERT INTO staff (staff_id, district_id, station_id, full_name, role, pin_hash, active) SELECT one, $2, $3, '测试', 'station_head', 'ab:cd', true FROM unnest($1::uuid[]) AS one`,
      [staff, district, host.station],
    )
    const done = await write((transaction) =>
      writeOff({ transaction, nowMs: NOW_MS, context: { newId: randomUUID, randomBytes: () => Buffer.alloc(8), outside: outsideLogInMemory() } }, { station: host.station, incarnation: host.incarnation, staff, reason: 'lost' }))
    expect(done.ok).toBe(true)
    expect([await seatsOf(central.database, training), await standings(training)]).toMatchObject([{ lent: 0, free: 3 }, ['seated', undefined, undefined, undefined, undefined]])
    await ask(training, riders.slice(1))
    host.record('signup.seated/1', { request: randomUUID(), training, rider: riders[4] ?? '', seat: 4, revision: 1 })
    expect(await host.push(3)).toMatchObject({ outcomes: [{ outcome: 'flagged', code: 'banned' }] })
    expect(await signupOf(central.database, training, riders[4] ?? '')).toMatchObject({ standing: 'waiting', note: 'place_lost' })
    const list = await central.database.query<{ rider: string }>(`SELECT rider_id AS rider FROM signups WHERE training_id = $1 AND standing = 'waiting' ORDER BY number`, [training])
    expect(list.map(({ rider }) => rider)).toEqual([riders[4]])
  })

  test('while central recovers nobody is seated, offered or lent a place; a block that the backup forgot is lent once more; then the list is served', async () => {
    const training = await openTraining(central.database, host, { capacity: 3 })
    const ids = await ask(training, riders.slice(0, 1))
    await central.database.query('UPDATE centrals SET recovering_since_ms = $1', [NOW_MS])
    await ask(training, riders.slice(1, 2))
    away.record('signup.cancelled/1', { request: randomUUID(), signup: ids[0] ?? '', training, rider: riders[0] ?? '' })
    await away.push(away.events.length)
    expect(await standings(training)).toEqual(['cancelled', 'waiting', undefined, undefined, undefined])
    expect(await tendTrainings(sqlStore(central.database), NOW_MS)).toMatchObject({ lent: 0 })
    host.record('seat_block.received/1', { block: randomUUID(), training, seats: [2] })
    expect(await host.push()).toMatchObject({ outcomes: [{ outcome: 'recorded' }] })
    expect((await seatsOf(central.database, training)).lent).toBe(2)
    await central.database.query('UPDATE centrals SET recovering_since_ms = NULL')
    await ask(training, riders.slice(2, 3))
    expect(await standings(training)).toEqual(['cancelled', 'offered', 'waiting', undefined, undefined])
  })

  test('who is erased has no place any more, and the next one is offered it', async () => {
    const training = await openTraining(central.database, host, { capacity: 1 })
    await ask(training, riders.slice(0, 2))
    await write((transaction) => erasePerson(transaction, riders[0] ?? '', NOW_MS))
    expect((await standings(training)).slice(0, 2)).toEqual(['cancelled', 'offered'])
    const first = away.events.length + 1
    request(away, training, riders[0] ?? '')
    expect(await away.push(first)).toMatchObject({ outcomes: [{ outcome: 'refused', code: 'rider_unknown' }] })
  })

  test('a place, a rider on it, a turn in the list or an act that somebody changed behind the triggers is found', async () => {
    const training = await openTraining(central.database, host, { capacity: 1 })
    await ask(training, riders.slice(0, 2))
    const one = `WHERE training_id = '${training}'`
    const falsify = async (change: string, back: string): Promise<string[]> => {
      await central.database.actAs('owner')
      await central.database.execute(change)
      const { differences } = await auditBooks(central.database)
      await central.database.execute(back)
      await central.database.actAs('program')
      return [...new Set(differences.map(({ kind }) => kind))]
    }
    expect([
      await falsify(`UPDATE training_seats SET rider_id = NULL ${one}`, `UPDATE training_seats SET rider_id = '${riders[0]}' ${one}`),
      await falsify(`UPDATE signups SET number = 7 ${one} AND standing = 'waiting'`, `UPDATE signups SET number = 2 ${one} AND standing = 'waiting'`),
      await falsify(`UPDATE trainings SET capacity = 2 ${one}`, `UPDATE trainings SET capacity = 1 ${one}`),
      await falsify(
        `ALTER TABLE training_acts DISABLE TRIGGER USER; UPDATE training_acts SET at_ms = at_ms + 1 ${one} AND number = 2; ALTER TABLE training_acts ENABLE TRIGGER USER`,
        `ALTER TABLE training_acts DISABLE TRIGGER USER; UPDATE training_acts SET at_ms = at_ms - 1 ${one} AND number = 2; ALTER TABLE training_acts ENABLE TRIGGER USER`,
      ),
    ]).toEqual([['training_not_its_acts', 'places_not_the_list'], ['training_not_its_acts'], ['training_not_its_acts'], ['training_not_its_acts']])
  })
})
