import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENROLMENT_CODE, enrolmentLink, readEnrolmentCode, readEnrolmentLink, showEnrolmentCode } from '../../../contract/sync/enrolment.ts'

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

test('a link says the code and where central is, and nothing else is a link', () => {
  fc.assert(
    fc.property(code, (made) => {
      expect(readEnrolmentLink(enrolmentLink(made, 'https://central.example:8443'))).toEqual({ code: made, centralUrl: 'https://central.example:8443' })
    }),
  )
  const made = '0123456789AB'
  expect(
    [`BXE1 ${made}`, `BXE2 ${made} https://c`, `BXE1 ${made} ftp://c`, `BXE1 ${made} https://c more`, `BXE1 short https://c`, `BXE1 ${made} https://${'c'.repeat(300)}`, 'BXZ1'].map(readEnrolmentLink),
  ).toEqual(Array(7).fill(null))
})
