import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { KNOCK_MS_MAX, SESSION_IDLE_MS_MAX } from '../../../station/desk/session.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { catalogue, FORMER_STAFF, LI, openEmptyCounter, PIN, rider, signPass, STRANGER, TODAY, WANG, ZHANG } from '../../support/counter.ts'
import { factsOf, openWorkingDesk, type WorkingDesk } from './working-desk.ts'

const zhang = signPass({ holderId: ZHANG })
const li = signPass({ holderId: LI })
const wang = signPass({ holder: 'staff', holderId: WANG })
const ENDED = { ok: false, refusal: { code: 'session_ended' } }
const DONE = { ok: true, output: {} }

test('a genuine pass opens a session: greeted by masked name, with points, limits and the how-many-th visit', () => {
  const at = openWorkingDesk()
  expect(at.scan(zhang)).toEqual([{ kind: 'session_opened' }])
  expect(at.session()).toEqual({
    kind: 'rider',
    session: expect.any(String) as string,
    maskedName: '张*',
    standing: 'active',
    hideBalance: false,
    points: { balance: 126, here: 126, pending: 0, elsewhere: { reach: 'asking', places: [] } },
    fetching: true,
    visitToday: 1,
    sameVisit: false,
    checkedInAtMs: at.counter.clock.wallMs(),
    limitLeft: [{ item: 'noodles', left: 2 }],
    signups: [],
    certificates: [],
    invitations: [],
    wishes: [],
  })
  expect(factsOf(at.counter).at(-1)).toEqual({ kind: 'checkin.recorded', body: { rider: ZHANG, card: 1, known: true } })
})

test('who comes back within the same visit is not welcomed as the first time today once more', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  await at.ask('end_session', { session: at.session().session })
  at.counter.clock.advance(5 * 60_000)
  at.scan(zhang)
  expect(at.session()).toMatchObject({ visitToday: 1, sameVisit: true })
  await at.ask('end_session', { session: at.session().session })
  at.counter.clock.advance(30 * 60_000)
  at.scan(zhang)
  expect(at.session()).toMatchObject({ visitToday: 2, sameVisit: false })
})

test('the same holder scanned again stays in the same session and is no second visit', () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const { session } = at.session()
  const facts = factsOf(at.counter).length
  expect(at.scan(zhang)).toEqual([{ kind: 'same_holder' }])
  expect([at.session().session, factsOf(at.counter).length]).toEqual([session, facts])
})

test('another one’s pass knocks: the view says that somebody waits and not who', () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const { session } = at.session()
  expect(at.scan(li)).toEqual([{ kind: 'knocked' }])
  expect(at.view().knock).toEqual({ number: 1, kind: 'rider' })
  expect(at.session().session).toBe(session)
  expect(JSON.stringify(at.view())).not.toMatch(new RegExp(`李|${LI}`))
})

test('letting in ends the first session and opens the second', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const first = at.session().session
  at.scan(li)
  expect(await at.ask('answer_knock', { knock: 1, letIn: true })).toEqual(DONE)
  expect(at.view()).toMatchObject({ knock: null, session: { maskedName: '李*', standing: 'suspended' } })
  expect(await at.redeemSoap(first)).toEqual(ENDED)
})

test('refusing keeps the session, and an answer to a knock that is over changes nothing', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const { session } = at.session()
  at.scan(li)
  expect(await at.ask('answer_knock', { knock: 1, letIn: false })).toEqual(DONE)
  expect(at.view()).toMatchObject({ knock: null, session: { session } })
  expect(await at.ask('answer_knock', { knock: 1, letIn: true })).toEqual(ENDED)
  expect(at.session().session).toBe(session)
})

test('of two who knock the later one waits, under a number of his own', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  at.scan(li)
  at.scan(wang)
  expect(at.view().knock).toEqual({ number: 2, kind: 'staff' })
  expect(await at.ask('answer_knock', { knock: 1, letIn: true })).toEqual(ENDED)
  expect(await at.ask('answer_knock', { knock: 2, letIn: true })).toEqual(DONE)
  expect(at.session().kind).toBe('staff')
})

test('a knock that nobody answers is forgotten', () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  at.scan(li)
  at.counter.clock.advance(KNOCK_MS_MAX + 1)
  at.desk.tick()
  expect(at.view()).toMatchObject({ knock: null, session: { maskedName: '张*' } })
})

test('a rider who has his goods is followed without asking', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  expect(await at.redeemSoap(at.session().session)).toMatchObject({ ok: true })
  expect(at.scan(li)).toEqual([{ kind: 'session_opened' }])
  expect(at.view()).toMatchObject({ knock: null, session: { maskedName: '李*' } })
})

