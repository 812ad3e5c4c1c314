// The phone hand-off between a real kiosk and a real central: what arrives on the phone is on the screen at once, and every way in
// which a code is no good has its own answer.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRiderNames } from '../../central/store/rider-names.ts'
import { HAND_OFF_MS_MAX } from '../../contract/sync/hand-off.ts'
import { PHONE_SESSION_MS_MAX } from '../../central/phone/phone-session.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { type PhoneDistrict, startPhoneDistrict } from '../support/phone-district.ts'
import { demoRider } from '../support/test-central.ts'

/** What the kiosk may take to show what happened on the phone. */
const SHOWN_MS_MAX = 2_000
const NEWCOMER = { name: '买合木提·艾力', phone: '13999998888', platform: 'shansong', site: '河滩片区', redCross: 'member', volunteerTeam: false } as const

describe.each(ENGINES)('a phone beside the kiosk, on %s', (engine) => {
  let databases: TestDatabases
  let district: PhoneDistrict

  beforeAll(async () => {
    databases = await startDatabases(engine)
    district = await startPhoneDistrict(await databases.create())
  }, 120_000)

  afterAll(async () => {
    await district.close()
    await databases.stop()
  }, 60_000)

  const shownAs = (state: string) => district.until(`a hand-off that is ${state}`, ({ handOff }) => handOff?.state === state, SHOWN_MS_MAX)

  test('somebody registers on his phone: the screen sees it begin and end within two seconds, and shows his pass', async () => {
    const { code, shown } = await district.handOver('register', null)
    expect(shown).toMatchObject({ state: 'waiting', purpose: 'register' })
    const phone = district.phone()
    const opened = await phone.ask('open', { code })
    if (!opened.ok) throw new Error(opened.error)
    expect(opened.answer).toMatchObject({ purpose: 'register', maskedName: null, received: false })
    await shownAs('connected')
    expect(district.view().handOff?.url).toBeNull()
    expect(await phone.ask('register', { ...NEWCOMER, consentVersion: opened.answer.consent?.version ?? 0 })).toEqual({ ok: true, answer: {} })
    await shownAs('received')
    await district.until('his pass', ({ handOff }) => handOff?.pass?.startsWith('B') === true, SHOWN_MS_MAX)
    const [row] = await district.database.query<{ rider: string; masked: string }>("SELECT rider_id AS rider, masked_name AS masked FROM riders WHERE platform = 'shansong' AND site = '河滩片区'")
    expect([row?.masked, (await readRiderNames(district.database, [row?.rider ?? ''])).get(row?.rider ?? '')]).toEqual(['买合木提·*', '买合木提·艾力'])
    // Once.
    expect(await phone.ask('register', { ...NEWCOMER, consentVersion: 1 })).toEqual({ ok: false, error: 'already_received' })
  })

  test('a wish posted on the phone is on the screen of its rider within two seconds; what is personal comes back first', async () => {
    const session = await district.signIn(demoRider('zhang'))
    const { code } = await district.handOver('wish', session)
    const phone = district.phone()
    expect((await phone.ask('open', { code })).ok).toBe(true)
    const wish = { category: 'small_need', shown: 'anonymous', reach: 'station' } as const
    const marked = await phone.ask('post-wish', { ...wish, text: '想要一副手套，打我电话13912345678', despitePersonal: false })
    expect(marked).toMatchObject({ ok: true, answer: { result: 'personal', spans: [{ kind: 'phone' }] } })
    expect(district.view().handOff?.state).not.toBe('received')
    expect(await phone.ask('post-wish', { ...wish, text: '想要一副手套', despitePersonal: false })).toEqual({ ok: true, answer: { result: 'posted' } })
    await shownAs('received')
    await district.until('the wish', ({ session: own }) => own?.kind === 'rider' && own.wishes.some(({ state }) => state === 'in_review'), SHOWN_MS_MAX)
    expect(await phone.ask('my-points', {})).toEqual({ ok: false, error: 'other_purpose' })
    await district.request('end_session', { session })
  })

  test('a code is good once, for one phone, for five minutes, and ends when its rider leaves the kiosk', async () => {
    const session = await district.signIn(demoRider('zhang'))
    const first = await district.handOver('my_points', session)
    const [one, other] = [district.phone(), district.phone()]
    const both = await Promise.all([one.ask('open', { code: first.code }), other.ask('open', { code: first.code })])
    expect(both.map((answer) => (answer.ok ? 'open' : answer.error)).toSorted()).toEqual(['code_used', 'open'])
    const winner = both[0].ok ? one : other
    const points = await winner.ask('my-points', {})
    expect(points.ok ? points.answer.entries.length : 0).toBeGreaterThan(0)
    expect(await winner.ask('resume', {})).toMatchObject({ ok: true, answer: { purpose: 'my_points' } })
    // A new code ends the one before.
    const second = await district.handOver('my_points', session)
    expect(await winner.ask('my-points', {})).toEqual({ ok: false, error: 'session_over' })
    district.clock.offsetMs += HAND_OFF_MS_MAX
    expect(await district.phone().ask('open', { code: second.code })).toEqual({ ok: false, error: 'code_expired' })
    district.clock.offsetMs = 0
    const third = await district.handOver('my_points', session)
    await district.request('end_session', { session })
    await district.until('nothing of it', ({ handOff }) => handOff === null)
    await expect.poll(() => district.database.query('SELECT 1 FROM hand_offs WHERE closed_at_ms IS NULL AND received_at_ms IS NULL')).toEqual([])
    expect(await district.phone().ask('open', { code: third.code })).toEqual({ ok: false, error: 'code_expired' })
    expect(await district.phone().ask('open', { code: '0123456789ABCDEF' })).toEqual({ ok: false, error: 'code_unknown' })
  })

  test('a session ends by itself', async () => {
    const session = await district.signIn(demoRider('zhang'))
    const { code } = await district.handOver('my_wishes', session)
    const phone = district.phone()
    expect((await phone.ask('open', { code })).ok).toBe(true)
    district.clock.offsetMs = PHONE_SESSION_MS_MAX + 1
    expect(await phone.ask('my-wishes', {})).toEqual({ ok: false, error: 'session_over' })
    district.clock.offsetMs = 0
    await district.request('end_session', { session })
  })

  test('another site’s page, a form, and whoever has no session are asked nothing', async () => {
    const post = async (headers: Record<string, string>): Promise<unknown> => (await fetch(`${district.url}/phone/v1/my-points`, { method: 'POST', body: '{}', headers })).json()
    expect(await post({ 'content-type': 'application/json', origin: 'https://evil.example' })).toEqual({ ok: false, error: 'foreign_request' })
    expect(await post({ 'content-type': 'text/plain', origin: district.url })).toEqual({ ok: false, error: 'foreign_request' })
    expect(await post({ 'content-type': 'application/json', origin: district.url })).toEqual({ ok: false, error: 'session_over' })
  })

  test('scripts, control signs and ten thousand characters are text, or are refused', async () => {
    const { code } = await district.handOver('register', null)
    const phone = district.phone()
    expect((await phone.ask('open', { code })).ok).toBe(true)
    const register = (more: object) => phone.ask('register', { ...NEWCOMER, consentVersion: 1, ...more })
    expect([
      await register({ name: '<img src=x onerror=alert(1)>' }), await register({ phone: '1391234' }), await register({ name: '长'.repeat(10_000) }), await register({ site: 'x'.repeat(10_000) }),
      await register({ name: 'a\u0000b' }), await register({ consentVersion: 99 }), await register({ phone: '13911112222', name: '\u202e张伟\u200b' }),
    ]).toEqual([
      { ok: false, error: 'name_unusable' }, { ok: false, error: 'bad_request' }, { ok: false, error: 'bad_request' }, { ok: false, error: 'bad_request' },
      { ok: false, error: 'bad_request' }, { ok: false, error: 'consent_outdated' }, { ok: true, answer: {} },
    ])
    await district.request('close_hand_off', {})
  })

  test('a kiosk asks for so many codes and no more; one that is cut off says that the phone way needs the network', async () => {
    const states = new Set<string>()
    for (let asked = 0; asked < 45; asked += 1) {
      const shown = await district.openHandOff('register', null)
      states.add([shown?.state ?? '', shown?.refusal ?? ''].join(' ').trim())
    }
    expect([...states]).toEqual(['waiting', 'refused too_many'])
    await district.app.close()
    expect(await district.openHandOff('register', null)).toMatchObject({ state: 'no_network', url: null })
  })
})
