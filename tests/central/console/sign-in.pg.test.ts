// Signing in to the office: an invitation becomes an account, a name with a password and six digits becomes a session, and
// whoever guesses learns nothing.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { digitsNow } from '../../../central/console/six-digits.ts'
import { endSessionDoor, sessionsDoor, whoAmIDoor } from '../../../contract/console/session.ts'
import { closeAccountDoor, inviteAgainDoor } from '../../../contract/console/accounts.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { nextDigits, ORIGIN, PASSWORD, startTestOffice, tableQuestion, type TestOffice } from '../../support/office.ts'

const MINUTE_MS = 60_000

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 60_000)

  afterAll(() => databases.stop(), 60_000)

  beforeEach(async () => {
    office = await startTestOffice(databases)
  }, 60_000)

  afterEach(() => office.close())

  const refusal = (status: number, error: string): object => ({ status, body: { ok: false, error } })
  const outcome = ({ status, body }: { status: number; body: unknown }): object => ({ status, body })

  test('an invitation opens one account once, with a password that is no plaything', async () => {
    const { code } = await office.invite({ signInName: 'chen', role: 'district_staff' })
    const opened = (await office.post('open-invitation', { code: code.toLowerCase() })).body as { answer: { secret: string; qrSvg: string } }
    const { secret, qrSvg } = opened.answer
    expect(qrSvg.startsWith('<svg')).toBe(true)
    const sixDigits = digitsNow(secret, office.clock.nowMs)
    for (const password of ['short', 'aaaaaaaaaaaaaaaa', 'i-am-chen-and-more', '12345678901234567890']) {
      expect(outcome(await office.post('accept-invitation', { code, password, sixDigits })), password).toEqual(refusal(409, 'weak_password'))
    }
    expect(outcome(await office.post('accept-invitation', { code, password: PASSWORD, sixDigits: sixDigits === '000000' ? '111111' : '000000' }))).toEqual(refusal(409, 'wrong_code'))
    const accepted = await office.post('accept-invitation', { code, password: PASSWORD, sixDigits })
    expect({ status: accepted.status, setCookie: accepted.setCookie.replace(/=[\w-]{43};/, '=…;') }).toEqual({
      status: 200, setCookie: 'boai_office=…; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200',
    })
    expect(outcome(await office.post('accept-invitation', { code, password: PASSWORD, sixDigits }))).toEqual(refusal(404, 'unknown_invitation'))
    expect(outcome(await office.post('open-invitation', { code: 'not a code' }))).toEqual(refusal(404, 'unknown_invitation'))
  })

  test('an invitation that is three days old opens nothing', async () => {
    const { code } = await office.invite({ signInName: 'late', role: 'read_only' })
    office.clock.nowMs += 3 * 86_400_000
    expect(outcome(await office.post('open-invitation', { code }))).toEqual(refusal(404, 'unknown_invitation'))
  })

  test('whatever is wrong, the answer is the same; the same six digits count once', async () => {
    const { signInName, secret } = await office.person('district_staff')
    const wrong = refusal(403, 'wrong_sign_in')
    expect(outcome(await office.post('sign-in', { name: signInName, password: PASSWORD, code: digitsNow(secret, office.clock.nowMs) }))).toEqual(wrong)
    const code = nextDigits(office, secret)
    expect(outcome(await office.post('sign-in', { name: signInName, password: `${PASSWORD}!`, code }))).toEqual(wrong)
    expect(outcome(await office.post('sign-in', { name: 'nobody', password: PASSWORD, code }))).toEqual(wrong)
    expect(outcome(await office.post('sign-in', { name: signInName, password: PASSWORD, code: 'abcdef' }))).toEqual(wrong)
    const signedIn = await office.post('sign-in', { name: ` ${signInName.toUpperCase()} `, password: PASSWORD, code: ` ${code.slice(0, 3)} ${code.slice(3)}` })
    expect(signedIn.status).toBe(200)
    expect(outcome(await office.post('sign-in', { name: signInName, password: PASSWORD, code }))).toEqual(wrong)
    const { body } = await office.post('who-am-i', {}, { cookie: signedIn.cookie })
    expect(body).toMatchObject({ ok: true, answer: { role: 'district_staff', name: signInName, station: null, partner: null, utcOffsetMinutes: 480 } })
  })

  test('a name that is guessed six times rests for a quarter of an hour, whether it exists or not', async () => {
    const { signInName, secret } = await office.person('district_staff')
    const guess = async (name: string): Promise<object> => outcome(await office.post('sign-in', { name, password: 'a wrong password', code: '000000' }))
    for (const name of [signInName, 'nobody']) {
      for (let guesses = 1; guesses <= 6; guesses += 1) expect(await guess(name)).toEqual(refusal(403, 'wrong_sign_in'))
      expect(await guess(name)).toEqual(refusal(429, 'too_many_tries'))
    }
    expect(outcome(await office.post('sign-in', { name: signInName, password: PASSWORD, code: nextDigits(office, secret) }))).toEqual(refusal(429, 'too_many_tries'))
    office.clock.nowMs += 15 * MINUTE_MS
    expect((await office.post('sign-in', { name: signInName, password: PASSWORD, code: nextDigits(office, secret) })).status).toBe(200)
  })

  test('an address that guesses many names in a minute is told to wait', async () => {
    for (let guesses = 1; guesses <= 30; guesses += 1) await office.post('sign-in', { name: `name-${guesses}`, password: 'x', code: '000000' })
    expect(outcome(await office.post('sign-in', { name: 'another', password: 'x', code: '000000' }))).toEqual(refusal(429, 'too_many_tries'))
  }, 60_000)

  test('a session ends by idling, by age, by signing out, by staff, and with its account', async () => {
    const staff = await office.person('district_staff')
    const isOpen = async (cookie: string): Promise<boolean> => (await office.post('who-am-i', {}, { cookie })).status === 200
    const signIn = async (): Promise<string> => (await office.post('sign-in', { name: staff.signInName, password: PASSWORD, code: nextDigits(office, staff.secret) })).cookie

    office.clock.nowMs += 30 * MINUTE_MS
    expect(await isOpen(staff.cookie)).toBe(false)

    const used = await signIn()
    const beganAtMs = office.clock.nowMs
    while (office.clock.nowMs - beganAtMs < 11.5 * 3_600_000) {
      office.clock.nowMs += 29 * MINUTE_MS
      expect(await isOpen(used)).toBe(true)
    }
    office.clock.nowMs = beganAtMs + 12 * 3_600_000
    expect(await isOpen(used)).toBe(false)

    const left = await signIn()
    expect((await office.post('sign-out', {}, { cookie: left })).setCookie).toBe('boai_office=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
    expect(await isOpen(left)).toBe(false)

    const [mine, other] = [await signIn(), await office.person('read_only')]
    const listed = await office.post('sessions', tableQuestion('seen', { descending: true }), { cookie: mine })
    const rows = (listed.body as { answer: { rows: { id: string; account: string; state: string; isThis: boolean }[] } }).answer.rows
    expect(rows.filter(({ isThis }) => isThis)).toHaveLength(1)
    const others = rows.find(({ account }) => account === other.account)
    expect(others?.state).toBe('open')
    expect(await other.ask(endSessionDoor, { session: rows.find(({ isThis }) => isThis)?.id ?? '' })).toEqual({ ok: false, error: 'unknown_session' })
    expect((await office.post('end-session', { session: others?.id }, { cookie: mine })).status).toBe(200)
    expect(await other.ask(whoAmIDoor, {})).toEqual({ ok: false, error: 'not_signed_in' })

    const closed = await office.person('read_only', 'closed')
    expect((await office.post(closeAccountDoor.name, { account: closed.account }, { cookie: mine })).status).toBe(200)
    expect(await closed.ask(whoAmIDoor, {})).toEqual({ ok: false, error: 'not_signed_in' })
    expect(outcome(await office.post('sign-in', { name: closed.signInName, password: PASSWORD, code: nextDigits(office, closed.secret) }))).toEqual(refusal(403, 'wrong_sign_in'))
  })

  test('everybody sees his own sessions only, the ninth ends the first, and a person invited again has one', async () => {
    const staff = await office.person('district_staff')
    const other = await office.person('read_only')
    for (let more = 1; more <= 8; more += 1) {
      await office.post('sign-in', { name: other.signInName, password: PASSWORD, code: nextDigits(office, other.secret) })
      office.clock.nowMs += MINUTE_MS
    }
    expect(await other.ask(whoAmIDoor, {})).toEqual({ ok: false, error: 'not_signed_in' })
    const again = await staff.ask(inviteAgainDoor, { account: other.account })
    if (!again.ok) throw new Error(again.error)
    const code = again.answer.link.split('/').at(-1) ?? ''
    const { secret } = ((await office.post('open-invitation', { code })).body as { answer: { secret: string } }).answer
    const { cookie } = await office.post('accept-invitation', { code, password: `${PASSWORD} neu`, sixDigits: digitsNow(secret, office.clock.nowMs) })
    const seen = (await office.post('sessions', tableQuestion('seen'), { cookie })).body as { answer: { rows: { account: string; state: string }[] } }
    expect(seen.answer.rows.map(({ account, state }) => ({ mine: account === other.account, state })).filter(({ mine, state }) => !mine || state === 'open')).toEqual([{ mine: true, state: 'open' }])
    expect(await staff.ask(inviteAgainDoor, { account: staff.account })).toEqual({ ok: false, error: 'own_account' })
    const all = await staff.ask(sessionsDoor, tableQuestion('seen'))
    expect(all.ok && all.answer.rows.length > 9).toBe(true)
  })

  test('a door hears only central’s own pages: no other origin, no form, no page of another site', async () => {
    const { cookie } = await office.person('district_staff')
    const foreign = refusal(403, 'foreign_request')
    for (const headers of [{ origin: 'https://elsewhere.example' }, { origin: undefined }, { origin: 'null' }, { 'content-type': 'text/plain' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect(outcome(await office.post('who-am-i', {}, { cookie, ...headers })), JSON.stringify(headers)).toEqual(foreign)
    }
    expect((await office.post('who-am-i', {}, { cookie, 'origin': ORIGIN, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  test('over https the cookie is bound to the host', async () => {
    const { signInName, secret } = await office.person('district_staff')
    const origin = 'https://localhost'
    const signedIn = await office.post('sign-in', { name: signInName, password: PASSWORD, code: nextDigits(office, secret) }, { origin })
    expect(signedIn.setCookie).toMatch(/^__Host-boai_office=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/)
    expect((await office.post('who-am-i', {}, { cookie: signedIn.cookie, origin })).status).toBe(200)
    expect(outcome(await office.post('who-am-i', {}, { cookie: signedIn.cookie.replace('__Host-', ''), origin }))).toEqual(refusal(401, 'not_signed_in'))
  })

  test('what is no question gets a closed word and loses nothing', async () => {
    const { cookie } = await office.person('district_staff')
    const bad = refusal(400, 'bad_request')
    for (const body of ['nonsense', '[]', '{"more":1}', '"\\u0000"', '{"rider":"\\ud800"}']) expect(outcome(await office.post('who-am-i', body, { cookie })), body).toEqual(bad)
    for (const more of [{ sort: 'full_name' }, { limit: 101 }, { limit: 0 }, { after: 'x' }, { after: 'WyJhIiwiYiJd' }, { filters: { standing: 'dead' } }, { filters: { other: '1' } }, { search: 'x\u0000' }, { search: '长'.repeat(400) }]) {
      expect(outcome(await office.post('riders', tableQuestion('joined', more), { cookie })), JSON.stringify(more).slice(0, 60)).toEqual(bad)
    }
    expect((await office.post('who-am-i', `{"x":"${'a'.repeat(70_000)}"}`, { cookie })).status).toBe(413)
    expect((await office.post('who-am-i', {}, { cookie })).status).toBe(200)
  })
})