test('a rider who has his goods and scans again stays: the next one has to ask', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  await at.redeemSoap(at.session().session)
  at.counter.clock.advance(2_000)
  expect(at.scan(zhang)).toEqual([{ kind: 'same_holder' }])
  expect(at.scan(li)).toEqual([{ kind: 'knocked' }])
})

const WAYS_TO_END: [string, (at: WorkingDesk) => Promise<void>][] = [
  ['the person', async (at) => void (await at.ask('end_session', { session: at.session().session }))],
  ['the screen going away', async (at) => at.desk.screenGone()],
  [
    'the idle limit',
    async (at) => {
      at.counter.clock.advance(SESSION_IDLE_MS_MAX + 1)
      at.desk.tick()
    },
  ],
]
test.each(WAYS_TO_END)('a session ended by %s is wiped: nothing of the rider is in the view, his request that was not sent lapses, its id opens nothing', async (_how, end) => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const { session } = at.session()
  at.scan(li)
  await end(at)
  expect(at.view()).toMatchObject({ session: null, knock: null })
  expect(JSON.stringify(at.view())).not.toContain('张')
  expect(at.counter.database.read.all('SELECT rider FROM allowance_requests')).toEqual([])
  expect(await at.ask('keep_session', { session })).toEqual(ENDED)
  expect(await at.ask('list_entries', { session, page: 0, pageSize: 5 })).toEqual(ENDED)
})

test('a session that is kept, tapped or scanned in does not run into the idle limit', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const { session } = at.session()
  for (const touch of [() => at.ask('keep_session', { session }), () => at.ask('list_entries', { session, page: 0, pageSize: 5 }), () => at.scan('6990000010014')]) {
    at.counter.clock.advance(SESSION_IDLE_MS_MAX - 10_000)
    await touch()
  }
  at.counter.clock.advance(SESSION_IDLE_MS_MAX - 10_000)
  at.desk.tick()
  expect(at.session().session).toBe(session)
})

test('a clock set a year ahead or back ends no session', () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  for (const years of [1, -1]) {
    at.counter.clock.setWall(at.counter.clock.wallMs() + years * 365 * 86_400_000)
    at.desk.tick()
  }
  expect(at.session().kind).toBe('rider')
})

test('an unknown rider is welcomed without a name and fetched; once his row is here he may spend in the same session', async () => {
  const at = openWorkingDesk()
  at.wanted.add(STRANGER)
  expect(at.scan(signPass({ holderId: STRANGER }))).toEqual([{ kind: 'session_opened' }])
  expect(at.session()).toMatchObject({ kind: 'rider', maskedName: null, standing: 'unknown', points: null, fetching: true })
  expect(at.nudges).toEqual([STRANGER])
  expect(factsOf(at.counter).at(-1)).toEqual({ kind: 'checkin.recorded', body: { rider: STRANGER, card: 1, known: false } })
  expect(await at.redeemSoap(at.session().session)).toEqual({ ok: false, refusal: { code: 'rider_unknown' } })

  applyChanges(at.counter, [rider(STRANGER, { maskedName: '热*', balance: 40 })])
  at.wanted.delete(STRANGER)
  at.desk.mirrorChanged()
  expect(at.session()).toMatchObject({ maskedName: '热*', standing: 'active', points: { balance: 40, here: 0 }, fetching: true })
  expect(at.counter.database.read.all('SELECT rider, sent FROM allowance_requests')).toEqual([{ rider: STRANGER, sent: 0 }])
  expect(at.nudges).toEqual([STRANGER, null])
})

test('a rider whom central does not know either is not waited for', () => {
  const at = openWorkingDesk()
  at.wanted.add(STRANGER)
  at.scan(signPass({ holderId: STRANGER }))
  at.wanted.delete(STRANGER)
  at.desk.mirrorChanged()
  expect(at.session()).toMatchObject({ standing: 'unknown', fetching: false })
})

test('a rider who came while there was no network is asked for when there is one again, once', () => {
  const at = openWorkingDesk()
  at.online = false
  at.scan(zhang)
  expect(at.session()).toMatchObject({ fetching: false })
  at.desk.mirrorChanged()
  expect(at.counter.database.read.all('SELECT rider FROM allowance_requests')).toEqual([])
  at.online = true
  at.desk.mirrorChanged()
  expect(at.counter.database.read.all('SELECT rider FROM allowance_requests')).toEqual([{ rider: ZHANG }])
  at.counter.database.write((writer) => writer.run('DELETE FROM allowance_requests'))
  at.desk.mirrorChanged()
  expect(at.counter.database.read.all('SELECT rider FROM allowance_requests')).toEqual([])
})

