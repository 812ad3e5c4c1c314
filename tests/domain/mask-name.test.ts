import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MIRROR_ROWS } from '../../contract/sync/sync-protocol.ts'
import { maskName } from '../../domain/mask-name.ts'

test('of a Han name the surname is shown, also a compound one', () => {
  expect(['张伟强', '李娜', '欧阳娜', '诸葛孔明', '司马', '欧'].map(maskName)).toEqual(['张*', '李*', '欧阳*', '诸葛*', '司*', '欧*'])
})

test('of a name with a dot the part before it is shown, whichever dot was typed', () => {
  expect(['肉孜艾力·买买提', '阿依古丽•吐尔逊', '古丽・艾山', '阿依古丽 · 吐尔逊', '阿凡提·纳斯尔·丁'].map(maskName)).toEqual([
    '肉孜艾力·*',
    '阿依古丽·*',
    '古丽·*',
    '阿依古丽·*',
    '阿凡提·*',
  ])
})

test('a dot with nothing before or behind it does not give the whole name away', () => {
  expect(['张伟强·', '·买买提', '·'].map(maskName)).toEqual(['张*', '·*', '·*'])
})

test('a rare character outside the basic plane stays whole', () => {
  expect(['𠮷野', '𬭚伟强', '阿𫍯·买买提'].map(maskName)).toEqual(['𠮷*', '𬭚*', '阿𫍯·*'])
})

test('of a Latin or an Arabic-script name the first letter is shown', () => {
  expect(['John', 'John Smith', 'Ólafur', 'ئابدۇللا'].map(maskName)).toEqual(['J*', 'J*', 'Ó*', 'ئ*'])
})

test('a blank name is a star', () => {
  expect(['', '   ', '\u3000\t\n'].map(maskName)).toEqual(['*', '*', '*'])
})

test('blanks around a name are no part of it', () => {
  expect(['  张伟强 ', '\u3000欧阳娜'].map(maskName)).toEqual(['张*', '欧阳*'])
})

test('a name longer than any wire takes is cut', () => {
  expect([`${'𠮷'.repeat(200)}·买买提`, 'A'.repeat(200)].map(maskName)).toEqual([`${'𠮷'.repeat(24)}·*`, 'A*'])
})

const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.constantFrom('张', '欧', '阳', '·', '•', ' ', '𠮷', 'ئ', 'J'), { maxLength: 120 }).map((signs) => signs.join('')),
  fc.tuple(fc.nat(120), fc.nat(3)).map(([before, behind]) => `${'𠮷'.repeat(before)}·${'张'.repeat(behind)}`),
)

test('a masked name ends with a star, fits the wire, and shows nothing but the start of the name', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const masked = maskName(name)
      const shown = masked.replace(/·?\*$/, '')
      expect({
        star: masked.endsWith('*'),
        start: name.trim().startsWith(shown),
        fits: MIRROR_ROWS.rider.shape.maskedName.safeParse(masked).success && MIRROR_ROWS.staff.shape.maskedName.safeParse(masked).success,
      }).toEqual({ star: true, start: true, fits: true })
    }),
    { numRuns: 500 },
  )
})

test('a name of three signs or more is never shown whole', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('张', '欧', '阳', '·', '•', '𠮷', 'ئ', 'J'), { minLength: 3, maxLength: 60 }), (signs) => {
      const shown = maskName(signs.join('')).replace(/·?\*$/, '')
      expect([...shown].length).toBeLessThan(signs.length)
    }),
  )
})
