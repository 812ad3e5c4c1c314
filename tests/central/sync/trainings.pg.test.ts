// Places in trainings as central books what stations tell: in the order of the commits, never one place twice, and everybody who
// is concerned hears of it. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { tendTrainings } from '../../../central/trainings/tend-trainings.ts'
import { EVERYBODY } from '../../../domain/training/decide-signup.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { NOW_MS, readBooks, startTestCentral, type TestCentral } from '../../support/test-central.ts'
import { HOUR_MS, newsOf, openRiders, openTraining, request, seatsOf, signupOf } from '../../support/training-town.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral
  let host: TestStation
  let away: TestStation
  let riders: string[]

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    await databases.stop()
  }, 60_000)

  beforeEach(async () => {
    host = await central.another()
    away = await central.another()
    for (const station of [host, away]) await station.hello()
    riders = await openRiders(central.database, host, 6)
    for (const rider of riders.slice(0, 4)) {
      await host.askRider(rider)
      await away.askRider(rider)
    }
  })

  const outcomes = async (station: TestStation, first: number): Promise<unknown[]> => {
    const answer = await station.push(first)
    if (answer.result !== 'applied') throw new Error(answer.result)
    return answer.outcomes.map(({ seq: _seq, ...outcome }) => outcome)
  }
  const standing = async (training: string, rider: string): Promise<string | undefined> => (await signupOf(central.database, training, rider))?.standing
  const cancel = (station: TestStation, training: string, rider: string, signup: string): unknown =>
    station.record('signup.cancelled/1', { request: randomUUID(), signup, training, rider })
  const [a, b, c, d] = [0, 1, 2, 3].map((index) => () => riders[index] ?? '') as [() => string, () => string, () => string, () => string]

  test('a request is granted while there are places and queued beyond them, and each station that knows the rider is told how he stands', async () => {
    const training = await openTraining(central.database, host, { capacity: 1 })
    request(away, training, a())
    request(away, training, b())
    request(away, training, a())
    expect(await outcomes(away, 1)).toEqual([{ outcome: 'granted' }, { outcome: 'granted' }, { outcome: 'refused', code: 'already_signed_up' }])
    expect(await newsOf(host, 'signup', a())).toMatchObject([{ standing: 'seated', seat: 1, includedSeq: 0 }])
    expect(await newsOf(away, 'signup', b())).toMatchObject([{ standing: 'waiting', number: 2, includedSeq: 3 }])
    expect(await newsOf(host, 'training', training)).toMatchObject([{ freeAtCentral: 0, waitingNumbers: [2] }])
  })

  test('nobody is queued for what is unknown, cancelled, over, or for others', async () => {
    const over = await openTraining(central.database, host, { startsAtMs: NOW_MS + HOUR_MS / 2, endsAtMs: NOW_MS + HOUR_MS })
    const others = await openTraining(central.database, host, { audience: { ...EVERYBODY, platforms: ['eleme'] } })
    const members = await openTraining(central.database, host, { audience: { ...EVERYBODY, groups: ['red_cross', 'volunteer_team'] } })
    const invited = await openTraining(central.database, host, { audience: { platforms: ['meituan'], stations: [host.station], groups: [] } })
    for (const training of [randomUUID(), over, others, members, invited]) request(away, training, a())
    request(away, invited, randomUUID())
    expect(await outcomes(away, 1)).toEqual([
      { outcome: 'refused', code: 'training_unknown' }, { outcome: 'refused', code: 'training_over' }, { outcome: 'refused', code: 'not_invited' },
      { outcome: 'refused', code: 'not_invited' }, { outcome: 'granted' },
      { outcome: 'refused', code: 'rider_unknown' },
    ])
    expect((await seatsOf(central.database, invited)).lent).toBe(0)
  })

  test('a training lends half of its places to its host, once, to the file it runs on; the fact that receives them is kept', async () => {
    const training = await openTraining(central.database, host, { capacity: 5 })
    const [block] = await newsOf(host, 'seat_block', training)
    expect([block, await newsOf(away, 'seat_block', training), (await seatsOf(central.database, training)).lent]).toMatchObject([{ training, seats: [4, 5], recalled: false }, [], 2])
    expect(await tendTrainings(sqlStore(central.database), NOW_MS)).toMatchObject({ settled: 0 })
    expect((await seatsOf(central.database, training)).lent).toBe(2)
    host.record('seat_block.received/1', { block: block?.id ?? '', training, seats: [4, 5] })
    host.record('seat_block.received/1', { block: randomUUID(), training, seats: [1] })
    host.record('signup.seated/1', { request: randomUUID(), training, rider: a(), seat: 5, revision: 1 })
    host.record('signup.seated/1', { request: randomUUID(), training, rider: b(), seat: 5, revision: 1 })
    expect(await outcomes(host, 1)).toEqual([{ outcome: 'recorded' }, { outcome: 'flagged', code: 'block_unknown' }, { outcome: 'recorded' }, { outcome: 'flagged', code: 'seat_not_held' }])
    expect((await seatsOf(central.database, training)).taken).toEqual(new Map([[b(), 1], [a(), 5]]))
  })

  test('while somebody waits the block is recalled; what comes back seats him, and his stations hear of it', async () => {
    const training = await openTraining(central.database, host, { capacity: 2 })
    request(away, training, a())
    request(away, training, b())
    await outcomes(away, 1)
    expect([await standing(training, b()), (await newsOf(host, 'seat_block', training))[0]?.recalled]).toEqual(['waiting', true])
    host.record('seat_block.returned/1', { training, seats: [2], reason: 'recall' })
    host.record('seat_block.returned/1', { training, seats: [2], reason: 'recall' })
    expect(await outcomes(host, 1)).toEqual([{ outcome: 'recorded' }, { outcome: 'flagged', code: 'seat_not_held' }])
    expect(await newsOf(away, 'signup', b())).toMatchObject([{ standing: 'seated', seat: 2 }])
  })

  test('a place that is given up is offered to the head of the list; he says yes at another station, or it goes on when his time is over', async () => {
    const training = await openTraining(central.database, host, { capacity: 1 })
    const [first, second, third] = [request(away, training, a()), request(away, training, b()), request(away, training, c())]
    request(away, training, d())
    cancel(away, training, a(), first)
    await outcomes(away, 1)
    const [offer] = await newsOf(host, 'signup', b())
    expect(offer).toMatchObject({ standing: 'offered', seat: 1, offerEndsAtMs: NOW_MS + 12 * HOUR_MS })
    expect(await tendTrainings(sqlStore(central.database), NOW_MS + 12 * HOUR_MS)).toEqual({ settled: 1, lent: 0 })
    expect([await standing(training, b()), await standing(training, c())]).toEqual(['declined', 'offered'])
    host.record('signup.offer_answered/1', { request: randomUUID(), signup: second, training, rider: b(), accept: true })
    host.record('signup.offer_answered/1', { request: randomUUID(), signup: third, training, rider: c(), accept: true })
    expect(await outcomes(host, 1)).toEqual([{ outcome: 'refused', code: 'offer_over' }, { outcome: 'granted' }])
    expect([await newsOf(away, 'signup', c()), await standing(training, d())]).toMatchObject([[{ standing: 'seated', seat: 1 }], 'waiting'])
  })

  test('two places for one rider: the later one is free again, flagged, and he is told at every station', async () => {
    const training = await openTraining(central.database, host, { capacity: 4 })
    const [block] = await newsOf(host, 'seat_block', training)
    host.record('seat_block.received/1', { block: block?.id ?? '', training, seats: [3, 4] })
    host.record('signup.seated/1', { request: randomUUID(), training, rider: a(), seat: 3, revision: 1 })
    request(away, training, a())
    await outcomes(away, 1)
    expect(await outcomes(host, 1)).toEqual([{ outcome: 'recorded' }, { outcome: 'flagged', code: 'seated_twice' }])
    expect([(await seatsOf(central.database, training)).taken, await newsOf(host, 'signup', a())]).toMatchObject([new Map([[a(), 1]]), [{ seat: 1, note: 'seated_twice' }]])
    host.record('signup.acknowledged/1', { training, rider: a(), revision: 1 })
    await outcomes(host, 3)
    expect(await newsOf(away, 'signup', a())).toMatchObject([{ seat: 1, note: null }])
  })

  test('attendance gives points, service record and certificate in one act, once a rider and training', async () => {
    const training = await openTraining(central.database, host, { startsAtMs: NOW_MS - HOUR_MS, endsAtMs: NOW_MS + HOUR_MS })
    await host.renew()
    const certificate = randomUUID()
    const there = { training, staff: randomUUID(), walkIn: true, late: false, points: 10, revision: 1 }
    const { header } = host.record('attendance.recorded/1', { ...there, request: randomUUID(), rider: a(), inSlice: true, certificate })
    host.record('attendance.recorded/1', { ...there, request: randomUUID(), rider: a(), inSlice: false, certificate: randomUUID() })
    host.record('attendance.recorded/1', { ...there, request: randomUUID(), rider: b(), inSlice: false, certificate })
    expect(await outcomes(host, 1)).toEqual([
      { outcome: 'flagged', code: 'staff_unknown' }, { outcome: 'flagged', code: 'already_attended' }, { outcome: 'flagged', code: 'certificate_repeated' },
    ])
    expect(await newsOf(away, 'certificate', a())).toMatchObject([{ id: certificate, topic: 'cpr', title: { en: 'CPR' }, expiresDay: expect.any(Number) as number }])
    expect(await newsOf(away, 'entry', a())).toMatchObject([{ id: header.id, points: 10, reason: 'training', what: { zh: '心肺复苏' } }])
    expect(await newsOf(away, 'signup', a())).toMatchObject([{ standing: 'attended' }])
    const records = await central.database.query<{ rider: string; minutes: number }>('SELECT rider_id AS rider, minutes FROM service_records WHERE subject_id = $1 ORDER BY rider_id', [training])
    expect(records).toEqual([a(), b()].toSorted().map((rider) => ({ rider, minutes: 120 })))
  })

  test('told twice by two ways, points of one attendance count once: what a slice gave comes back from his points at central', async () => {
    const training = await openTraining(central.database, host, { startsAtMs: NOW_MS - HOUR_MS, endsAtMs: NOW_MS + HOUR_MS })
    await host.renew()
    const there = { training, staff: randomUUID(), walkIn: false, late: false, points: 10, revision: 1, certificate: null, rider: c() }
    host.record('attendance.recorded/1', { ...there, request: randomUUID(), inSlice: false })
    host.record('attendance.recorded/1', { ...there, request: randomUUID(), inSlice: true })
    expect(await outcomes(host, 1)).toEqual([{ outcome: 'flagged', code: 'staff_unknown' }, { outcome: 'flagged', code: 'already_attended' }])
    const balances = await central.database.query<{ kind: string; balance: number }>('SELECT kind, balance FROM accounts WHERE rider_id = $1 ORDER BY kind', [c()])
    expect(balances).toEqual([{ kind: 'rider_central', balance: 0 }, { kind: 'rider_station', balance: 10 }])
  })

  test('a rider who comes to another station finds his sign-ups and certificates there', async () => {
    const training = await openTraining(central.database, host, { capacity: 2 })
    const newcomer = riders[4] ?? ''
    await host.askRider(newcomer)
    request(host, training, newcomer)
    await outcomes(host, 1)
    const { changes } = await away.askRider(newcomer)
    expect(changes.find(({ kind }) => kind === 'signup')?.row).toMatchObject({ training, rider: newcomer, standing: 'seated' })
  })

  test('a block that is said to be of two trainings is of the first: the second word of it is flagged, and the queue goes on, also while central recovers', async () => {
    const [one, two, three] = [await openTraining(central.database, host, { capacity: 4 }), await openTraining(central.database, host, { capacity: 4 }), await openTraining(central.database, host, { capacity: 4 })]
    const block = randomUUID()
    await central.database.query('UPDATE centrals SET recovering_since_ms = $1', [NOW_MS])
    try {
      for (const training of [one, two]) host.record('seat_block.received/1', { block, training, seats: [1, 2] })
      expect(await outcomes(host, 1)).toEqual([{ outcome: 'recorded' }, { outcome: 'flagged', code: 'block_unknown' }])
      host.record('seat_block.received/1', { block, training: three, seats: [1] })
      host.record('seat_block.received/1', { block, training: one, seats: [1, 2] })
      expect(await outcomes(host, 3)).toEqual([{ outcome: 'flagged', code: 'block_unknown' }, { outcome: 'recorded' }])
    } finally {
      await central.database.query('UPDATE centrals SET recovering_since_ms = NULL')
    }
    const rows = await central.database.query('SELECT training_id AS training FROM seat_blocks WHERE block_id = $1', [block])
    const seats = await central.database.query<{ training: string }>('SELECT DISTINCT training_id AS training FROM training_seats WHERE block_id = $1', [block])
    expect([rows, seats]).toEqual([[{ training: one }], [{ training: one }]])
  })

  test('what is pushed twice is booked once', async () => {
    const training = await openTraining(central.database, host, { capacity: 1 })
    request(away, training, a())
    const first = await outcomes(away, 1)
    expect([await outcomes(away, 1), (await seatsOf(central.database, training)).taken.size]).toEqual([first, 1])
  })

  test('two stations that ask for the last place at once: one has it, the other one waits', async () => {
    const training = await openTraining(central.database, host, { capacity: 1 })
    request(away, training, a())
    request(host, training, b())
    await Promise.all([away.push(), host.push()])
    expect(new Set([await standing(training, a()), await standing(training, b())])).toEqual(new Set(['seated', 'waiting']))
  })
})