test('staff without a row here are welcomed as unknown, with no check-in, and can neither spend nor restock', async () => {
  const at = openWorkingDesk()
  const facts = factsOf(at.counter)
  expect(at.scan(signPass({ holder: 'staff', holderId: STRANGER }))).toEqual([{ kind: 'session_opened' }])
  const { session } = at.session()
  expect(at.session()).toMatchObject({ kind: 'rider', standing: 'unknown', fetching: false })
  expect(factsOf(at.counter)).toEqual(facts)
  expect(await at.redeemSoap(session)).toEqual(ENDED)
  expect(await at.ask('restock', { session, request: randomUUID(), lines: [{ item: 'soap', quantity: 1, expiryDay: null, donor: null }] })).toEqual({
    ok: false,
    refusal: { code: 'not_signed_in' },
  })
})

test('dismissed staff are refused as revoked, and the refusal says whose card it was', () => {
  const at = openWorkingDesk()
  expect(at.scan(signPass({ holder: 'staff', holderId: FORMER_STAFF, card: 4 }))).toEqual([{ kind: 'refused', verdict: 'revoked', detail: null }])
  expect(at.view().session).toBeNull()
  expect(factsOf(at.counter).at(-1)).toEqual({ kind: 'scan.refused', body: { verdict: 'revoked', count: 1, holder: FORMER_STAFF, card: 4 } })
})

test('staff who are dismissed while signed in can not restock any more', async () => {
  const at = openWorkingDesk()
  at.scan(wang)
  const { session } = at.session()
  expect(await at.ask('sign_in', { session, pin: PIN })).toEqual(DONE)
  applyChanges(at.counter, catalogue.flatMap((change) => (change.kind === 'staff' && change.row !== null && change.key === WANG ? [{ ...change, row: { ...change.row, active: false } }] : [])))
  expect(await at.ask('restock', { session, request: randomUUID(), lines: [{ item: 'soap', quantity: 1, expiryDay: null, donor: null }] })).toEqual(ENDED)
  expect(at.view().session).toBeNull()
})

test('a wrong PIN and the pause after the fifth are in the view', async () => {
  const at = openWorkingDesk()
  at.scan(wang)
  const { session } = at.session()
  expect(at.session()).toMatchObject({ kind: 'staff', signedIn: false, pin: { triesLeft: 5, lockedUntilMs: null }, donors: [] })
  expect(await at.ask('sign_in', { session, pin: '000000' })).toEqual({ ok: false, refusal: { code: 'pin_wrong', triesLeft: 4 } })
  expect(at.session()).toMatchObject({ pin: { triesLeft: 4, lockedUntilMs: null } })
  for (let wrong = 2; wrong <= 5; wrong += 1) await at.ask('sign_in', { session, pin: '000000' })
  const untilMs = at.counter.clock.wallMs() + 60_000
  expect(at.session()).toMatchObject({ signedIn: false, pin: { lockedUntilMs: untilMs } })
  expect(await at.ask('sign_in', { session, pin: PIN })).toEqual({ ok: false, refusal: { code: 'pin_locked', untilMs } })
  at.counter.clock.advance(60_000)
  expect(await at.ask('sign_in', { session, pin: PIN })).toEqual(DONE)
  expect(at.session()).toMatchObject({ signedIn: true, pin: { triesLeft: 5, lockedUntilMs: null }, donors: [{ name: { zh: '桂苑书店', en: 'Guiyuan Books' } }] })
})

test('a PIN proved right after the session changed signs nobody in: not the next one, not the same card again', async () => {
  const at = openWorkingDesk()
  at.scan(wang)
  const first = at.session().session
  const proving = at.ask('sign_in', { session: first, pin: PIN })
  await at.ask('end_session', { session: first })
  at.scan(wang)
  expect(await proving).toEqual(ENDED)
  expect(at.session()).toMatchObject({ kind: 'staff', signedIn: false })
  expect(at.session().session).not.toBe(first)
})

test('a redemption under another session’s id is refused, and takes nothing', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const facts = factsOf(at.counter).length
  expect(await at.redeemSoap(randomUUID())).toEqual(ENDED)
  expect([factsOf(at.counter).length, at.session()]).toEqual([facts, expect.objectContaining({ points: expect.objectContaining({ balance: 126, here: 126 }) })])
})

test('asked again after a restart, a redemption that was recorded is found by its request', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const { session } = at.session()
  const request = randomUUID()
  const first = await at.redeemSoap(session, request)
  const facts = factsOf(at.counter).length
  at.counter.database.close()

  const again = openWorkingDesk({ counter: openEmptyCounter(at.counter.folder, at.counter.clock) })
  expect(await again.redeemSoap(session, request)).toEqual(first)
  expect(await again.ask('find_redemption', { request })).toEqual(first)
  expect(await again.ask('find_redemption', { request: randomUUID() })).toEqual({ ok: true, output: { receipt: null } })
  expect([factsOf(again.counter).length, again.view().session]).toEqual([facts, null])
})

