// A certificate's number, to be read out, and how long it holds. The number follows from the certificate's id alone, so a station
// that is cut off can print it and central finds the same.

import { civilOfDay, dayOfCivil } from '../calendar.ts'

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const NUMBER_SIGNS = 10
/** Sixty bits. */
const RANDOM_SIGNS = 12

/** "25JX7-0Q4WD": fifty bits of a random id (its version and variant bits left out). */
export function certificateNumber(id: string): string {
  const hex = id.replaceAll('-', '')
  const random = BigInt(`0x${hex.slice(0, 12)}${hex.slice(17, 20)}`)
  let signs = ''
  for (let at = 0; at < NUMBER_SIGNS; at += 1) signs += SIGNS.charAt(Number((random >> BigInt(5 * (RANDOM_SIGNS - 1 - at))) & 31n))
  return `${signs.slice(0, 5)}-${signs.slice(5)}`
}

/** As somebody types it from paper (any case, O for 0, I or L for 1, with or without the dash): the first twelve hexadecimal digits of the ids it may be of; null: no number. */
export function idPrefixOf(typed: string): string | null {
  const signs = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (signs.length !== NUMBER_SIGNS) return null
  let bits = 0n
  for (const sign of signs) {
    const value = SIGNS.indexOf(sign)
    if (value < 0) return null
    bits = (bits << 5n) | BigInt(value)
  }
  // Fifty bits, of which the last two lie behind the version.
  return (bits >> 2n).toString(16).padStart(12, '0')
}

/** The same day so many months later; where that month is shorter, its last day. It holds on that day still. */
export function expiryDay(issuedDay: number, months: number | null): number | null {
  if (months === null) return null
  const { year, month, dayOfMonth } = civilOfDay(issuedDay)
  const first = { year: year + Math.floor((month - 1 + months) / 12), month: ((month - 1 + months) % 12) + 1, dayOfMonth: 1 }
  const next = { year: first.year + Math.floor(first.month / 12), month: (first.month % 12) + 1, dayOfMonth: 1 }
  const length = dayOfCivil(next) - dayOfCivil(first)
  return dayOfCivil(first) + Math.min(dayOfMonth, length) - 1
}

export interface HeldCertificate {
  certificate: string
  topic: string
  expiresDay: number | null
}

export interface OfferedCourse {
  training: string
  topic: string
  startsAtMs: number
  isOpen: boolean
  isSignedUp: boolean
}

/** So long before its end a certificate asks to be renewed, and so long after it. */
export const RENEWAL_DAYS = 60

/** For each certificate that is about to end, or has just ended, and was not renewed: the next course of its topic. */
export function coursesToRenew(certificates: readonly HeldCertificate[], courses: readonly OfferedCourse[], today: number): { certificate: string; training: string }[] {
  const topics = new Map<string, HeldCertificate>()
  for (const held of certificates) {
    const known = topics.get(held.topic)
    // The one that holds longest speaks for its topic.
    if (known === undefined || (known.expiresDay !== null && (held.expiresDay === null || held.expiresDay > known.expiresDay))) topics.set(held.topic, held)
  }
  return [...topics.values()].flatMap(({ certificate, topic, expiresDay }) => {
    if (expiresDay === null || expiresDay - today > RENEWAL_DAYS || today - expiresDay > RENEWAL_DAYS) return []
    const ofTopic = courses.filter((course) => course.topic === topic && course.isOpen)
    if (ofTopic.some(({ isSignedUp }) => isSignedUp)) return []
    const [next] = ofTopic.toSorted((one, other) => one.startsAtMs - other.startsAtMs)
    return next === undefined ? [] : [{ certificate, training: next.training }]
  })
}
