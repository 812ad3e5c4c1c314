// The operator's doors over HTTP: who gets in, what a page may do, and that nothing of a person stands on one.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildCentral, type Central } from '../../../central/app.ts'
import { openOperatorToken, operatorToken } from '../../../central/operator/operator-token.ts'
import { CENTRAL_KEY_PATH, ENROL_PATH, readEnrolmentLink, showKeyPrint } from '../../../contract/sync/enrolment.ts'
import people from '../../../resources/demo/staff.json' with { type: 'json' }
import riders from '../../../resources/demo/riders.json' with { type: 'json' }
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { enrolBody, newMachine } from '../../support/operator.ts'
import { NOW_MS } from '../../support/test-central.ts'

const TOKEN = 'a-token-of-a-test-that-is-long-enough'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let keyed: KeyedCentral
  let app: Central

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  beforeEach(async () => {
    keyed = await startKeyedCentral(databases)
    app = buildCentral({ database: keyed.database, nowMs: () => keyed.clock.nowMs, keys: keyed.keys, operator: { token: operatorToken(TOKEN), publicUrl: null } })
  }, 60_000)

  afterEach(async () => {
    await app.close()
    await keyed.close()
  })

  const post = async (act: string, body: object, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }): Promise<{ status: number; body: unknown }> => {
    const response = await app.inject({ method: 'POST', url: `/operator/v1/${act}`, headers, payload: JSON.stringify(body) })
    return { status: response.statusCode, body: response.json<unknown>() }
  }

  const signIn = async (token = TOKEN): Promise<{ status: number; cookie: string; setCookie: string }> => {
    const response = await app.inject({ method: 'POST', url: '/operator/sign-in', headers: FORM, payload: new URLSearchParams({ token }).toString() })
    const setCookie = String(response.headers['set-cookie'] ?? '')
    return { status: response.statusCode, setCookie, cookie: setCookie.split(';')[0] ?? '' }
  }

  test('an act needs the token; after ten wrong ones in a minute the next wrong one is told so, and the right one still opens', async () => {
    expect(await post('backup-begins', {}, {})).toEqual({ status: 401, body: { ok: false, error: 'not_signed_in' } })
    expect(await post('backup-begins', {})).toEqual({ status: 200, body: { ok: true, answer: { number: 1 } } })
    for (let tries = 2; tries <= 10; tries += 1) await post('backup-begins', {}, { authorization: 'Bearer wrong' })
    const wrong = { authorization: 'Bearer wrong' }
    expect(await post('backup-begins', {}, wrong)).toEqual({ status: 429, body: { ok: false, error: 'too_many_tries' } })
    expect(await post('backup-begins', {})).toEqual({ status: 200, body: { ok: true, answer: { number: 2 } } })
    keyed.clock.nowMs = NOW_MS + 60_000
    expect(await post('backup-begins', {}, wrong)).toEqual({ status: 401, body: { ok: false, error: 'not_signed_in' } })
  })

  test('what is no act, no JSON, too much or refused is answered by a closed word', async () => {
    expect(await post('destroy', {})).toEqual({ status: 404, body: { ok: false, error: 'unknown_act' } })
    expect(await post('backed-up', { through: 'all' })).toEqual({ status: 400, body: { ok: false, error: 'bad_request' } })
    expect(await post('backed-up', { through: 7 })).toEqual({ status: 404, body: { ok: false, error: 'unknown_backup' } })
    expect((await post('backed-up', { through: 1, more: 'x'.repeat(5000) })).status).toBe(413)
  })

  test('a code that was made here joins a machine at the door for machines', async () => {
    const { body } = await post('enrolment-code', { station: keyed.second.station })
    const { answer } = body as { answer: { link: string; keyPrint: string } }
    const link = readEnrolmentLink(answer.link)
    if (link === null) throw new Error('the answer has a link')
    const said = await app.inject({ method: 'POST', url: CENTRAL_KEY_PATH })
    expect({ said: said.json<unknown>(), ofLink: link.keyPrint, shown: answer.keyPrint }).toEqual({
      said: { centralKey: keyed.keys.signer.publicKey }, ofLink: keyed.keys.signer.keyPrint, shown: showKeyPrint(keyed.keys.signer.keyPrint),
    })
    const joined = await app.inject({ method: 'POST', url: ENROL_PATH, payload: await enrolBody(keyed, newMachine(), link.code) })
    expect({ status: joined.statusCode, station: joined.json<{ station: string }>().station }).toEqual({ status: 200, station: keyed.second.station })
    const again = await app.inject({ method: 'POST', url: ENROL_PATH, payload: await enrolBody(keyed, newMachine(), link.code) })
    expect({ status: again.statusCode, body: again.json<unknown>() }).toEqual({ status: 409, body: { error: 'code_used' } })
  })

  test('pages are for who has signed in: by a cookie that no script reads, that no other site sends, and that ends', async () => {
    for (const url of ['/operator/stations', '/operator/recovery']) {
      const response = await app.inject({ method: 'GET', url, headers: { cookie: `boai_operator=${NOW_MS + 1000}.AAAA` } })
      expect({ status: response.statusCode, to: response.headers.location }).toEqual({ status: 303, to: '/operator/sign-in' })
    }
    expect((await signIn('wrong-wrong-wrong-wrong-wrong')).status).toBe(403)
    const { cookie, setCookie } = await signIn()
    expect(setCookie).toMatch(/; Path=\/operator; HttpOnly; SameSite=Strict$/)
    expect(cookie.includes(TOKEN)).toBe(false)
    const page = await app.inject({ method: 'GET', url: '/operator/stations', headers: { cookie } })
    expect({ status: page.statusCode, policy: page.headers['content-security-policy'], script: page.body.includes('<script') }).toEqual({
      status: 200, policy: "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", script: false,
    })
    keyed.clock.nowMs = NOW_MS + 13 * 3_600_000
    expect((await app.inject({ method: 'GET', url: '/operator/stations', headers: { cookie } })).statusCode).toBe(303)
  })

  test('a form acts for who is signed in, and not from another site', async () => {
    const { cookie } = await signIn()
    const form = new URLSearchParams({ act: 'revoke-station', station: keyed.second.station }).toString()
    const foreign = await app.inject({ method: 'POST', url: '/operator/stations', headers: { ...FORM, cookie, 'sec-fetch-site': 'cross-site' }, payload: form })
    expect(foreign.statusCode).toBe(303)
    expect((await keyed.second.hello()).state).toBe('active')
    const own = await app.inject({ method: 'POST', url: '/operator/stations', headers: { ...FORM, cookie, 'sec-fetch-site': 'same-origin' }, payload: form })
    expect({ status: own.statusCode, done: own.body.includes('已完成') }).toEqual({ status: 200, done: true })
    expect((await keyed.second.hello()).state).toBe('banned')
    const refused = await app.inject({
      method: 'POST', url: '/operator/stations', headers: { ...FORM, cookie }, payload: new URLSearchParams({ act: 'admit', station: keyed.first.station, incarnation: randomUUID() }).toString(),
    })
    expect({ status: refused.statusCode, said: refused.body.includes('没有这个数据文件') }).toEqual({ status: 404, said: true })
  })

  test('no page names a person, and what a station is called is shown as text', async () => {
    const { cookie } = await signIn()
    await post('enrolment-code', { district: (await keyed.database.query<{ id: string }>('SELECT district_id AS id FROM districts LIMIT 1'))[0]?.id, name: { zh: '<b>粗</b>', en: 'x' } })
    const made = await app.inject({
      method: 'POST', url: '/operator/stations', headers: { ...FORM, cookie }, payload: new URLSearchParams({ act: 'enrolment-code', station: keyed.first.station }).toString(),
    })
    expect(made.body).toContain('<svg')
    expect(made.body).toContain(showKeyPrint(keyed.keys.signer.keyPrint))
    await post('restored', {})
    await keyed.database.query(`UPDATE stations SET name = '{"zh":"<b>粗</b>","en":"bold"}' WHERE station_id = $1`, [keyed.first.station])
    const pages = [made.body]
    for (const url of ['/operator/stations', '/operator/recovery']) pages.push((await app.inject({ method: 'GET', url, headers: { cookie } })).body)
    const whole = pages.join('\n')
    const named = [...people, ...riders].filter(({ name }) => [...name].length > 2 && whole.includes(name))
    expect({ named, bold: whole.includes('<b>粗'), escaped: whole.includes('&#60;b&#62;粗'), missing: pages[2]?.includes('还缺 2 个驿站') }).toEqual({ named: [], bold: false, escaped: true, missing: true })
  })
})

test('the token is made once, for its owner only, and one from outside goes before it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boai-token-'))
  try {
    const made = openOperatorToken(folder, undefined, () => 'the-first-token-that-was-made')
    expect(openOperatorToken(folder, undefined, () => 'another-token-that-is-not-used').isToken('the-first-token-that-was-made')).toBe(true)
    expect({ mode: statSync(join(folder, 'operator-token')).mode & 0o777, text: readFileSync(join(folder, 'operator-token'), 'utf8') }).toEqual({ mode: 0o600, text: 'the-first-token-that-was-made\n' })
    expect(made.isToken('the-first-token-that-was-mad')).toBe(false)
    expect(() => openOperatorToken(folder, 'short', () => '')).toThrow('at least 24')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
