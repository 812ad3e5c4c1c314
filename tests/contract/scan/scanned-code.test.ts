import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDigitHolds } from '../../../contract/scan/barcode.ts'
import { passTextLength, readScannedCode, scannedTextLengthMax } from '../../../contract/scan/scanned-code.ts'
import { recordedPass } from '../../fixtures/scanner/recording.ts'

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const anyPassText = fc
  .array(fc.constantFrom(...crockford.split('')), { minLength: 145, maxLength: 145 })
  .map((characters) => `BXZ1${characters.join('')}`)

test('a pass is told by its shape and handed on in capitals', () => {
  expect(recordedPass.length).toBe(passTextLength)
  expect(readScannedCode(recordedPass)).toEqual({ kind: 'pass', text: recordedPass })
  expect(readScannedCode(recordedPass.toLowerCase())).toEqual({ kind: 'pass', text: recordedPass })
})

test('every text of the shape of a pass is a pass, in any case, with any scanner suffix and AIM id', () => {
  fc.assert(
    fc.property(
      anyPassText,
      fc.constantFrom('', '\r', '\r\n', '\t', ' '),
      fc.constantFrom('', ']Q1', ']d2'),
      fc.boolean(),
      (pass, suffix, aim, lower) => {
        const sent = aim + (lower ? pass.toLowerCase() : pass) + suffix
        expect(readScannedCode(sent)).toEqual({ kind: 'pass', text: pass })
      },
    ),
  )
})

test('the look-alikes of a pass typed from a card are folded', () => {
  const body = '10'.repeat(72)
  expect(readScannedCode(`BXZ1${'IO'.repeat(36)}${'lo'.repeat(36)}0`)).toEqual({ kind: 'pass', text: `BXZ1${body}0` })
})

test.each([
  ['shortened', recordedPass.slice(0, -1)],
  ['lengthened', `${recordedPass}0`],
  ['doubled', recordedPass + recordedPass],
  ['with a letter that base32 has not', `${recordedPass.slice(0, -1)}U`],
  ['with a letter that only looks like ASCII', `${recordedPass.slice(0, -1)}ſ`],
  ['with nothing behind its mark', 'BXZ1'],
])('a pass that is %s is damaged', (_how, text) => {
  expect(readScannedCode(text)).toEqual({ kind: 'malformed', reason: 'pass_damaged' })
})

test('a pass of a later version is told from a damaged one', () => {
  expect(readScannedCode(recordedPass.replace('BXZ1', 'BXZ2'))).toEqual({ kind: 'malformed', reason: 'newer_scheme' })
  expect(readScannedCode('bxz9ABC')).toEqual({ kind: 'malformed', reason: 'newer_scheme' })
})

test.each([
  ['6901234567892', undefined, 'ean13', '6901234567892'],
  ['6901234567892\r\n', ']E0', 'ean13', '6901234567892'],
  [']E06901234567892', undefined, 'ean13', '6901234567892'],
  ['96385074', undefined, 'ean8', '96385074'],
  ['96385074', ']E4', 'ean8', '96385074'],
  ['036000291452', undefined, 'upca', '0036000291452'],
  ['0036000291452', ']E0', 'upca', '0036000291452'],
  ['BOAI-0042', undefined, 'code128', 'BOAI-0042'],
  ['BOAI-0042', ']C0', 'code128', 'BOAI-0042'],
  ['boai 42', ']C0', 'code128', 'boai 42'],
  ['12345678', ']C0', 'code128', '12345678'],
  ['16901234567899', ']I1', 'code128', '16901234567899'],
] as const)('the item code %j with AIM id %s is read as %s %s', (text, aimId, symbology, code) => {
  expect(readScannedCode(text, aimId)).toEqual({ kind: 'item', symbology, code })
})

test.each(['6901234567890', '96385075', '036000291453'])('the item code %s with a wrong check digit is refused', (text) => {
  expect(readScannedCode(text)).toEqual({ kind: 'malformed', reason: 'check_digit' })
})

test('one wrong digit in any place of an EAN-13 breaks its check digit', () => {
  fc.assert(
    fc.property(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 9 }), (place, more) => {
      const digits = '6901234567892'.split('')
      digits[place] = String((Number(digits[place]) + more) % 10)
      expect(checkDigitHolds(digits.join(''))).toBe(false)
    }),
  )
})

