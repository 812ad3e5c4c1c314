// Crockford base32: bytes <-> text that a QR code packs tightly (its alphanumeric mode), that has no case to lose
// and no blank to be trimmed. Strict on the way in: another length, a foreign sign or a set padding bit is no code.
// Source: Douglas Crockford, "Base 32" (the alphabet leaves out I, L, O and U; I and L read as 1, O as 0).

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const VALUE_BY_SIGN = new Map<string, number>([...ALPHABET].map((sign, value) => [sign, value]))
VALUE_BY_SIGN.set('I', 1)
VALUE_BY_SIGN.set('L', 1)
VALUE_BY_SIGN.set('O', 0)

/** Number of signs that hold `byteCount` bytes. */
export function crockfordLength(byteCount: number): number {
  return Math.ceil((byteCount * 8) / 5)
}

/** Bytes to upper-case text; the last sign is padded with zero bits. */
export function encodeCrockford(bytes: Uint8Array): string {
  let text = ''
  let buffer = 0
  let bufferedBits = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    bufferedBits += 8
    while (bufferedBits >= 5) {
      bufferedBits -= 5
      text += ALPHABET.charAt((buffer >>> bufferedBits) & 31)
    }
    buffer &= (1 << bufferedBits) - 1
  }
  if (bufferedBits > 0) text += ALPHABET.charAt((buffer << (5 - bufferedBits)) & 31)
  return text
}

/** Text of any case to exactly `byteCount` bytes, or null where it is no such code. */
export function decodeCrockford(text: string, byteCount: number): Uint8Array | null {
  if (text.length !== crockfordLength(byteCount)) return null
  const bytes = new Uint8Array(byteCount)
  let buffer = 0
  let bufferedBits = 0
  let filled = 0
  for (const sign of text.toUpperCase()) {
    const value = VALUE_BY_SIGN.get(sign)
    if (value === undefined) return null
    buffer = (buffer << 5) | value
    bufferedBits += 5
    if (bufferedBits >= 8) {
      bufferedBits -= 8
      bytes[filled++] = (buffer >>> bufferedBits) & 255
    }
    buffer &= (1 << bufferedBits) - 1
  }
  return buffer === 0 && filled === byteCount ? bytes : null
}
