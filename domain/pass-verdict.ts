// Whether a decoded pass is taken. A closed list, so that words for rider and staff exist for each. Being unknown to this
// machine or suspended is no refusal: rest is free (invariant 12).

/** Every way in which a scanned code is refused; `foreign` and `malformed` are found before there is a pass to judge. */
export const SCAN_REFUSALS = ['forged', 'malformed', 'foreign', 'unknown_key', 'expired', 'revoked'] as const
export type ScanRefusal = (typeof SCAN_REFUSALS)[number]

export interface PassQuestion {
  /** null: no public key of that id is held, so nothing can be said of the signature. */
  signatureValid: boolean | null
  issueDay: number
  today: number
  validDays: number
  cardRevoked: boolean
}

export type PassVerdict = { verdict: 'accepted' } | { verdict: 'refused'; reason: 'forged' | 'unknown_key' | 'expired' | 'revoked' }

/** A pass issued "tomorrow" is taken: a genuine signature outranks the clock of a machine that lost its battery. */
export function judgePass(question: PassQuestion): PassVerdict {
  if (question.signatureValid === null) return { verdict: 'refused', reason: 'unknown_key' }
  if (!question.signatureValid) return { verdict: 'refused', reason: 'forged' }
  if (question.cardRevoked) return { verdict: 'refused', reason: 'revoked' }
  if (question.today >= question.issueDay + question.validDays) return { verdict: 'refused', reason: 'expired' }
  return { verdict: 'accepted' }
}
