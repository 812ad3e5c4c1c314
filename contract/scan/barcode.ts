// Owns the check digit of retail codes (GTIN: EAN-13, EAN-8, UPC-A) and the one form an item's code has here.
// Refuses to know which item a code stands for. Invariant: one printed code, read by any scanner, has one spelling:
// a UPC-A is the EAN-13 with a zero in front, because some scanners send that zero and some do not.

export type RetailSymbology = 'ean13' | 'ean8' | 'upca'

export type RetailCode = { readonly symbology: RetailSymbology; readonly code: string }

const digitsOnly = /^[0-9]+$/

/** True when the last digit is the GTIN check digit of the ones before it (weights 3, 1, 3 … from the right). */
export function checkDigitHolds(digits: string): boolean {
  if (digits.length < 2 || !digitsOnly.test(digits)) return false
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const weight = (digits.length - index) % 2 === 0 ? 3 : 1
    sum += weight * (digits.charCodeAt(index) - 48)
  }
  return sum % 10 === 0
}

/** True when the text is digits of a length that only a retail code has, right or wrong. */
export function hasRetailShape(text: string): boolean {
  return (text.length === 8 || text.length === 12 || text.length === 13) && digitsOnly.test(text)
}

/** Reads a retail code whose check digit holds; undefined for anything else. */
export function readRetailCode(text: string): RetailCode | undefined {
  if (!hasRetailShape(text) || !checkDigitHolds(text)) return undefined
  if (text.length === 8) return { symbology: 'ean8', code: text }
  if (text.length === 12) return { symbology: 'upca', code: `0${text}` }
  return { symbology: text.startsWith('0') ? 'upca' : 'ean13', code: text }
}
