// The operator's doors over HTTP: acts by a bearer token, pages by a cookie that proves it. Every answer is closed; wrong
// tokens are counted and soon answered with nothing but that; the right one always opens. Pages run no script and may be framed by nobody.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toString as toQrCode } from 'qrcode'
import { enrolmentLink, showEnrolmentCode, showKeyPrint } from '../../contract/sync/enrolment.ts'
import { maskName } from '../../domain/mask-name.ts'
import type { Database } from '../store/database.ts'
import { readActiveStaffOf, readDistricts, readLateFacts, readRecovery, readStations } from '../store/operator-views.ts'
import { parseJson } from '../sync/push-batch.ts'
import { TryLimit } from '../sync/try-limit.ts'
import type { MadeCode } from './acts/make-enrolment-code.ts'
import { inviteToOffice, OFFICE_ACCOUNT_ACT } from './acts/invite-to-office.ts'
import { type ActAnswer, doOperatorAct, isOperatorAct } from './operator-acts.ts'
import type { OperatorContext } from './operator-context.ts'
import { ACT_PATH, type OperatorError, OPERATOR_STATUS } from './operator-doors.ts'
import type { OperatorToken } from './operator-token.ts'
import { codePage } from './pages/code-page.ts'
import { recoveryPage } from './pages/recovery-page.ts'
import { REFUSAL_WORDS, type Words } from './pages/say.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { stationsPage } from './pages/stations-page.ts'
import { STYLE } from './pages/style.ts'

export interface OperatorParts extends OperatorContext {
  database: Database
  token: OperatorToken
  /** Of central's key, for new machines. */
  keyPrint: string
  /** Where stations find central, where that is not where the operator finds it. */
  publicUrl: string | null
}

const BODY_BYTES_MAX = 4096
const TRIES = { fromOneMax: 10, overallMax: 100, windowMs: 60_000 }
const LATE_FACTS_MAX = 200
const COOKIE = 'boai_operator'
const PAGE_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

