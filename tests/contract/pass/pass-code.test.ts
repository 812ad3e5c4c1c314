import fc from 'fast-check'
import QRCode from 'qrcode'
import { expect, test } from 'vitest'
import { decodeCrockford, encodeCrockford } from '../../../contract/pass/crockford.ts'
import { decodePass, encodePass, PASS_LENGTH, type PassBody, passSigningBytes } from '../../../contract/pass/pass-code.ts'

const body: PassBody = { holder: 'rider', holderId: '0190b5a2-7c3e-7d10-8a55-3c1f2e4d5b6a', card: 2, issueDay: 20_778, keyId: 7 }
const signature = Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) & 255)

const anyBody = fc.record<PassBody>({
  holder: fc.constantFrom('rider', 'staff'),
  holderId: fc.uuid().map((text) => text.toLowerCase()),
  card: fc.integer({ min: 1, max: 0xffff }),
  issueDay: fc.integer({ min: 0, max: 0xffff }),
  keyId: fc.integer({ min: 0, max: 0xffff }),
})
const anySignature = fc.uint8Array({ minLength: 64, maxLength: 64 })

test('every pass comes back from its text as it was, in either case', () => {
  fc.assert(
    fc.property(anyBody, anySignature, (body, signature) => {
      const text = encodePass(body, signature)
      const expected = { ok: true, pass: { body, signedBytes: passSigningBytes(body), signature } }
      expect(text).toMatch(/^BXZ1[0-9A-HJKMNP-TV-Z]{145}$/)
      expect(decodePass(text)).toEqual(expected)
      expect(decodePass(text.toLowerCase())).toEqual(expected)
    }),
  )
})

test('a pass fits a QR code of version 6 in alphanumeric mode at error level M', () => {
  const code = QRCode.create(encodePass(body, signature), { errorCorrectionLevel: 'M' })
  expect({ version: code.version, modes: code.segments.map((segment) => segment.mode.id) }).toEqual({ version: 6, modes: ['Alphanumeric'] })
})

test('a pass with any one sign changed, lost or added is damaged, not forged', () => {
  const text = encodePass(body, signature)
  for (let at = 0; at < PASS_LENGTH; at += 1) {
    const other = text.charAt(at) === '7' ? '8' : '7'
    expect(decodePass(text.slice(0, at) + other + text.slice(at + 1))).toEqual({ ok: false, reason: 'damaged' })
    expect(decodePass(text.slice(0, at) + text.slice(at + 1))).toEqual({ ok: false, reason: 'damaged' })
    expect(decodePass(text.slice(0, at) + other + text.slice(at))).toEqual({ ok: false, reason: 'damaged' })
  }
})

test('look-alike signs read as what they stand for', () => {
  const text = encodePass(body, signature)
  const payload = text.slice(4).replaceAll('0', 'O').replaceAll('1', 'L')
  expect(decodePass(`BXZ1${payload}`)).toEqual(decodePass(text))
})

test('no text makes the decoder throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.string({ minLength: 145, maxLength: 145 }).map((rest) => `BXZ1${rest}`)), (text) => {
      expect(decodePass(text).ok).toBe(false)
    }),
  )
})

test('base32 is canonical: one text for one run of bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(decodeCrockford(encodeCrockford(bytes), bytes.length)).toEqual(bytes)
    }),
  )
  expect(decodeCrockford('ZZ', 1)).toBeNull()
})
