// Owns the first question about any scanned text: a pass, an item, somebody else's code, or nothing readable.
// Decided by shape alone, never by the screen's mode. It refuses to know whether a pass is genuine (contract/pass) or an
// item exists (station). Invariant: every text, however hostile or long, gets exactly one verdict of this closed union.

import { hasRetailShape, readRetailCode } from './barcode.ts'
import type { RetailSymbology } from './barcode.ts'
import { isPaymentDigits, nameForeignScheme } from './foreign-code.ts'
import type { ForeignScheme } from './foreign-code.ts'

export type ItemSymbology = RetailSymbology | 'code128'

export type MalformedReason = 'empty' | 'too_long' | 'control_characters' | 'undecodable' | 'pass_damaged' | 'newer_scheme' | 'check_digit'

export type ScannedCode =
  | { readonly kind: 'pass'; readonly text: string }
  | { readonly kind: 'item'; readonly symbology: ItemSymbology; readonly code: string }
  | { readonly kind: 'foreign'; readonly scheme: ForeignScheme }
  | { readonly kind: 'malformed'; readonly reason: MalformedReason }

/** The longest scanned text that is looked at; a QR code can hold 7,089 digits, a pass has 149 characters. */
export const scannedTextLengthMax = 4096

/** `BXZ1` and 145 characters of Crockford base32. */
export const passTextLength = 149

const controlCharacter = /\p{Cc}/u
const scannerEdges = /^[\r\n\t \ufeff]+|[\r\n\t \ufeff]+$/g
const leadingAimId = /^\][A-Za-z][0-9A-Za-z]/
const passFamily = /^BXZ([0-9])/i
// Spelled out instead of the `i` flag: under it some letters outside ASCII would match and then change length.
const passBody = /^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-zIiLlOo]{145}$/
const code128Shape = /^[0-9A-Z./+$%*:_ -]{4,48}$/
const code128ByAim = /^[\u0020-\u007e]{4,48}$/

/** Reads what a scanner sent. `aimId` (`]Q1`, `]E0`, `]C0` …) is what the scanner says the symbol was, where it says so. */
export function readScannedCode(raw: string, aimId?: string): ScannedCode {
  if (raw.length > scannedTextLengthMax) return malformed('too_long')
  const trimmed = raw.replaceAll(scannerEdges, '')
  const aim = leadingAimId.exec(trimmed)?.[0]
  const text = aim === undefined ? trimmed : trimmed.slice(aim.length)
  if (text === '') return malformed('empty')
  if (controlCharacter.test(text)) return malformed('control_characters')
  if (text.includes('\ufffd')) return malformed('undecodable')
  return readPass(text) ?? readItem(text, aim ?? aimId) ?? { kind: 'foreign', scheme: nameForeignScheme(text) }
}

function readPass(text: string): ScannedCode | undefined {
  const version = passFamily.exec(text)?.[1]
  if (version === undefined) return undefined
  if (version !== '1') return malformed('newer_scheme')
  const body = text.slice(4)
  if (!passBody.test(body)) return malformed('pass_damaged')
  return { kind: 'pass', text: `BXZ1${foldLookAlikes(body)}` }
}

/** Crockford's rule for people who type a code from a card: I and L are one, O is nought. */
function foldLookAlikes(body: string): string {
  return body.toUpperCase().replaceAll(/[IL]/g, '1').replaceAll('O', '0')
}

function readItem(text: string, aimId: string | undefined): ScannedCode | undefined {
  if (isPaymentDigits(text)) return undefined
  const retail = readRetailCode(text)
  if (retail !== undefined) return { kind: 'item', ...retail }
  const isLinear = aimId !== undefined && /^\][AC]/.test(aimId)
  if (hasRetailShape(text) && !isLinear) return malformed('check_digit')
  if (aimId !== undefined && /^\]E[04]/.test(aimId)) return malformed('check_digit')
  const shape = isLinear ? code128ByAim : code128Shape
  const isItem = shape.test(text) && nameForeignScheme(text) === 'text'
  return isItem ? { kind: 'item', symbology: 'code128', code: text } : undefined
}

function malformed(reason: MalformedReason): ScannedCode {
  return { kind: 'malformed', reason }
}