export function addOperatorRoutes(app: FastifyInstance, parts: OperatorParts): void {
  const { database, token, keyPrint, nowMs } = parts
  const tries = new TryLimit(TRIES)
  const options = { bodyLimit: BODY_BYTES_MAX }

  /** null: he is the operator. */
  const refuseBearer = ({ headers, ip }: FastifyRequest): OperatorError | null => {
    const [scheme, given] = (headers.authorization ?? '').split(' ')
    // The right one is always let in: whoever makes up wrong ones must not shut the operator out, least of all in a restore.
    if (scheme === 'Bearer' && given !== undefined && token.isToken(given)) return null
    if (tries.left(ip, nowMs()) !== 'some') return 'too_many_tries'
    tries.fail(ip, nowMs())
    return 'not_signed_in'
  }
  const isSignedIn = ({ headers }: FastifyRequest): boolean => token.isSession(cookieOf(headers.cookie), nowMs())

  app.post<{ Params: { act: string } }>(ACT_PATH, options, async (request, reply) => {
    const refused = refuseBearer(request)
    if (refused !== null) return sendJson(reply, { ok: false, error: refused })
    const named = request.params.act
    if (named === 'stations') return reply.send({ ok: true, answer: { stations: await database.transaction('snapshot', readStations) } })
    if (named === 'recovery') return reply.send({ ok: true, answer: await database.transaction('snapshot', readRecovery) })
    if (named === 'late-facts') return reply.send({ ok: true, answer: { facts: await database.transaction('snapshot', (snapshot) => readLateFacts(snapshot, LATE_FACTS_MAX)) } })
    if (named === OFFICE_ACCOUNT_ACT) return sendJson(reply, await inviteToOffice(database, parseJson(bytesOf(request)), { nowMs: nowMs(), centralUrl: urlOf(request).replace(/\/+$/, '') }))
    if (!isOperatorAct(named)) return sendJson(reply, { ok: false, error: 'unknown_act' })
    const answer = await doOperatorAct(parts, named, parseJson(bytesOf(request)))
    return sendJson(reply, named === 'enrolment-code' ? withLink(answer, urlOf(request), keyPrint) : answer)
  })

  app.get('/operator', (_request, reply) => reply.redirect('/operator/stations', 303))
  app.get('/operator/style.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE))
  app.get('/operator/sign-in', (_request, reply) => sendPage(reply, signInPage(null)))
  app.post('/operator/sign-in', options, (request, reply) => {
    const given = fieldsOf(request).get('token')?.trim() ?? ''
    if (!token.isToken(given)) {
      if (tries.left(request.ip, nowMs()) !== 'some') return sendPage(reply.code(429), signInPage('too_many'))
      tries.fail(request.ip, nowMs())
      return sendPage(reply.code(403), signInPage('wrong'))
    }
    return reply.header('set-cookie', cookieLine(token.makeSession(nowMs()), request.protocol)).redirect('/operator/stations', 303)
  })
  app.post('/operator/sign-out', options, (request, reply) => reply.header('set-cookie', `${cookieLine('', request.protocol)}; Max-Age=0`).redirect('/operator/sign-in', 303))

  app.get('/operator/recovery', async (request, reply) => {
    if (!isSignedIn(request)) return reply.redirect('/operator/sign-in', 303)
    return sendPage(reply, recoveryPage(await database.transaction('snapshot', readRecovery), nowMs()))
  })
  app.get('/operator/stations', async (request, reply) => {
    if (!isSignedIn(request)) return reply.redirect('/operator/sign-in', 303)
    return showStations(reply, null)
  })
  app.post('/operator/stations', options, async (request, reply) => {
    // Another site's form brings no cookie of ours; a browser that says where it comes from is believed besides.
    const from = request.headers['sec-fetch-site']
    if (!isSignedIn(request) || (from !== undefined && from !== 'same-origin')) return reply.redirect('/operator/sign-in', 303)
    const fields = fieldsOf(request)
    const named = fields.get('act') ?? ''
    if (!isOperatorAct(named)) return showStations(reply.code(400), { isDone: false, words: REFUSAL_WORDS.bad_request })
    const answer = await doOperatorAct(parts, named, inputOf(named, fields))
    if (!answer.ok) return showStations(reply.code(OPERATOR_STATUS[answer.error]), { isDone: false, words: REFUSAL_WORDS[answer.error] })
    if (named !== 'enrolment-code') return showStations(reply, { isDone: true, words: DONE })
    const { code, number } = answer.answer as MadeCode
    const centralUrl = urlOf(request)
    const qrSvg = await toQrCode(enrolmentLink({ code, centralUrl, keyPrint }), { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
    return sendPage(reply, codePage({ code, number, centralUrl, keyPrint, qrSvg }))
  })

  const urlOf = (request: FastifyRequest): string => parts.publicUrl ?? `${request.protocol}://${request.host}`

  async function showStations(reply: FastifyReply, told: { isDone: boolean; words: Words } | null): Promise<FastifyReply> {
    const shown = await database.transaction('snapshot', async (snapshot) => ({
      stations: await readStations(snapshot),
      districts: await readDistricts(snapshot),
      staff: await readActiveStaffOf(snapshot),
      recovering: (await readRecovery(snapshot)).recoveringSinceMs !== null,
    }))
    const staff = shown.staff.map(({ id, district, fullName, role }) => ({ id, district, name: { zh: `${maskName(fullName)}（${role === 'station_head' ? '站长' : '志愿者'}）`, en: role === 'station_head' ? 'station head' : 'volunteer' } }))
    return sendPage(reply, stationsPage({ ...shown, staff, told, nowMs: nowMs() }))
  }
}

const DONE: Words = { zh: '已完成', en: 'Done' }

/** What a form says, as the act wants it. */
function inputOf(named: string, fields: URLSearchParams): unknown {
  const { act: _act, ...given } = Object.fromEntries(fields)
  if (named === 'write-off') {
    const { one, two, ...rest } = given
    return { ...rest, staff: [one, two] }
  }
  if (named !== 'enrolment-code' || 'station' in given) return given
  const { zh, en, number, ...rest } = given
  return { ...rest, name: { zh, en }, ...(number === undefined || number === '' ? {} : { number: Number(number) }) }
}

function withLink(answer: ActAnswer, centralUrl: string, keyPrint: string): ActAnswer {
  if (!answer.ok) return answer
  const made = answer.answer as MadeCode
  return { ok: true, answer: { ...made, code: showEnrolmentCode(made.code), keyPrint: showKeyPrint(keyPrint), link: enrolmentLink({ code: made.code, centralUrl, keyPrint }) } }
}

function sendJson(reply: FastifyReply, answer: ActAnswer | { ok: false; error: OperatorError }): FastifyReply {
  if (answer.ok) return reply.send(answer)
  reply.verdict = answer.error
  return reply.code(OPERATOR_STATUS[answer.error]).send({ ok: false, error: answer.error })
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).header('referrer-policy', 'same-origin').send(page)
}

function bytesOf({ body }: FastifyRequest): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}

function fieldsOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(Buffer.from(bytesOf(request)).toString('utf8'))
}

function cookieOf(header: string | undefined): string {
  const [, value] = new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(header ?? '') ?? []
  return value ?? ''
}

function cookieLine(value: string, protocol: string): string {
  return `${COOKIE}=${value}; Path=/operator; HttpOnly; SameSite=Strict${protocol === 'https' ? '; Secure' : ''}`
}
