// The six digits of an authenticator app (RFC 6238, by otplib): a secret, what its QR code says, and whether digits are good
// now. A time step counts once: who looks over a shoulder can not use the digits again.

import { generateSync, generateURI, ScureBase32Plugin, verifySync } from 'otplib'

export const STEP_SECONDS = 30
/** A phone's clock may be this much off. */
const TOLERANCE_SECONDS = 30
const ISSUER = '博爱小站 Boai Station'

const SECRET_BYTES = 20

/** As people type it where they can not scan it. */
export function totpSecret(bytes: Uint8Array): string {
  return new ScureBase32Plugin().encode(bytes.subarray(0, SECRET_BYTES), { padding: false })
}

export function totpUri(signInName: string, secret: string): string {
  return generateURI({ issuer: ISSUER, label: signInName, secret, period: STEP_SECONDS })
}

export function digitsNow(secret: string, nowMs: number): string {
  return generateSync({ secret, epoch: Math.floor(nowMs / 1000), period: STEP_SECONDS })
}

/** The time step that the digits belong to, or null where they are wrong, too old, or were used. */
export function stepOfDigits(digits: string, secret: string, stepUsed: number, nowMs: number): number | null {
  const token = digits.normalize('NFKC').replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const found = verifySync({ secret, token, epoch: Math.floor(nowMs / 1000), period: STEP_SECONDS, epochTolerance: TOLERANCE_SECONDS })
  if (!found.valid) return null
  const step = 'timeStep' in found ? found.timeStep : Number.NaN
  return Number.isSafeInteger(step) && step > stepUsed ? step : null
}
