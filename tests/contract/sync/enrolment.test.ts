import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENROLMENT_CODE, enrolmentLink, KEY_PRINT, keyPrintOf, readEnrolmentCode, readEnrolmentLink, showEnrolmentCode, showKeyPrint } from '../../../contract/sync/enrolment.ts'

const code = fc.stringMatching(ENROLMENT_CODE)

test('a code is read back from how it is shown, in any case, with blanks or dashes, and with letters that look alike', () => {
  fc.assert(
    fc.property(code, (made) => {
      const shown = showEnrolmentCode(made)
      const alike = shown.replaceAll('1', 'l').replaceAll('0', 'o')
      expect([shown, shown.toLowerCase(), made, ` ${shown.replaceAll('-', '  ')}\n`, alike].map(readEnrolmentCode)).toEqual([made, made, made, made, made])
    }),
  )
})

test('what is no code is none', () => {
  expect(['', 'ABCD', '0000-0000-000', '0000-0000-00000', 'UUUU-UUUU-UUUU', '0000_0000_0000', '一二三四五六七八九十一二'].map(readEnrolmentCode)).toEqual(Array(7).fill(null))
})

test('a link says the code, whose it is and where central is, and nothing else is a link', () => {
  fc.assert(
    fc.property(code, fc.stringMatching(KEY_PRINT), (made, keyPrint) => {
      const link = { code: made, centralUrl: 'https://central.example:8443', keyPrint }
      expect(readEnrolmentLink(enrolmentLink(link))).toEqual(link)
    }),
  )
  const [made, print] = ['0123456789AB', '0123456789ABCDEF']
  expect(
    [
      `BXE2 ${made} ${print}`, `BXE1 ${made} ${print} https://c`, `BXE2 ${made} ${print} ftp://c`, `BXE2 ${made} ${print} https://c more`, `BXE2 short ${print} https://c`,
      `BXE2 ${made} ${print} https://${'c'.repeat(300)}`, 'BXZ1',
      // Without a print it could be anybody's.
      `BXE2 ${made} https://c`, `BXE1 ${made} https://c`, `BXE2 ${made} ${print.slice(1)} https://c`,
    ].map(readEnrolmentLink),
  ).toEqual(Array(10).fill(null))
})

test('a print is eighty bits of a hash in sixteen signs, in groups for the eye', () => {
  const print = keyPrintOf(new Uint8Array(32).fill(255))
  expect([print, KEY_PRINT.test(print), showKeyPrint('0123456789ABCDEF')]).toEqual(['ZZZZZZZZZZZZZZZZ', true, '0123-4567-89AB-CDEF'])
})
