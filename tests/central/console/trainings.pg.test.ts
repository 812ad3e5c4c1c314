// Trainings through the office's doors: made once however often it is asked, changed by two people at once, with fewer places than
// people, cancelled; who sees whose names; who came, at the door and afterwards. On both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { cancelAtCentral, signUpAtCentral } from '../../../central/trainings/rider-trainings.ts'
import { auditTrailDoor } from '../../../contract/console/audit-trail.ts'
import type { AskedOf, OfficeAnswer, TableAnswer } from '../../../contract/console/console-door.ts'
import { overviewDoor } from '../../../contract/console/overview.ts'
import { riderDoor } from '../../../contract/console/riders.ts'
import {
  cancelTrainingDoor, changeTrainingDoor, makeTrainingsDoor, recordAttendanceDoor, trainingDoor, type TrainingEntered, type TrainingRow, trainingsDoor,
} from '../../../contract/console/trainings.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type OfficePerson, startTestOffice, STATION, tableQuestion, type TestOffice } from '../../support/office.ts'
import { demoRider, readBooks } from '../../support/test-central.ts'
import { newsOf } from '../../support/training-town.ts'

const HOUR_MS = 3_600_000
const WEEK_MS = 168 * HOUR_MS
const OK = { ok: true, answer: {} }
const refused = (error: string): object => ({ ok: false, error })
const ELSEWHERE = stations[1]?.id ?? ''

function right<Answer>(outcome: OfficeAnswer<Answer>): Answer {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.answer
}

