// A machine becomes a station: it proves that it has a one-time code from staff, over a key that it made itself, and gets who it
// is, central's key and a certificate. A code joins one key once; the same machine may ask again, where the answer was lost.
// An address that guesses codes is stopped early; many together hear nothing more, and 60 random bits stop them anyway. A
// right code always joins its machine: strangers who make up wrong ones shut nobody out.

import { verify } from 'node:crypto'
import {
  ENROLMENT_VERSION, type EnrolAnswer, enrolProofText, type EnrolRefusal, enrolRequest, enrolRequestOfBefore, enrolRequestVersion, enrolSigningText,
} from '../../contract/sync/enrolment.ts'
import type { OutsideLog } from '../keys/outside-log.ts'
import type { Signer } from '../keys/signer.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { stationScope } from '../store/change-scopes.ts'
import type { EnrolmentCodeRow } from '../store/enrolments.ts'
import { issueCertificate } from './certificate.ts'
import { codeKeyOf } from './enrolment-code.ts'
import { parseJson } from './push-batch.ts'
import { stationPublicKey } from './station-auth.ts'
import type { SyncContext } from './sync-context.ts'
import type { TryLimit, TryLimits } from './try-limit.ts'

/** Failed tries in ten minutes. */
export const ENROL_TRIES: TryLimits = { fromOneMax: 10, overallMax: 300, windowMs: 600_000 }
export const ENROL_BYTES_MAX = 1024

export interface EnrolContext extends Pick<SyncContext, 'store' | 'nowMs'> {
  signer: Signer
  outside: OutsideLog
  tries: TryLimit
}

export type EnrolResult = { ok: true; answer: EnrolAnswer } | { ok: false; error: EnrolRefusal }

/** What a code is kept under: the public half of its key. */
export async function enrolmentCodeHash(code: string): Promise<string> {
  return hashOfKey(await codeKeyOf(code))
}

function hashOfKey(codeKey: string): string {
  return Buffer.from(codeKey, 'base64url').toString('hex')
}

export async function answerEnrol(context: EnrolContext, address: string, body: Uint8Array): Promise<EnrolResult> {
  const nowMs = context.nowMs()
  const left = context.tries.left(address, nowMs)
  if (left === 'used_up') return { ok: false, error: 'too_many_tries' }
  const result = await enrol(context, body, nowMs)
  if (result.ok) return result
  context.tries.fail(address, nowMs)
  return left === 'crowded' ? { ok: false, error: 'too_many_tries' } : result
}

async function enrol(context: EnrolContext, body: Uint8Array, nowMs: number): Promise<EnrolResult> {
  if (body.length > ENROL_BYTES_MAX) return { ok: false, error: 'too_large' }
  const said = parseJson(body)
  const request = enrolRequest.safeParse(said).data
  if (request === undefined) return { ok: false, error: await whyNotRead(context, said, nowMs) }
  const { codeKey, publicKey, proof, signature } = request
  const about = { keyPrint: context.signer.keyPrint, codeKey, publicKey }
  const isProven = verify(null, Buffer.from(enrolProofText(about)), stationPublicKey(codeKey), Buffer.from(proof, 'base64url'))
  if (!isProven || !verify(null, Buffer.from(enrolSigningText(about)), stationPublicKey(publicKey), Buffer.from(signature, 'base64url'))) {
    return { ok: false, error: 'bad_signature' }
  }
  const joined = await context.store.transaction('write', (transaction) => join(transaction, hashOfKey(codeKey), publicKey, nowMs))
  if (typeof joined === 'string') return { ok: false, error: joined }
  const { station, district, number } = joined
  if (!(await context.store.transaction('write', (transaction) => keepOutside(transaction, context.outside, joined, publicKey, nowMs)))) return { ok: false, error: 'code_used' }
  const certificate = issueCertificate(context.signer, { station, district, number, publicKey, issuedAtMs: nowMs })
  return { ok: true, answer: { station, centralKey: context.signer.publicKey, certificate } }
}

/** A code that came in clear was heard by whoever listens: it joins nobody any more. */
async function whyNotRead({ store }: EnrolContext, said: unknown, nowMs: number): Promise<EnrolRefusal> {
  const before = enrolRequestOfBefore.safeParse(said).data
  if (before !== undefined) {
    const codeHash = await enrolmentCodeHash(before.code)
    await store.transaction('write', async (transaction) => {
      const code = await transaction.lockEnrolmentCode(codeHash)
      if (code !== null && code.usedByKey === null) await transaction.markEnrolmentCodeUsed(codeHash, 'told in clear', nowMs)
    })
    return 'client_too_old'
  }
  return (enrolRequestVersion.safeParse(said).data?.version ?? 0) > ENROLMENT_VERSION ? 'server_too_old' : 'bad_request'
}

/**
 * Before the machine hears of it: a central that is restored to yesterday still knows this key. After the commit, and under the
 * station's lock, so that the last key there is the station's: another machine may have joined in its place meanwhile (false).
 */
async function keepOutside(
  transaction: StoreTransaction,
  outside: OutsideLog,
  { station, district, number, details }: EnrolmentCodeRow,
  publicKey: string,
  nowMs: number,
): Promise<boolean> {
  await transaction.lockStation(station)
  if ((await transaction.findStation(station))?.publicKey !== publicKey) return false
  // Asked again, once is enough.
  const newest = outside.read().findLast((record) => record.kind === 'station_enrolled' && record.station === station)
  if (newest?.kind !== 'station_enrolled' || newest.publicKey !== publicKey) {
    outside.append({ kind: 'station_enrolled', station, district, number, publicKey, details, atMs: nowMs })
  }
  return true
}

async function join(transaction: StoreTransaction, codeHash: string, publicKey: string, nowMs: number): Promise<EnrolmentCodeRow | EnrolRefusal> {
  const code = await transaction.lockEnrolmentCode(codeHash)
  if (code === null) return 'code_unknown'
  if (code.usedByKey !== null && code.usedByKey !== publicKey) return 'code_used'
  if (nowMs >= code.expiresAtMs) return 'code_expired'
  const { station, district } = code
  await transaction.lockStation(station)
  const before = await transaction.findStation(station)
  // Asked again: the answer was lost. Not where another machine has taken its place since: its key stays worth nothing.
  if (code.usedByKey === publicKey) return before?.publicKey === publicKey && before.status === 'active' ? code : 'code_used'
  // Revoked since the code was made, or the number was given to somebody else: the code is worth nothing any more.
  if (before?.status === 'revoked' || !(await transaction.writeStation({ ...code, publicKey }, nowMs))) return 'code_expired'
  if (before !== null) await transaction.admitNext(station)
  await transaction.markEnrolmentCodeUsed(codeHash, publicKey, nowMs)
  await transaction.appendChanges([{ district, scope: stationScope(station), kind: 'station', key: station }])
  return code
}
