import { expect, test } from 'vitest'
import { NAME_SIGNS_MAX, readPersonName } from '../../domain/person-name.ts'

test.each(['张伟', '欧阳娜娜', '肉孜艾力·买买提', 'Ayşe O’Neil', 'نۇرگۈل', '𠮷田', 'Jean-Luc'])('%s is a name and stays as it is', (name) => {
  expect(readPersonName(`  ${name}\u200b `)).toBe(name)
})

test.each(['', '   ', '13912345678', '<b>张</b>', '张伟1', '👩', '· ', 'a\nb@c', '\u202e'])('%j is none', (typed) => {
  expect(readPersonName(typed)).toBeNull()
})

test('a name is as long as people have them', () => {
  expect([readPersonName('长'.repeat(NAME_SIGNS_MAX))?.length, readPersonName('长'.repeat(NAME_SIGNS_MAX + 1)), readPersonName('长'.repeat(10_000))]).toEqual([NAME_SIGNS_MAX, null, null])
})
