// Asks a central whose it is, and to join it: one request with the proof of a one-time code over this machine's own new key. Answers what
// becomes the station's configuration, or why not. The private half never leaves this process but into that file, and no
// central is joined but the one whose print the caller knows.

import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import {
  CENTRAL_KEY_PATH, centralKeyAnswer, certificateSigningText, ENROL_PATH, ENROLMENT_VERSION, type EnrolAnswer, enrolAnswer, enrolProofText, enrolRefusal,
  type EnrolRequest, enrolSigningText, keyPrintOf, keyPrintText, stationCertificate,
} from '../../contract/sync/enrolment.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { publicKeyOf } from '../station-config.ts'
import { codeKeyOf } from './code-key.ts'
import type { Exchange, ExchangeAnswer, ExchangeRequest } from '../sync/http-exchange.ts'

export type JoinProblem = NonNullable<NonNullable<KioskView['setUp']>['problem']>

export interface MachineKey {
  privateKey: KeyObject
  /** Raw, 32 bytes as base64url. */
  publicKey: string
}

export type Joined = { ok: true; config: string } | { ok: false; problem: JoinProblem }
export type Introduced = { ok: true; keyPrint: string } | { ok: false; problem: JoinProblem }

/** What a machine needs to be joined by. */
export interface Invitation {
  code: string
  centralUrl: string
  /** Of the key of the only central that is joined. */
  keyPrint: string
}

const ANSWER_MS_MAX = 10_000

export function makeMachineKey(): MachineKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (x === undefined) throw new Error('an Ed25519 key has its public part')
  return { privateKey, publicKey: x }
}

/** The print of the key of whoever answers there. It is told nothing yet but how this machine joins. */
export async function meetCentral(exchange: Exchange, signal: AbortSignal): Promise<Introduced> {
  const answer = await ask(exchange, { path: CENTRAL_KEY_PATH, body: Buffer.from(JSON.stringify({ enrolment: ENROLMENT_VERSION })), signal })
  if (answer === null) return { ok: false, problem: 'no_answer' }
  const said = readJson(answer.body)
  if (answer.status !== 200) return { ok: false, problem: problemOf(said) }
  const met = centralKeyAnswer.safeParse(said).data
  if (met === undefined) return { ok: false, problem: 'not_a_central' }
  const { centralKey, enrolment = 1 } = met
  if (enrolment !== ENROLMENT_VERSION) return { ok: false, problem: enrolment < ENROLMENT_VERSION ? 'server_too_old' : 'client_too_old' }
  return { ok: true, keyPrint: printOf(centralKey) }
}

/** The same key asks again where an answer was lost: central knows it and answers once more. */
export async function joinCentral(exchange: Exchange, { code, centralUrl, keyPrint }: Invitation, key: MachineKey, signal: AbortSignal): Promise<Joined> {
  const codeKey = await codeKeyOf(code)
  const about = { keyPrint, codeKey: codeKey.publicKey, publicKey: key.publicKey }
  const request: EnrolRequest = {
    version: ENROLMENT_VERSION,
    codeKey: about.codeKey,
    publicKey: about.publicKey,
    proof: sign(null, Buffer.from(enrolProofText(about)), codeKey.privateKey).toString('base64url'),
    signature: sign(null, Buffer.from(enrolSigningText(about)), key.privateKey).toString('base64url'),
  }
  const answer = await ask(exchange, { path: ENROL_PATH, body: Buffer.from(JSON.stringify(request)), signal })
  if (answer === null) return { ok: false, problem: 'no_answer' }
  const said = readJson(answer.body)
  if (answer.status !== 200) return { ok: false, problem: problemOf(said) }
  const joined = enrolAnswer.safeParse(said).data
  if (joined === undefined || !isGenuine(joined, key)) return { ok: false, problem: 'not_a_central' }
  const { station, centralKey, certificate } = joined
  if (printOf(centralKey) !== keyPrint) return { ok: false, problem: 'other_central' }
  const privateKey = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { ok: true, config: `${JSON.stringify({ station, centralUrl, privateKey, centralKey, certificate, demo: null }, null, 2)}\n` }
}

/** null: whatever kept the network from answering, the person at the screen can do one thing: look at it and try again. */
async function ask(exchange: Exchange, request: Pick<ExchangeRequest, 'path' | 'body' | 'signal'>): Promise<ExchangeAnswer | null> {
  try {
    return await exchange({ ...request, headers: { 'content-type': 'application/json' }, withinMs: ANSWER_MS_MAX })
  } catch {
    return null
  }
}

function printOf(centralKey: string): string {
  return keyPrintOf(createHash('sha256').update(keyPrintText(centralKey)).digest())
}

function problemOf(said: unknown): JoinProblem {
  const error = enrolRefusal.safeParse(said).data?.error
  switch (error) {
    case 'code_unknown':
    case 'code_expired':
    case 'code_used':
    case 'too_many_tries':
    case 'client_too_old':
    case 'server_too_old':
      return error
    case 'busy':
    case 'internal':
      return 'no_answer'
    case 'bad_request':
    case 'bad_signature':
    case 'too_large':
    case undefined:
      return 'not_a_central'
  }
}

/** What it says about this machine is signed by the key it wants to be believed by from now on. */
function isGenuine({ station, centralKey, certificate }: EnrolAnswer, key: MachineKey): boolean {
  const [line, signature] = certificate.split('\n')
  if (line === undefined || signature === undefined) return false
  if (!verify(null, Buffer.from(certificateSigningText(line)), publicKeyOf(centralKey), Buffer.from(signature, 'base64url'))) return false
  const about = stationCertificate.safeParse(readJson(Buffer.from(line))).data
  return about?.station === station && about.publicKey === key.publicKey
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