test.each([
  ['134567890123456789', 'payment'],
  ['100000000000000000', 'payment'],
  ['2812345678901234', 'payment'],
  ['301234567890123456789012', 'payment'],
  ['6212345678901234567', 'payment'],
  ['62123456789012345678', 'payment'],
  ['wxp://f2f0AbCdEfGh', 'payment'],
  ['https://qr.alipay.com/fkx12345', 'payment'],
  ['HTTPS://QR.ALIPAY.COM/FKX12345', 'payment'],
  ['https://wx.tenpay.com/f2f?t=1', 'payment'],
  ['https://qr.95516.com/00010000/62', 'payment'],
  ['alipays://platformapi/startapp?appId=1', 'payment'],
  ['weixin://wxpay/bizpayurl?pr=1', 'payment'],
  ['https://example.com/a', 'url'],
  ['https://example.com/?u=https://qr.alipay.com/x', 'url'],
  ['https://qr.alipay.com.example.com/x', 'url'],
  ['HTTP://EXAMPLE.COM/A', 'url'],
  ['WWW.EXAMPLE.COM', 'url'],
  ['meituan://www.meituan.com/home', 'url'],
  [`${'3E1CC6EDBE4A3EAE'.repeat(4)}:1:1100001`, 'health'],
  ['{"label":"AC_19","cnt":"0","t":1}', 'health'],
  ['https://h5.example.gov.cn/jkm/show?id=1', 'health'],
  ['北京健康码 张三', 'health'],
  ['WIFI:S:BOAI;T:WPA;P:12345678;;', 'wifi'],
  ['wifi:T:nopass;S:x;;', 'wifi'],
  ['骑手你好', 'text'],
  ['hello world', 'text'],
  ['999', 'text'],
] as const)('%s is foreign: %s', (text, scheme) => {
  expect(readScannedCode(text)).toEqual({ kind: 'foreign', scheme })
})

test('a payment code shown as a Code 128 is no item', () => {
  expect(readScannedCode('134567890123456789', ']C0')).toEqual({ kind: 'foreign', scheme: 'payment' })
})

test.each([
  ['', 'empty'],
  [' \r\n', 'empty'],
  [']Q1', 'empty'],
  ['CMD\u000fEXE', 'control_characters'],
  ['BXZ1\u0000', 'control_characters'],
  ['a\u0085b', 'control_characters'],
  ['\ufffd', 'undecodable'],
] as const)('%j is malformed: %s', (text, reason) => {
  expect(readScannedCode(text)).toEqual({ kind: 'malformed', reason })
})

test('a code of 7,000 characters is too long, and one at the limit is still read', () => {
  expect(readScannedCode('7'.repeat(7000))).toEqual({ kind: 'malformed', reason: 'too_long' })
  expect(readScannedCode('文'.repeat(scannedTextLengthMax + 1))).toEqual({ kind: 'malformed', reason: 'too_long' })
  expect(readScannedCode('文'.repeat(scannedTextLengthMax))).toEqual({ kind: 'foreign', scheme: 'text' })
})

test('every text gets one verdict, the same each time, and none of a foreign or malformed text leaves', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.option(fc.constantFrom(']Q1', ']E0', ']C0', 'xyz'), { nil: undefined }),
      (text, aimId) => {
        const code = readScannedCode(text, aimId)
        expect(readScannedCode(text, aimId)).toEqual(code)
        if (code.kind === 'foreign') expect(Object.keys(code)).toEqual(['kind', 'scheme'])
        if (code.kind === 'malformed') expect(Object.keys(code)).toEqual(['kind', 'reason'])
      },
    ),
    { numRuns: 2000 },
  )
})

test('a text of four thousand digits, spaces or letters is judged without delay', () => {
  const startedAtMs = performance.now()
  for (const character of ['1', ' ', 'A', ':', '/', '.', 'w']) {
    readScannedCode(character.repeat(scannedTextLengthMax))
    readScannedCode(`www.${character.repeat(4000)} x`)
    readScannedCode(`https://${character.repeat(4000)}\u00a0`)
  }
  expect(performance.now() - startedAtMs).toBeLessThan(500)
})