test('item codes never open a session: in nobody’s and in a rider’s they only say what they are, each time', () => {
  const at = openWorkingDesk()
  expect(at.scan('6990000010113')).toEqual([{ kind: 'item', item: 'soap', units: 12 }])
  expect(at.scan('4006381333931')).toEqual([{ kind: 'item_unknown', code: '4006381333931' }])
  expect(at.view().session).toBeNull()
  at.scan(zhang)
  const { session } = at.session()
  expect(at.scan('6990000010014')).toEqual([{ kind: 'item', item: 'soap', units: 1 }])
  expect(at.session().session).toBe(session)
})

test('the view holds no full name, no phone, no PIN hash and no id of a person, whoever stands there', async () => {
  const at = openWorkingDesk()
  const walk = (value: unknown): unknown[] => (typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => [key, ...walk(inner)]) : [value])
  const check = (): void => {
    const seen = walk(at.view()).map(String)
    for (const person of [ZHANG, LI, WANG, FORMER_STAFF]) expect(seen).not.toContain(person)
    expect(seen.filter((text) => /pinHash|phone|^1\d{10}$|[0-9a-f]{32}:[0-9a-f]{64}/.test(text))).toEqual([])
    expect(seen.filter((text) => /^[张李王胡][^*]/.test(text))).toEqual([])
  }
  check()
  at.scan(zhang)
  check()
  at.scan(li)
  check()
  await at.ask('answer_knock', { knock: 1, letIn: true })
  check()
  await at.ask('end_session', { session: at.session().session })
  at.scan(wang)
  await at.ask('sign_in', { session: at.session().session, pin: PIN })
  check()
})

test('points come in pages, newest first, with what for, where, and whether central has them', async () => {
  const at = openWorkingDesk()
  applyChanges(
    at.counter,
    Array.from({ length: 7 }, (_, day) => {
      const id = `0190b5a2-0000-7000-9000-00000000000${day}`
      const row = { id, rider: ZHANG, atMs: 1_000 + day, points: day, reason: 'service' as const, what: { zh: '送餐', en: 'Meal' }, lines: [], stationName: null }
      return { kind: 'entry' as const, scope: 'riders' as const, number: day + 1, key: id, row }
    }),
  )
  at.scan(zhang)
  const { session } = at.session()
  await at.redeemSoap(session)
  const first = await at.ask('list_entries', { session, page: 0, pageSize: 3 })
  expect(first).toEqual({
    ok: true,
    output: {
      total: 8,
      entries: [
        {
          id: expect.any(String) as string,
          atMs: at.counter.clock.wallMs(),
          points: -20,
          reason: 'redemption',
          what: null,
          stationName: { zh: '南湖', en: 'Nanhu' },
          waiting: true,
          lines: [{ item: 'soap', quantity: 1, points: 20, name: { zh: '物资soap', en: 'soap' } }],
        },
        expect.objectContaining({ points: 6, reason: 'service', what: { zh: '送餐', en: 'Meal' }, waiting: false }),
        expect.objectContaining({ points: 5 }),
      ],
    },
  })
  expect(await at.ask('list_entries', { session, page: 2, pageSize: 3 })).toMatchObject({ output: { total: 8, entries: [{ points: 1 }, { points: 0 }] } })
  expect(await at.ask('list_entries', { session, page: 3, pageSize: 3 })).toEqual({ ok: true, output: { total: 8, entries: [] } })
})

test('the demo’s codes are listed in the demo and refused elsewhere', async () => {
  const codes = [{ handle: 'zhang', label: { zh: '张', en: 'Zhang' }, kind: 'rider' as const, text: zhang }]
  expect(await openWorkingDesk({ demoCodes: codes }).ask('list_demo_codes', {})).toEqual({ ok: true, output: { codes } })
  expect(await openWorkingDesk().ask('list_demo_codes', {})).toEqual({ ok: false, refusal: { code: 'bad_request' } })
})

test('before central has said anything a rider is welcomed all the same, and the view says what is missing', () => {
  const at = openWorkingDesk({ counter: openEmptyCounter() })
  applyChanges(at.counter, catalogue.filter((change) => change.kind === 'pass_key'))
  expect(at.view()).toMatchObject({ station: null, shelf: [], trouble: { code: 'not_set_up', works: ['rest'] } })
  expect(at.scan(signPass({ holderId: ZHANG, issueDay: TODAY }))).toEqual([{ kind: 'session_opened' }])
  expect(at.session()).toMatchObject({ standing: 'unknown', maskedName: null })
})
