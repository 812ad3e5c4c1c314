// How a station joins: a one-time code made at central (10 minutes, one use), typed or scanned at the kiosk. The station makes
// its key pair and sends the public half, and proves over it that it has the code: the code itself crosses no network
// (docs/decisions/0005, Joining). It gets who it is and central's key, which it trusts from then on. Which key that is it knows
// before: by the key's print, in the scanned link or compared by a person, because a network without https proves nothing. The certificate is central's signed word about the station, kept by the station, so that a central
// restored to an older day knows it again.

import { z } from 'zod'
import { crockfordLength, encodeCrockford } from '../pass/crockford.ts'

export const ENROL_PATH = '/v1/enrol'
export const CENTRAL_KEY_PATH = '/v1/central-key'
export const ENROLMENT_CODE_MS_MAX = 10 * 60_000

/** Twelve signs of Crockford's alphabet, shown as XXXX-XXXX-XXXX; 60 random bits. */
export const ENROLMENT_CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/
const LINK_PREFIX = 'BXE2'

/** As a person types it: any case, blanks and dashes, I and L for 1, O for 0. null where it is none. */
export function readEnrolmentCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')
  return ENROLMENT_CODE.test(code) ? code : null
}

export function showEnrolmentCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8, 12)}`
}

// 80 bits: nobody makes a second key with the same print, and a person still compares it.
const KEY_PRINT_BYTES = 10
/** Sixteen signs of Crockford's alphabet, shown as XXXX-XXXX-XXXX-XXXX. */
export const KEY_PRINT = new RegExp(`^[0-9A-HJKMNP-TV-Z]{${crockfordLength(KEY_PRINT_BYTES)}}$`)

/** What is hashed with SHA-256 for the print of a key. */
export function keyPrintText(publicKey: string): string {
  return `boai/key-print/1\n${publicKey}`
}

export function keyPrintOf(hash: Uint8Array): string {
  return encodeCrockford(hash.subarray(0, KEY_PRINT_BYTES))
}

export function showKeyPrint(keyPrint: string): string {
  return [0, 4, 8, 12].map((first) => keyPrint.slice(first, first + 4)).join('-')
}

export interface EnrolmentLink {
  code: string
  centralUrl: string
  /** Of the one central that made the code. */
  keyPrint: string
}

/** What the QR code holds: the code, which central made it, and where that is. */
export function enrolmentLink({ code, centralUrl, keyPrint }: EnrolmentLink): string {
  return `${LINK_PREFIX} ${code} ${keyPrint} ${centralUrl}`
}

export function readEnrolmentLink(text: string): EnrolmentLink | null {
  const [prefix, code, keyPrint, centralUrl, ...rest] = text.trim().split(' ')
  if (prefix !== LINK_PREFIX || code === undefined || keyPrint === undefined || centralUrl === undefined || rest.length > 0) return null
  if (!ENROLMENT_CODE.test(code) || !KEY_PRINT.test(keyPrint) || !/^https?:\/\/[^\s/]+/.test(centralUrl) || centralUrl.length > 200) return null
  return { code, centralUrl, keyPrint }
}

const rawKey = z.string().regex(/^[\w-]{43}$/)

/** 1 told the code itself, for everybody on the way to hear. */
export const ENROLMENT_VERSION = 2

/** The code's own Ed25519 key: its seed is scrypt of the code. Whoever heard a proof may try codes at that price each. */
export const CODE_KEY_SEED = { salt: 'boai/enrolment-code/2', cost: 2 ** 15, blockSize: 8, parallelization: 1, bytes: 32, memoryBytesMax: 64 * 1024 * 1024 } as const

export const enrolRequest = z.strictObject({
  version: z.literal(ENROLMENT_VERSION),
  /** The public half of the code's key, by which central finds the code. */
  codeKey: rawKey,
  /** Ed25519, 32 bytes as base64url. */
  publicKey: rawKey,
  /** Over `enrolProofText` by the code's key: whoever wants that key to join has the code. */
  proof: z.string().max(128),
  /** Over `enrolSigningText` by the station's: whoever joins has the private half. */
  signature: z.string().max(128),
})
export type EnrolRequest = z.infer<typeof enrolRequest>

/** `keyPrint`: of the central that is joined, so that another one can not pass it on. */
type Enrolling = Pick<EnrolRequest, 'codeKey' | 'publicKey'> & { keyPrint: string }

export function enrolProofText({ keyPrint, codeKey, publicKey }: Enrolling): string {
  return `boai/enrol-proof/2\n${keyPrint}\n${codeKey}\n${publicKey}`
}

export function enrolSigningText({ keyPrint, codeKey, publicKey }: Enrolling): string {
  return `boai/enrol/2\n${keyPrint}\n${codeKey}\n${publicKey}`
}

/** A request of a machine of before, with the code in it. */
export const enrolRequestOfBefore = z.object({ code: z.string().regex(ENROLMENT_CODE), publicKey: rawKey })
/** Of any request to come. */
export const enrolRequestVersion = z.object({ version: z.int().min(1) })

/** A machine says how it would join; one of before says nothing. */
export const centralKeyQuestion = z.strictObject({ enrolment: z.int().min(1) })

/** Who answers there, before anything is told to it. That it has the key too, it proves by what it signs later. */
export const centralKeyAnswer = z.strictObject({
  centralKey: rawKey,
  /** The version by which machines join here, for one that has said its own: a machine of before knows no such field. Absent: 1. */
  enrolment: z.int().min(1).optional(),
})
export type CentralKeyAnswer = z.infer<typeof centralKeyAnswer>

export const enrolAnswer = z.strictObject({
  station: z.uuid(),
  /** Ed25519, 32 bytes as base64url: the only central this station believes. */
  centralKey: rawKey,
  certificate: z.string().max(1024),
})
export type EnrolAnswer = z.infer<typeof enrolAnswer>

/** Answers besides those of contract/sync-protocol's list. */
export const ENROL_REFUSALS = ['code_unknown', 'code_expired', 'code_used', 'too_many_tries'] as const
export const enrolRefusal = z.strictObject({ error: z.enum([...ENROL_REFUSALS, 'client_too_old', 'server_too_old', 'bad_request', 'bad_signature', 'too_large', 'busy', 'internal']) })
export type EnrolRefusal = z.infer<typeof enrolRefusal>['error']

/** The certificate is one line of JSON, a line feed, and central's signature (base64url) over `certificateSigningText`. */
export const stationCertificate = z.strictObject({
  station: z.uuid(),
  district: z.uuid(),
  number: z.int().min(1),
  publicKey: rawKey,
  issuedAtMs: z.int().min(0),
})
export type StationCertificate = z.infer<typeof stationCertificate>

export function certificateSigningText(line: string): string {
  return `boai/certificate/1\n${line}`
}
