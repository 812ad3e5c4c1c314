import { expect, test } from 'vitest'
import { dayOfCivil } from '../../../domain/calendar.ts'
import { certificateNumber, coursesToRenew, expiryDay, idPrefixOf } from '../../../domain/training/certificate.ts'

const day = (year: number, month: number, dayOfMonth: number): number => dayOfCivil({ year, month, dayOfMonth })

test('a certificate’s number follows from its id alone, can be read out, and uses all of its randomness', () => {
  expect(certificateNumber('00000000-0000-4000-8000-000000000000')).toBe('00000-00000')
  expect(certificateNumber('ffffffff-ffff-4fff-bfff-ffffffffffff')).toBe('ZZZZZ-ZZZZZ')
  expect(certificateNumber('0190b5a2-7c3e-4d21-9f00-0000000000e1')).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
  const numbers = new Set(Array.from({ length: 20_000 }, () => certificateNumber(crypto.randomUUID())))
  expect(numbers.size).toBe(20_000)
})

test('it holds to the same day of the month it ends in, to the last one of a shorter month, over years', () => {
  expect([expiryDay(day(2026, 11, 29), 24), expiryDay(day(2027, 1, 31), 1), expiryDay(day(2028, 1, 31), 1), expiryDay(day(2026, 12, 31), 6), expiryDay(day(2026, 12, 1), 12), expiryDay(day(2026, 12, 1), null)]).toEqual(
    [day(2028, 11, 29), day(2027, 2, 28), day(2028, 2, 29), day(2027, 6, 30), day(2027, 12, 1), null],
  )
})

const TODAY = 20_000
const course = (training: string, more: object = {}): Parameters<typeof coursesToRenew>[1][number] => ({ training, topic: 'cpr', startsAtMs: 5, isOpen: true, isSignedUp: false, ...more })

test('a certificate about to end, or just ended, points to the next open course of its topic, unless he is signed up for one', () => {
  const held = [{ certificate: 'c', topic: 'cpr', expiresDay: TODAY + 30 }, { certificate: 'law', topic: 'law', expiresDay: TODAY }]
  const courses = [course('later', { startsAtMs: 9 }), course('next'), course('closed', { startsAtMs: 1, isOpen: false })]
  expect(coursesToRenew(held, courses, TODAY)).toEqual([{ certificate: 'c', training: 'next' }])
  expect(coursesToRenew(held, [...courses, course('his', { isSignedUp: true })], TODAY)).toEqual([])
  expect([TODAY - 31, TODAY + 91].map((today) => coursesToRenew(held.slice(0, 1), courses, today))).toEqual([[], []])
  expect(coursesToRenew(held.slice(0, 1), courses, TODAY + 60)).toHaveLength(1)
})

test('the certificate that holds longest speaks for its topic', () => {
  const held = [{ certificate: 'old', topic: 'cpr', expiresDay: TODAY + 1 }, { certificate: 'new', topic: 'cpr', expiresDay: TODAY + 700 }]
  expect([coursesToRenew(held, [course('next')], TODAY), coursesToRenew([...held, { certificate: 'for ever', topic: 'cpr', expiresDay: null }], [course('next')], TODAY)]).toEqual([[], []])
})

test('a number that somebody types from paper leads to the ids it may be of, and to no other', () => {
  for (let turn = 0; turn < 200; turn += 1) {
    const id = crypto.randomUUID()
    const number = certificateNumber(id)
    const prefix = id.replaceAll('-', '').slice(0, 12)
    expect([idPrefixOf(number), idPrefixOf(` ${number.toLowerCase().replace('-', '')} `), idPrefixOf(number.replaceAll('0', 'o').replaceAll('1', 'l'))]).toEqual([prefix, prefix, prefix])
  }
  expect(['', '张伟强', '1234', '25JX7-0Q4W', '25JX7-0Q4WDX', '25JX7-0Q4WU'].map(idPrefixOf)).toEqual([null, null, null, null, null, null])
})
