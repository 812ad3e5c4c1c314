import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isReceiptCode, receiptCode } from '../../domain/receipt-code.ts'

const anyCode = fc.tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1, max: 99_999_999 })).map(([station, seq]) => receiptCode(station, seq))

/** A thousand codes, dense at the start where most of them are, and then with more and more digits. */
const CODES = Array.from({ length: 1000 }, (_, index) => receiptCode(1 + (index % 250), index < 500 ? index + 1 : Math.floor(1.02 ** index)))

const swapped = (code: string, left: number, right: number): string => {
  const signs = [...code]
  const [first = '', second = ''] = [signs[left], signs[right]]
  signs[left] = second
  signs[right] = first
  return signs.join('')
}

test('a receipt’s code is the station’s number, the event’s number and one check sign, short enough to be read out', () => {
  expect([receiptCode(1, 3), receiptCode(3, 1042), receiptCode(118, 99_999), receiptCode(118, 100_000)]).toEqual([
    '1-00003-7',
    '3-01042-Y',
    '118-99999-0',
    '118-100000-Y',
  ])
})

test('the check sign is never a letter that is heard or read as a digit', () => {
  const signs = new Set(CODES.map((code) => code.slice(-1)))
  expect([...signs].toSorted().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXY')
})

test('every code that was made is whole', () => {
  fc.assert(
    fc.property(anyCode, (code) => {
      expect(isReceiptCode(code)).toBe(true)
    }),
  )
})

test('every slip of one digit, and of the check sign, is caught', () => {
  const missed: string[] = []
  for (const code of CODES) {
    for (let at = 0; at < code.length; at += 1) {
      if (code.charAt(at) === '-') continue
      const signs = at === code.length - 1 ? '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ' : '0123456789'
      for (const sign of signs) {
        const slip = code.slice(0, at) + sign + code.slice(at + 1)
        if (slip !== code && isReceiptCode(slip)) missed.push(`${code} ${slip}`)
      }
    }
  }
  expect(missed).toEqual([])
})

test('every swap of neighbouring different signs is caught, over a dash too', () => {
  const missed: string[] = []
  for (const code of CODES) {
    for (let at = 0; at < code.length - 1; at += 1) {
      const overDash = code.charAt(at + 1) === '-' ? 2 : 1
      for (const slip of [swapped(code, at, at + 1), swapped(code, at, at + overDash)]) {
        if (slip !== code && isReceiptCode(slip)) missed.push(`${code} ${slip}`)
      }
    }
  }
  expect(missed).toEqual([])
})

test('no slip and no swap gets through with numbers of any length', () => {
  fc.assert(
    fc.property(anyCode, fc.nat(), fc.integer({ min: 1, max: 9 }), (code, where, by) => {
      const at = where % code.length
      const digit = code.charAt(at)
      const slip = /\d/.test(digit) ? code.slice(0, at) + String((Number(digit) + by) % 10) + code.slice(at + 1) : code
      const swap = swapped(code, at, Math.min(at + 1, code.length - 1))
      expect([slip, swap].filter((other) => other !== code && isReceiptCode(other))).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('a text is a receipt’s code exactly when the numbers in it make it', () => {
  const anyText = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.tuple(fc.stringMatching(/^\d{1,12}$/), fc.stringMatching(/^\d{1,18}$/), fc.stringMatching(/^[0-9A-Z]$/)).map((parts) => parts.join('-')),
  )
  fc.assert(
    fc.property(anyText, (text) => {
      const [station = '', seq = ''] = text.split('-')
      const isMade = /^\d{1,10}-\d{5,16}-/.test(text) && receiptCode(Number(station), Number(seq)) === text
      expect(isReceiptCode(text)).toBe(isMade)
    }),
    { numRuns: 500 },
  )
})

test('a code with a nought too many, a sign lost or a blank around it is not whole', () => {
  const texts = ['3-01042-Y', '3-01042-y', ' 3-01042-Y', '3-01042-Y\n', '03-01042-Y', '3-001042-Y', '3-1042-Y', '3-01042', '01042-Y', '']
  expect(texts.filter(isReceiptCode)).toEqual(['3-01042-Y'])
  const noughtTooMany = [...'0123456789ABCDEFGHJKMNPQRSTVWXY'].flatMap((sign) => [`03-01042-${sign}`, `3-001042-${sign}`])
  expect(noughtTooMany.filter(isReceiptCode)).toEqual([])
})
