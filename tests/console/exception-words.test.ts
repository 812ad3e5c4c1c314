// Each odd fact says its own: what is odd and what to do, in Chinese and in English. That none is missing is its type.

import { expect, test } from 'vitest'
import { exceptionWords, oddOf } from '../../console/text/exception-words.ts'

const HAN = /\p{Script=Han}/u
const { zh, en } = exceptionWords

test('no two codes say the same, and each language is its own', () => {
  for (const said of [zh, en]) {
    const all = Object.values(said.codes).flatMap(({ what, remedy }) => [what, remedy])
    expect(new Set(all).size).toBe(all.length)
    expect(all.filter((text) => HAN.test(text) !== (said === zh))).toEqual([])
    expect(all).not.toContain(said.unknown)
  }
})

test('a code of another program has no words of its own', () => {
  expect(oddOf(zh.codes, 'sum_wrong')).toBe(zh.codes.sum_wrong)
  expect(oddOf(zh.codes, 'of_next_year')).toBeNull()
})