type Making = AskedOf<typeof makeTrainingsDoor>

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let staff: OfficePerson
  let second: OfficePerson
  let head: OfficePerson
  let helper: OfficePerson

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    staff = await office.person('district_staff')
    second = await office.person('district_staff', 'second')
    head = await office.person('station_head')
    helper = await office.person('volunteer')
  }, 60_000)

  afterAll(async () => {
    expect((await readBooks(office.database)).wrong).toEqual([])
    expect((await auditBooks(office.database)).differences).toEqual([])
    await office.close()
    await databases.stop()
  }, 60_000)

  beforeEach(() => {
    office.clock.nowMs += 1_000
  })

  const making = (more: Partial<Making> = {}, weeks = 1): Making => ({
    series: randomUUID(), topic: 'cpr', title: { zh: '心肺复苏', en: '' }, place: { zh: '二楼', en: 'Second floor' }, host: STATION, capacity: 4, points: 10, certificateMonths: 24,
    audience: { platforms: [], stations: [], groups: [] }, closingMinutes: 60, answerMinutes: 720, lateMinutes: 15, walkIns: true,
    trainings: Array.from({ length: weeks }, (_, week) => ({ id: randomUUID(), startsAtMs: office.clock.nowMs + 48 * HOUR_MS + week * WEEK_MS, endsAtMs: office.clock.nowMs + 50 * HOUR_MS + week * WEEK_MS })),
    ...more,
  })
  const made = async (more: Partial<Making> = {}, by = staff): Promise<string> => {
    const asked = making(more)
    expect(await by.ask(makeTrainingsDoor, asked)).toEqual(OK)
    return asked.trainings[0]?.id ?? ''
  }
  const read = async (training: string, by = staff) => right(await by.ask(trainingDoor, { training }))
  const changing = async (training: string, more: Partial<TrainingEntered>, surplusIsMeant = false): Promise<AskedOf<typeof changeTrainingDoor>> => {
    const { form, revision } = await read(training)
    return { training, revision, surplusIsMeant, form: { ...form, ...more } as TrainingEntered }
  }
  const signUp = async (training: string, handle: string): Promise<string> => {
    const request = randomUUID()
    const result = await sqlStore(office.database).transaction('write', (transaction) => signUpAtCentral(transaction, { training, rider: demoRider(handle), request, revision: 1 }, office.clock.nowMs))
    if (!result.ok) throw new Error(result.error)
    return request
  }
  const giveUp = async (training: string, handle: string, signup: string): Promise<void> => {
    const result = await sqlStore(office.database).transaction('write', (transaction) => cancelAtCentral(transaction, { training, rider: demoRider(handle), signup }, office.clock.nowMs))
    if (!result.ok) throw new Error(result.error)
  }
  const lines = async (row: string): Promise<{ act: string; before: object; after: object }[]> =>
    right(await staff.ask(auditTrailDoor, tableQuestion('at', { search: row }))).rows.map(({ act, before, after }) => ({ act, before, after }))
  const countOf = async (series: string): Promise<number> => (await office.database.query('SELECT 1 FROM trainings WHERE series_id = $1', [series])).length

  test('a series is made in one act, once: asked again, or twice at the same moment, there are no more of them', async () => {
    const asked = making({}, 6)
    expect(await Promise.all([staff.ask(makeTrainingsDoor, asked), staff.ask(makeTrainingsDoor, asked)])).toEqual([OK, OK])
    expect(await staff.ask(makeTrainingsDoor, asked)).toEqual(OK)
    expect(await countOf(asked.series)).toBe(6)
    const [first] = asked.trainings
    const answer = await read(first?.id ?? '')
    expect([answer.others.map(({ id }) => id), answer.training.title, answer.places.taken]).toEqual([asked.trainings.slice(1).map(({ id }) => id), { zh: '心肺复苏', en: '心肺复苏' }, 0])
    expect(await lines(first?.id ?? '')).toMatchObject([{ act: 'training_made', after: { capacity: 4, host: STATION, closingMinutes: 60, answerMinutes: 720 } }])
    // The same ids with something else in the form are no repeat.
    expect(await staff.ask(makeTrainingsDoor, { ...asked, capacity: 9 })).toEqual(refused('training_exists'))
    expect(await staff.ask(makeTrainingsDoor, { ...asked, trainings: [...asked.trainings, ...making().trainings] })).toEqual(refused('training_exists'))
    expect(await countOf(asked.series)).toBe(6)
  })

  test('times that can not be, a station of nowhere and nonsense are refused, and nothing is made', async () => {
    const { nowMs } = office.clock
    const at = (startsAtMs: number, endsAtMs: number): Partial<Making> => ({ trainings: [{ id: randomUUID(), startsAtMs, endsAtMs }] })
    for (const times of [at(nowMs - 1, nowMs + HOUR_MS), at(nowMs + 5 * HOUR_MS, nowMs + 5 * HOUR_MS), at(nowMs + HOUR_MS, nowMs + 14 * HOUR_MS), at(nowMs + 4 * 366 * 24 * HOUR_MS, nowMs + 4 * 366 * 24 * HOUR_MS + HOUR_MS)]) {
      expect(await staff.ask(makeTrainingsDoor, making(times))).toEqual(refused('wrong_times'))
    }
    expect(await staff.ask(makeTrainingsDoor, making({ host: randomUUID() }))).toEqual(refused('unknown_station'))
    expect(await staff.ask(makeTrainingsDoor, making({ audience: { platforms: [], stations: [randomUUID()], groups: [] } }))).toEqual(refused('unknown_station'))
    const before = right(await staff.ask(trainingsDoor, tableQuestion('starts'))).count
    for (const more of [{ title: { zh: '', en: '' } }, { title: { zh: '长'.repeat(10_000), en: '' } }, { title: { zh: '长'.repeat(41), en: '' } }, { title: { zh: '\u200b\u202e', en: '' } }, { capacity: 0 }, { capacity: 301 }, { certificateMonths: 0 }, { trainings: [] }]) {
      expect(await staff.ask(makeTrainingsDoor, making(more))).toEqual(refused('bad_request'))
    }
    const one = making()
    expect(await staff.ask(makeTrainingsDoor, { ...one, trainings: [...one.trainings, ...one.trainings] })).toEqual(refused('bad_request'))
    expect(right(await staff.ask(trainingsDoor, tableQuestion('starts'))).count).toEqual(before)
  })

  test('words are kept as they were meant: tags are text, emoji and Uyghur whole, what nobody sees is gone', async () => {
    const title = { zh: '<b>急救</b> 👨‍👩‍👧 قۇتقۇزۇش\u202e\u200b', en: '<script>alert(1)</script>' }
    const training = await made({ title, place: { zh: '二楼\n活动室', en: '' } })
    const { training: shown } = await read(training)
    expect([shown.title, shown.place.zh]).toEqual([{ zh: '<b>急救</b> 👨‍👩‍👧 قۇتقۇزۇش', en: '<script>alert(1)</script>' }, '二楼 活动室'])
    // What stations mirror of it is within their columns.
    const longest = '👨‍👩‍👧'.repeat(18)
    expect(await staff.ask(makeTrainingsDoor, making({ title: { zh: longest, en: '' } }))).toEqual(OK)
    expect(await staff.ask(makeTrainingsDoor, making({ title: { zh: '👨‍👩‍👧'.repeat(30), en: '' } }))).toEqual(refused('bad_request'))
  })

  test('two staff change the same training at once: one is written, the other sees it and writes on top of it', async () => {
    const training = await made()
    const [mine, theirs] = [await changing(training, { points: 30 }), await changing(training, { place: { zh: '三楼', en: 'Third floor' } })]
    const outcomes = await Promise.all([staff.ask(changeTrainingDoor, mine), second.ask(changeTrainingDoor, theirs)])
    expect(outcomes.filter(({ ok }) => ok)).toEqual([OK])
    expect(outcomes.find(({ ok }) => !ok)).toEqual(refused('changed_meanwhile'))
    const [late, lateForm] = outcomes[0].ok ? [second, theirs] : [staff, mine]
    const now = await read(training)
    expect(now.revision).toBe(2)
    // Both changes are there in the end, and the answer that was lost is the same answer.
    const merged = { ...lateForm, revision: 2, form: { ...now.form, ...(outcomes[0].ok ? { place: theirs.form.place } : { points: 30 }) } as TrainingEntered }
    expect([await late.ask(changeTrainingDoor, merged), await late.ask(changeTrainingDoor, merged)]).toEqual([OK, OK])
    const { form, revision } = await read(training)
    expect([form.points, form.place.zh, revision]).toEqual([30, '三楼', 3])
    expect((await lines(training)).map(({ act }) => act)).toEqual(['training_made', 'training_changed', 'training_changed'])
  })

  test('a change that says nothing new changes nothing; one of time is told to who had signed up, with what differs in the trail', async () => {
    const training = await made()
    await signUp(training, 'zhang')
    expect(await staff.ask(changeTrainingDoor, await changing(training, {}))).toEqual(OK)
    expect((await read(training)).revision).toBe(1)
    const { form } = await read(training)
    expect(await staff.ask(changeTrainingDoor, await changing(training, { startsAtMs: form.startsAtMs + HOUR_MS, endsAtMs: form.endsAtMs + HOUR_MS }))).toEqual(OK)
    const { revision, people } = await read(training)
    expect([revision, people?.map(({ maskedName, standing, hasSeen }) => ({ maskedName, standing, hasSeen }))]).toEqual([2, [{ maskedName: '张*', standing: 'seated', hasSeen: false }]])
    expect((await lines(training)).at(-1)).toEqual({ act: 'training_changed', before: { startsAtMs: form.startsAtMs, endsAtMs: form.endsAtMs }, after: { startsAtMs: form.startsAtMs + HOUR_MS, endsAtMs: form.endsAtMs + HOUR_MS } })
    expect(await staff.ask(changeTrainingDoor, await changing(training, { startsAtMs: office.clock.nowMs - 1 }))).toEqual(refused('wrong_times'))
  })

  test('the door has rules of the training: kept, changed, in the trail, told to stations', async () => {
    const training = await made({ lateMinutes: 5, walkIns: false })
    expect((await read(training)).form).toMatchObject({ lateMinutes: 5, walkIns: false })
    expect(await staff.ask(changeTrainingDoor, await changing(training, { lateMinutes: 40 }))).toEqual(OK)
    expect((await read(training)).form).toMatchObject({ lateMinutes: 40, walkIns: false })
    expect((await lines(training)).at(-1)).toEqual({ act: 'training_changed', before: { lateMinutes: 5 }, after: { lateMinutes: 40 } })
    for (const lateMinutes of [-1, 241, 1.5]) expect(await staff.ask(changeTrainingDoor, await changing(training, { lateMinutes }))).toEqual(refused('bad_request'))
  })

  test('fewer places than people: said first, and only then done; nobody loses one, and cancellations bring it down', async () => {
    const training = await made({ capacity: 3 })
    const signups = [await signUp(training, 'zhang'), await signUp(training, 'li'), await signUp(training, 'guli')]
    expect(await staff.ask(changeTrainingDoor, await changing(training, { capacity: 1 }))).toEqual(refused('fewer_than_seated'))
    expect((await read(training)).form.capacity).toBe(3)
    expect(await staff.ask(changeTrainingDoor, await changing(training, { capacity: 1 }, true))).toEqual(OK)
    const after = await read(training)
    expect([after.places, after.people?.map(({ standing }) => standing)]).toEqual([{ taken: 3, offered: 0, free: 0, lent: 0, surplus: 2 }, ['seated', 'seated', 'seated']])
    await signUp(training, 'ouyang')
    await giveUp(training, 'zhang', signups[0] ?? '')
    expect(await read(training)).toMatchObject({ places: { taken: 2, surplus: 1 }, people: [{ standing: 'seated' }, { standing: 'seated' }, { standing: 'waiting', turn: 1, maskedName: '欧阳*' }, { standing: 'cancelled' }] })
    // Something else is changed while there are too many: nothing is asked again.
    expect(await staff.ask(changeTrainingDoor, await changing(training, { points: 5 }))).toEqual(OK)
  })

  test('a place that came free is held for the head of the list, with its end', async () => {
    const training = await made({ capacity: 1, answerMinutes: 90 })
    const signup = await signUp(training, 'zhang')
    await signUp(training, 'li')
    await giveUp(training, 'zhang', signup)
    expect(await read(training)).toMatchObject({ places: { taken: 0, offered: 1 }, people: [{ maskedName: '李*', standing: 'offered', offerEndsAtMs: office.clock.nowMs + 90 * 60_000 }, { standing: 'cancelled' }] })
  })

  test('a cancelled training keeps its reason for who had signed up, takes no change, and is cancelled once', async () => {
    const training = await made()
    await signUp(training, 'zhang')
    expect(await staff.ask(cancelTrainingDoor, { training, revision: 2, reason: '老师生病' })).toEqual(refused('changed_meanwhile'))
    const cancel = { training, revision: 1, reason: '老师<i>生病</i>' }
    expect([await staff.ask(cancelTrainingDoor, cancel), await staff.ask(cancelTrainingDoor, cancel)]).toEqual([OK, OK])
    expect(await read(training)).toMatchObject({ cancelReason: '老师<i>生病</i>', training: { state: 'cancelled' }, people: [{ standing: 'seated', hasSeen: false }] })
    expect((await lines(training)).filter(({ act }) => act === 'training_cancelled')).toHaveLength(1)
    expect(await staff.ask(cancelTrainingDoor, { ...cancel, revision: 2, reason: '别的' })).toEqual(refused('training_cancelled'))
    expect(await staff.ask(changeTrainingDoor, { ...(await changing(training, { points: 1 })) })).toEqual(refused('training_cancelled'))
    expect(await staff.ask(recordAttendanceDoor, { training, rider: demoRider('zhang') })).toEqual(refused('training_cancelled'))
    for (const reason of ['', ' \u200b', '因'.repeat(61)]) expect(await staff.ask(cancelTrainingDoor, { ...cancel, reason })).toEqual(refused('bad_request'))
  })

  test('a station head acts for the own station; of another’s trainings he sees how many, and nobody', async () => {
    const elsewhere = await made({ host: ELSEWHERE })
    await signUp(elsewhere, 'zhang')
    const seen = await read(elsewhere, head)
    expect([seen.training.seated, seen.people]).toEqual([1, null])
    expect(await head.ask(makeTrainingsDoor, making({ host: ELSEWHERE }))).toEqual(refused('not_your_station'))
    expect(await head.ask(changeTrainingDoor, await changing(elsewhere, { points: 1 }))).toEqual(refused('not_your_station'))
    expect(await head.ask(cancelTrainingDoor, { training: elsewhere, revision: 1, reason: '不' })).toEqual(refused('not_your_station'))
    expect(await helper.ask(recordAttendanceDoor, { training: elsewhere, rider: demoRider('zhang') })).toEqual(refused('not_your_station'))
    const own = await made({}, head)
    expect(await head.ask(changeTrainingDoor, await changing(own, { host: ELSEWHERE }))).toEqual(refused('not_your_station'))
    expect(await head.ask(changeTrainingDoor, await changing(own, { points: 1 }))).toEqual(OK)
    expect((await read(own, helper)).people).toEqual([])
    expect(await staff.ask(trainingDoor, { training: randomUUID() })).toEqual(refused('unknown_training'))
  })

  test('who has forgotten the card is entered by whoever helps at the door, once, with points and certificate', async () => {
    const training = await made()
    const { startsAtMs } = (await read(training)).form
    const rider = demoRider('zhang')
    await signUp(training, 'zhang')
    const before = right(await staff.ask(riderDoor, { rider })).rider.points
    expect(await helper.ask(recordAttendanceDoor, { training, rider })).toEqual(refused('too_early'))
    office.clock.nowMs = startsAtMs - 10 * 60_000
    helper = await office.person('volunteer', `helper.${engine}`)
    staff = await office.person('district_staff', `staff.${engine}`)
    head = await office.person('station_head', `head.${engine}`)
    const attended = { ok: true, answer: { late: false, walkIn: false, points: 10, certificate: true } }
    expect([await helper.ask(recordAttendanceDoor, { training, rider }), await helper.ask(recordAttendanceDoor, { training, rider })]).toEqual([attended, attended])
    expect(await staff.ask(recordAttendanceDoor, { training, rider })).toEqual(refused('already_attended'))
    expect(right(await staff.ask(riderDoor, { rider })).rider.points).toBe(before + 10)
    expect((await read(training)).people).toMatchObject([{ standing: 'attended', attended: { late: false, walkIn: false, points: 10, account: `helper.${engine}`, station: null, certificate: { number: expect.stringMatching(/^\w{5}-\w{5}$/) as string } } }])
    expect((await lines(training)).at(-1)).toMatchObject({ act: 'attendance_recorded', after: { rider, points: 10, certificate: true, afterwards: false } })
    // Nobody whom that station does not know.
    expect(await helper.ask(recordAttendanceDoor, { training, rider: randomUUID() })).toEqual(refused('unknown_rider'))
  })

  test('when it is over the head enters who was there, for seven days; what is entered says when it was', async () => {
    const training = await made({ capacity: 2 })
    const { startsAtMs, endsAtMs } = (await read(training)).form
    for (const handle of ['li', 'guli']) await signUp(training, handle)
    office.clock.nowMs = endsAtMs + HOUR_MS
    helper = await office.person('volunteer', `helper2.${engine}`)
    staff = await office.person('district_staff', `staff2.${engine}`)
    head = await office.person('station_head', `head2.${engine}`)
    expect(await staff.ask(changeTrainingDoor, await changing(training, { points: 1 }))).toEqual(refused('training_over'))
    expect(await helper.ask(recordAttendanceDoor, { training, rider: demoRider('li') })).toEqual(refused('too_late'))
    expect(await head.ask(recordAttendanceDoor, { training, rider: demoRider('li') })).toEqual({ ok: true, answer: { late: false, walkIn: false, points: 10, certificate: true } })
    // Two places, one came with his: one more may have stood there.
    expect(await staff.ask(recordAttendanceDoor, { training, rider: demoRider('ouyang') })).toEqual({ ok: true, answer: { late: false, walkIn: true, points: 10, certificate: true } })
    expect(await staff.ask(recordAttendanceDoor, { training, rider: demoRider('chen') })).toEqual(refused('training_full'))
    expect((await read(training)).people?.map(({ attended }) => attended?.atMs ?? null)).toEqual([startsAtMs, startsAtMs, null])
    const [{ entered } = { entered: 0 }] = await office.database.query<{ entered: number }>(`SELECT at_ms AS entered FROM entries WHERE rider_id = $1 AND reason = 'training' ORDER BY booked_at_ms DESC LIMIT 1`, [demoRider('ouyang')])
    expect(entered).toBe(startsAtMs)
    const topics = right(await staff.ask(overviewDoor, {})).trainings
    const [{ attended } = { attended: 0 }] = await office.database.query<{ attended: number }>('SELECT count(*) AS attended FROM attendances')
    expect(topics.reduce((sum, topic) => sum + topic.attended, 0)).toBe(attended)
    office.clock.nowMs = endsAtMs + WEEK_MS
    staff = await office.person('district_staff', `staff3.${engine}`)
    expect(await staff.ask(recordAttendanceDoor, { training, rider: demoRider('guli') })).toEqual(refused('too_late'))
  })

  test('the table finds by topic, state, station and a word, in any case, and turns its pages in order', async () => {
    const law = await made({ topic: 'law', title: { zh: '劳动合同', en: 'Contracts of Work' }, host: ELSEWHERE })
    const find = async (more: object): Promise<string[]> => right(await staff.ask(trainingsDoor, tableQuestion('starts', more))).rows.map(({ id }) => id)
    expect([await find({ search: 'contracts of' }), await find({ filters: { topic: 'law' } }), await find({ search: '%' })]).toEqual([[law], [law], []])
    expect((await find({ filters: { station: ELSEWHERE } })).includes(law)).toBe(true)
    expect((await find({ filters: { state: 'over' } })).includes(law)).toBe(false)
    const all = right(await staff.ask(trainingsDoor, tableQuestion('starts', { limit: 100 }))).rows
    const ahead = right(await staff.ask(trainingsDoor, tableQuestion('starts', { limit: 100, filters: { state: 'not_over' } }))).rows
    expect(ahead.map(({ id }) => id)).toEqual(all.filter(({ state }) => state === 'to_come' || state === 'under_way').map(({ id }) => id))
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['over', 'cancelled', 'to_come']))
    const paged: string[] = []
    for (let after: string | null = null; ; ) {
      const page: TableAnswer<TrainingRow> = right(await staff.ask(trainingsDoor, tableQuestion('starts', { limit: 3, after })))
      paged.push(...page.rows.map(({ id }) => id))
      after = page.next
      if (after === null) break
    }
    expect(paged).toEqual(all.map(({ id }) => id))
    expect(await staff.ask(trainingsDoor, tableQuestion('starts', { filters: { state: 'nonsense' } }))).toEqual(refused('bad_request'))
  })

  test('moved while its host is cut off: who sat down there meanwhile keeps the place, and staff see that he has not heard yet', async () => {
    const station = office.first.begin()
    await station.hello()
    const training = await made()
    const [block] = await newsOf(station, 'seat_block', training)
    const { form } = await read(training)
    expect(await staff.ask(changeTrainingDoor, await changing(training, { startsAtMs: form.startsAtMs + HOUR_MS, endsAtMs: form.endsAtMs + HOUR_MS }))).toEqual(OK)
    // It had the block and knew the first time only.
    station.record('seat_block.received/1', { block: block?.id ?? '', training, seats: block?.seats ?? [] })
    station.record('signup.seated/1', { request: randomUUID(), training, rider: demoRider('zhang'), seat: block?.seats[0] ?? 0, revision: 1 })
    expect(await station.push()).toMatchObject({ outcomes: [{ outcome: 'recorded' }, { outcome: 'recorded' }] })
    expect(await read(training)).toMatchObject({ revision: 2, places: { taken: 1, lent: 1, free: 2 }, people: [{ maskedName: '张*', standing: 'seated', seat: block?.seats[0], hasSeen: false }] })
  })
})
