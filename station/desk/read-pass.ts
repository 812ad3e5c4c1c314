// From a scanned pass to a verdict: decodes (contract/pass), verifies with a key the station holds, judges (domain).

import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { decodePass, type PassBody } from '../../contract/pass/pass-code.ts'
import { judgePass } from '../../domain/pass-verdict.ts'
import { type Counter, momentOf } from '../acts/act.ts'
import { isCardRevoked, passKey } from '../store/mirror.ts'

export type PassReading =
  | { kind: 'accepted'; pass: PassBody }
  | { kind: 'refused'; verdict: 'malformed'; detail: 'pass_damaged' | 'newer_scheme' }
  /** `pass` only where the signature was genuine: whose card it is, for staff. */
  | { kind: 'refused'; verdict: 'forged' | 'unknown_key' | 'expired' | 'revoked'; pass: PassBody | null }

export function readPass(counter: Counter, text: string): PassReading {
  const decoded = decodePass(text)
  if (!decoded.ok) return { kind: 'refused', verdict: 'malformed', detail: decoded.reason === 'newer_layout' ? 'newer_scheme' : 'pass_damaged' }
  const { body, signedBytes, signature } = decoded.pass
  const reader = counter.database.read
  const { rules, today } = momentOf(counter, reader)
  const key = publicKeyOf(passKey(reader, body.keyId))
  const verdict = judgePass({
    signatureValid: key === null ? null : verify(null, signedBytes, key, signature),
    issueDay: body.issueDay,
    today,
    validDays: rules.passValidDays,
    cardRevoked: isCardRevoked(reader, body.holderId, body.card),
  })
  if (verdict.verdict === 'accepted') return { kind: 'accepted', pass: body }
  const genuine = verdict.reason === 'expired' || verdict.reason === 'revoked'
  return { kind: 'refused', verdict: verdict.reason, pass: genuine ? body : null }
}

const parsedKeys = new Map<string, KeyObject>()

function publicKeyOf(pem: string | null): KeyObject | null {
  if (pem === null) return null
  let key = parsedKeys.get(pem)
  if (key === undefined) {
    key = createPublicKey(pem)
    if (parsedKeys.size > 64) parsedKeys.clear()
    parsedKeys.set(pem, key)
  }
  return key
}
