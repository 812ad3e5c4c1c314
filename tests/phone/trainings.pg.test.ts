// Trainings on a handed-over phone beside a real kiosk: places come from central, what is asked twice is done once, and how he stands
// is on the screen with the act. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoTrainingId } from '../../central/demo/demo-trainings.ts'
import { PHONE_SESSION_MS_MAX } from '../../central/phone/phone-session.ts'
import { sqlStore } from '../../central/store/sql-store.ts'
import { cancelTraining, changeTraining, makeTrainings, type TrainingForm } from '../../central/trainings/staff-trainings.ts'
import type { MyTrainings, PhoneTraining } from '../../contract/phone/phone-trainings.ts'
import { EVERYBODY } from '../../domain/training/decide-signup.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { type Phone, type PhoneDistrict, startPhoneDistrict } from '../support/phone-district.ts'
import { FIRST_STATION_ID } from '../support/station-keys.ts'
import { demoRider } from '../support/test-central.ts'

const HOUR_MS = 3_600_000
/** What the kiosk may take to show what happened on the phone. */
const SHOWN_MS_MAX = 2_000

describe.each(ENGINES)('trainings on a phone, on %s', (engine) => {
  let databases: TestDatabases
  let district: PhoneDistrict
  let number = 0

  beforeAll(async () => {
    databases = await startDatabases(engine)
    district = await startPhoneDistrict(await databases.create())
  }, 120_000)

  afterAll(async () => {
    await district.close()
    await databases.stop()
  }, 60_000)

  const districtId = async (): Promise<string> => (await district.database.query<{ id: string }>('SELECT district_id AS id FROM stations WHERE station_id = $1', [FIRST_STATION_ID]))[0]?.id ?? ''
  /** Each on a day of its own, weeks from now. */
  const formOf = (more: Partial<TrainingForm>): TrainingForm => {
    const startsAtMs = Date.now() + (number + 30) * 24 * HOUR_MS
    return {
      topic: 'health', title: { zh: '拉伸', en: 'Stretching' }, place: { zh: '二楼', en: 'Upstairs' }, points: 10, certificateMonths: null, host: FIRST_STATION_ID, audience: EVERYBODY, startsAtMs,
      endsAtMs: startsAtMs + HOUR_MS, capacity: 2, ...more,
    }
  }
  const open = async (more: Partial<TrainingForm> = {}): Promise<string> => {
    number += 1
    const training = randomUUID()
    const where = await districtId()
    await sqlStore(district.database).transaction('write', (transaction) => makeTrainings(transaction, where, [{ training, form: formOf(more) }], null, Date.now(), { lends: false }))
    return training
  }
  const phoneOf = async (handle: string): Promise<Phone> => {
    const session = await district.signIn(demoRider(handle))
    const { code } = await district.handOver('my_trainings', session)
    const phone = district.phone()
    expect(await phone.ask('open', { code })).toMatchObject({ ok: true, answer: { purpose: 'my_trainings' } })
    return phone
  }
  const look = async (phone: Phone): Promise<MyTrainings> => {
    const list = await phone.ask('my-trainings', {})
    if (!list.ok) throw new Error(list.error)
    return list.answer
  }
  const find = async (phone: Phone, training: string): Promise<PhoneTraining | undefined> => (await look(phone)).trainings.find((one) => one.training === training)
  const signUp = (phone: Phone, training: string, request: string = randomUUID(), despiteClash = false) => phone.ask('sign-up', { request, training, revision: 1, despiteClash })
  const seated = async (training: string): Promise<number> =>
    (await district.database.query('SELECT 1 FROM training_seats WHERE training_id = $1 AND rider_id IS NOT NULL', [training])).length

  test('he sees what he is on the list of, what he may join, his certificates and the course that renews one; nobody else’s', async () => {
    const phone = await phoneOf('zhang')
    const list = await look(phone)
    const states = Object.fromEntries(list.trainings.flatMap(({ training, own, state }) => (own === null ? [] : [[training, [state, own.state]]])))
    expect(states).toMatchObject({
      [demoTrainingId('trauma')]: ['open', 'seated'], [demoTrainingId('fire-tomorrow')]: ['open', 'seated'], [demoTrainingId('road-snow')]: ['cancelled', 'seated'], [demoTrainingId('fire')]: ['over', 'attended'],
    })
    expect(list.trainings.find(({ training }) => training === demoTrainingId('road-snow'))).toMatchObject({ cancelReason: '教练临时出差，改期另行通知', own: { changed: true } })
    expect(list.trainings.find(({ training }) => training === demoTrainingId('psychology'))).toMatchObject({ own: null, free: 0, waiting: 4 })
    expect(list.certificates.map(({ topic }) => topic)).toContain('cpr')
    const cpr = list.certificates.find(({ topic }) => topic === 'cpr')
    expect(list.invitations).toContainEqual({ certificate: cpr?.certificate, training: demoTrainingId('cpr-next') })
    expect(JSON.stringify(list)).not.toContain(demoRider('ouyang'))
  })

  test('a place is taken, said at the kiosk within two seconds, and asked for twice it is one; given up, it is free again', async () => {
    const phone = await phoneOf('zhang')
    const training = await open({ capacity: 1 })
    const request = randomUUID()
    const both = await Promise.all([signUp(phone, training, request), signUp(phone, training, request)])
    expect(both).toEqual(Array.from({ length: 2 }, () => ({ ok: true, answer: { result: 'listed', state: 'seated', place: null } })))
    await district.until('his place on the screen', ({ session, handOff }) => handOff?.state === 'received' && session?.kind === 'rider' && session.signups.some((one) => one.training === training && one.state === 'seated'), SHOWN_MS_MAX)
    expect([await signUp(phone, training), await seated(training)]).toEqual([{ ok: false, error: 'already_signed_up' }, 1])
    const cancel = () => phone.ask('cancel-signup', { training, signup: request })
    expect([await cancel(), await cancel(), await seated(training)]).toEqual([{ ok: true, answer: {} }, { ok: true, answer: {} }, 0])
    expect(await phone.ask('cancel-signup', { training, signup: randomUUID() })).toEqual({ ok: false, error: 'not_signed_up' })
    expect(await find(phone, training)).toMatchObject({ own: { state: 'cancelled' }, free: 1 })
  })

  test('full is waiting, in central’s order; what comes free is offered, and is accepted or left to the next', async () => {
    const training = await open({ capacity: 1 })
    const first = await phoneOf('li')
    const request = randomUUID()
    await signUp(first, training, request)
    const second = await phoneOf('zhang')
    expect(await signUp(second, training)).toEqual({ ok: true, answer: { result: 'listed', state: 'waiting', place: 1 } })
    const third = await phoneOf('chen')
    const own = randomUUID()
    expect(await signUp(third, training, own)).toEqual({ ok: true, answer: { result: 'listed', state: 'waiting', place: 2 } })
    expect(await find(third, training)).toMatchObject({ own: { state: 'waiting', place: 2 }, waiting: 2, free: 0 })
    // The first gives it up on a phone of his own.
    const again = await phoneOf('li')
    expect(await again.ask('cancel-signup', { training, signup: request })).toMatchObject({ ok: true })
    const offered = await phoneOf('zhang')
    const offer = await find(offered, training)
    expect(offer?.own).toMatchObject({ state: 'offered', offerEndsAtMs: expect.any(Number) as number })
    const answer = (accept: boolean) => offered.ask('answer-offer', { training, signup: offer?.own?.signup ?? '', accept })
    expect([await answer(false), await answer(false)]).toMatchObject([{ ok: true }, { ok: true }])
    const next = await phoneOf('chen')
    const accept = () => next.ask('answer-offer', { training, signup: own, accept: true })
    expect([await accept(), await accept(), await seated(training)]).toEqual([{ ok: true, answer: {} }, { ok: true, answer: {} }, 1])
    expect(await find(next, training)).toMatchObject({ own: { state: 'seated' } })
    expect(await next.ask('answer-offer', { training, signup: own, accept: false })).toEqual({ ok: false, error: 'offer_over' })
  })

  test('a clash is said before anything is kept, and is signed up for when he means it', async () => {
    const phone = await phoneOf('zhang')
    const clashing = demoTrainingId('aid-sunday')
    const request = randomUUID()
    expect(await signUp(phone, clashing, request)).toMatchObject({ ok: true, answer: { result: 'clash', title: { en: 'Bleeding and bandages' } } })
    expect((await find(phone, clashing))?.own).toBeNull()
    expect(await signUp(phone, clashing, request, true)).toMatchObject({ ok: true, answer: { result: 'listed', state: 'seated' } })
    // Asked again without the answer having come: no new question.
    expect(await signUp(phone, clashing, request)).toMatchObject({ ok: true, answer: { result: 'listed', state: 'seated' } })
  })

  test('what was moved or cancelled is told until he has seen it', async () => {
    const phone = await phoneOf('chen')
    const training = await open()
    await signUp(phone, training)
    const where = await districtId()
    const write = sqlStore(district.database)
    await write.transaction('write', (transaction) => changeTraining(transaction, { district: where, training, revision: 1, form: formOf({ place: { zh: '三楼', en: 'Third floor' } }) }, Date.now()))
    expect(await find(phone, training)).toMatchObject({ place: { en: 'Third floor' }, revision: 2, own: { changed: true } })
    expect(await phone.ask('saw-training', { training, revision: 2 })).toEqual({ ok: true, answer: {} })
    expect(await find(phone, training)).toMatchObject({ own: { changed: false } })
    await write.transaction('write', (transaction) => cancelTraining(transaction, { district: where, training, revision: 2, reason: '停电' }, Date.now()))
    expect(await find(phone, training)).toMatchObject({ state: 'cancelled', cancelReason: '停电', own: { state: 'seated', changed: true } })
    expect(await signUp(phone, training)).toEqual({ ok: false, error: 'training_cancelled' })
  })

  test('what is not for him, closed, unknown, or one too many is refused, and he does not see what is for others', async () => {
    const phone = await phoneOf('zhang')
    const others = await open({ audience: { ...EVERYBODY, platforms: ['nobody'] } })
    const closed = await open({ startsAtMs: Date.now() + HOUR_MS / 2, endsAtMs: Date.now() + 2 * HOUR_MS })
    expect([await signUp(phone, others), await signUp(phone, closed), await signUp(phone, randomUUID())]).toEqual(['not_invited', 'training_over', 'training_unknown'].map((error) => ({ ok: false, error })))
    expect([await find(phone, others), await find(phone, closed)]).toEqual([undefined, undefined])
    // A refusal leaves nothing behind.
    expect(await district.database.query('SELECT 1 FROM signups WHERE training_id = ANY($1::uuid[])', [[others, closed]])).toEqual([])
    const answers: unknown[] = []
    for (let more = 0; more < 11; more += 1) answers.push((await signUp(phone, await open())).ok)
    expect(answers.filter((ok) => ok === true).length).toBeLessThan(10)
    expect(await signUp(phone, await open())).toEqual({ ok: false, error: 'signups_full' })
    expect(await phone.ask('sign-up', { request: 'x', training: others, revision: 1, despiteClash: false })).toEqual({ ok: false, error: 'bad_request' })
  })

  test('a code is good for one phone and its purpose, and its session ends', async () => {
    const session = await district.signIn(demoRider('li'))
    const { code } = await district.handOver('my_trainings', session)
    const [one, other] = [district.phone(), district.phone()]
    expect((await one.ask('open', { code })).ok).toBe(true)
    expect(await other.ask('open', { code })).toEqual({ ok: false, error: 'code_used' })
    expect(await other.ask('my-trainings', {})).toEqual({ ok: false, error: 'session_over' })
    expect(await one.ask('my-points', {})).toEqual({ ok: false, error: 'other_purpose' })
    const points = district.phone()
    await points.ask('open', { code: (await district.handOver('my_points', session)).code })
    expect(await signUp(points, await open())).toEqual({ ok: false, error: 'other_purpose' })
    const late = district.phone()
    await late.ask('open', { code: (await district.handOver('my_trainings', session)).code })
    const training = await open()
    district.clock.offsetMs = PHONE_SESSION_MS_MAX + 1
    expect([await signUp(late, training), await seated(training)]).toEqual([{ ok: false, error: 'session_over' }, 0])
    district.clock.offsetMs = 0
  })

  test('a training’s calendar file is had without a session and holds nobody', async () => {
    const get = async (file: string): Promise<[number, string | null, string]> => {
      const response = await fetch(`${district.url}/phone/calendar/${file}`)
      return [response.status, response.headers.get('content-type'), await response.text()]
    }
    const [status, type, text] = await get(`${demoTrainingId('fire-tomorrow')}.zh.ics`)
    expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(text).toContain('SUMMARY:灭火器实操\r\n')
    expect((await get(`${demoTrainingId('fire-tomorrow')}.en.ics`))[2]).toContain('hands on')
    expect((await get(`${demoTrainingId('road-snow')}.zh.ics`))[2]).toContain('STATUS:CANCELLED')
    expect([(await get(`${randomUUID()}.zh.ics`))[0], (await get('x.zh.ics'))[0], (await get(`${demoTrainingId('fire')}.fr.ics`))[0]]).toEqual([404, 404, 404])
  })
})
