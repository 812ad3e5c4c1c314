// What a new machine makes of each answer to its code; and that a central which cannot sign what it says is none, nor one whose
// key is not the one that was made out before.

import { expect, test } from 'vitest'
import { type EnrolAnswer, enrolRequest } from '../../../contract/sync/enrolment.ts'
import { makeSigner } from '../../../central/keys/signer.ts'
import { issueCertificate } from '../../../central/sync/certificate.ts'
import { codeKeyOf as codeKeyAtCentral } from '../../../central/sync/enrolment-code.ts'
import { codeKeyOf } from '../../../station/setup/code-key.ts'
import { joinCentral, type MachineKey, makeMachineKey, meetCentral } from '../../../station/setup/join-central.ts'
import type { Exchange } from '../../../station/sync/http-exchange.ts'

const STATION = '0190b5a2-0000-7000-8000-000000000001'
const DISTRICT = '0190b5a2-0000-7000-8000-000000000002'
const CODE = '0123456789AB'
const signer = makeSigner()

function answerTo(publicKey: string, change: Partial<EnrolAnswer> = {}): EnrolAnswer {
  const certificate = issueCertificate(signer, { station: STATION, district: DISTRICT, number: 7, publicKey, issuedAtMs: 1 })
  return { station: STATION, centralKey: signer.publicKey, certificate, ...change }
}

const answering = (status: number, body: (publicKey: string) => unknown): Exchange => (request) => {
  const { publicKey } = enrolRequest.parse(JSON.parse(Buffer.from(request.body).toString()))
  return Promise.resolve({ status, headers: {}, body: Buffer.from(JSON.stringify(body(publicKey))) })
}

const join = (exchange: Exchange, key: MachineKey = makeMachineKey(), keyPrint = signer.keyPrint) =>
  joinCentral(exchange, { code: CODE, centralUrl: 'https://central.example', keyPrint }, key, new AbortController().signal)

test('joined, it has all of a station’s configuration, with its own private key', async () => {
  const key = makeMachineKey()
  const joined = await join(answering(200, answerTo), key)
  expect(joined.ok && JSON.parse(joined.config)).toEqual({
    ...answerTo(key.publicKey), centralUrl: 'https://central.example', privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }), demo: null,
  })
})

test('an answer that is not signed by the key it names, or is about another machine or station, is of no central', async () => {
  const other = makeMachineKey()
  const answers: ((publicKey: string) => unknown)[] = [
    (publicKey) => answerTo(publicKey, { centralKey: makeSigner().publicKey }),
    () => answerTo(other.publicKey),
    (publicKey) => answerTo(publicKey, { station: DISTRICT }),
    (publicKey) => answerTo(publicKey, { certificate: 'none' }),
    () => ({ welcome: true }),
  ]
  for (const answer of answers) expect(await join(answering(200, answer))).toEqual({ ok: false, problem: 'not_a_central' })
})

test('a central that signs well, but with another key than the one of the print, is not joined', async () => {
  expect(await join(answering(200, answerTo), makeMachineKey(), makeSigner().keyPrint)).toEqual({ ok: false, problem: 'other_central' })
})

test('whoever answers is asked for its key before it is told anything, and has the print that central shows', async () => {
  const bodies: string[] = []
  const said = (status: number, body: unknown): Exchange => ({ body: told }) => {
    bodies.push(Buffer.from(told).toString())
    return Promise.resolve({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) })
  }
  const { signal } = new AbortController()
  const met = [
    await meetCentral(said(200, { centralKey: signer.publicKey, enrolment: 2 }), signal),
    // One of before would have to be told the code itself.
    await meetCentral(said(200, { centralKey: signer.publicKey }), signal),
    await meetCentral(said(200, { centralKey: signer.publicKey, enrolment: 3 }), signal),
    await meetCentral(said(200, { centralKey: 'short' }), signal),
    await meetCentral(said(404, { error: 'bad_request' }), signal),
    await meetCentral(said(503, { error: 'busy' }), signal),
    await meetCentral(() => Promise.reject(new Error('no route to host')), signal),
  ]
  expect({ met, bodies }).toEqual({
    met: [
      { ok: true, keyPrint: signer.keyPrint }, { ok: false, problem: 'server_too_old' }, { ok: false, problem: 'client_too_old' }, { ok: false, problem: 'not_a_central' }, { ok: false, problem: 'not_a_central' }, { ok: false, problem: 'no_answer' },
      { ok: false, problem: 'no_answer' },
    ],
    bodies: Array<string>(6).fill('{"enrolment":2}'),
  })
})

test('each refusal has its word; no network and a central that is busy are the same to a person', async () => {
  const refusals: [number, string, string][] = [
    [404, 'code_unknown', 'code_unknown'], [410, 'code_expired', 'code_expired'], [409, 'code_used', 'code_used'], [429, 'too_many_tries', 'too_many_tries'], [426, 'client_too_old', 'client_too_old'], [501, 'server_too_old', 'server_too_old'],
    [503, 'busy', 'no_answer'], [500, 'internal', 'no_answer'], [400, 'bad_request', 'not_a_central'], [404, 'page not found', 'not_a_central'],
  ]
  for (const [status, error, problem] of refusals) expect(await join(answering(status, () => ({ error }))), error).toEqual({ ok: false, problem })
  expect(await join(() => Promise.reject(new Error('no route to host')))).toEqual({ ok: false, problem: 'no_answer' })
})

test('both ends make the same key of a code, and the code is not in what is sent', async () => {
  const sent: string[] = []
  await join((request) => {
    sent.push(Buffer.from(request.body).toString())
    return answering(200, answerTo)(request)
  })
  const { publicKey } = await codeKeyOf(CODE)
  expect({ same: await codeKeyAtCentral(CODE), pinned: publicKey, hasCode: sent.some((body) => body.includes(CODE)), named: enrolRequest.parse(JSON.parse(sent[0] ?? '')).codeKey }).toEqual({
    same: publicKey, pinned: 'KUCOx8zSHQ6p1osM8mFRrOeKoxZLkEHss5Cm4XOmeoM', hasCode: false, named: publicKey,
  })
})
