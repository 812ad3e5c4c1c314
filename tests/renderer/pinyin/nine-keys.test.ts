// The telephone's keys: what was pressed may be several syllables, and choosing one leaves only its words.

import { expect, test } from 'vitest'
import { candidatesFor } from '../../../renderer/pinyin/candidates.ts'
import { chooseReading, emptyComposition, takeBack } from '../../../renderer/pinyin/composition.ts'
import { CLAUSE_START } from '../../../renderer/pinyin/dictionary.ts'
import { readingsOf, spelled } from '../../../renderer/pinyin/key-readings.ts'
import { keysOf, syllablesBeginningOnKeys, syllablesOnKeys } from '../../../renderer/pinyin/nine-keys.ts'
import { SYLLABLES } from '../../../renderer/pinyin/syllables.ts'
import { typedSyllables } from '../../../renderer/pinyin/typed-syllables.ts'
import { openKioskDictionary } from './open-kiosk-dictionary.ts'

const dictionary = openKioskDictionary()
const offered = (letters: string, count = 5): string[] => candidatesFor(dictionary, letters, CLAUSE_START).slice(0, count).map(({ text }) => text)
const composing = (letters: string) => ({ ...emptyComposition(), letters })

test('every syllable is on its keys, and begins with each of their beginnings', () => {
  for (const [number, syllable] of SYLLABLES.entries()) {
    expect(syllablesOnKeys(keysOf(syllable))).toContain(number)
    for (let length = 1; length <= syllable.length; length++) {
      const runs = syllablesBeginningOnKeys(keysOf(syllable).slice(0, length))
      expect(runs.some(({ first, last }) => first <= number && number <= last)).toBe(true)
    }
  }
  const onSame = syllablesOnKeys('94264').map((number) => SYLLABLES[number])
  expect(onSame).toEqual(['xiang', 'zhang'])
})

test('a sentence by its keys is the first thing offered, in its letters', () => {
  expect(offered(keysOf('mingtianxiawuyoupeixun'), 1)).toEqual(['明天下午有培训'])
  expect(offered(keysOf('xiangyaoyishuangshoutao'), 1)).toEqual(['想要一双手套'])
  expect(spelled(dictionary, keysOf('xiangyaoyishuangshoutao'), CLAUSE_START)).toBe("xiang'yao'yi'shuang'shou'tao")
  expect(spelled(dictionary, keysOf('diandongch'), CLAUSE_START)).toBe("dian'dong'ch")
})

test('what is typed to its end comes before what it may become', () => {
  expect(offered(keysOf('wo'), 1)).toEqual(['我'])
  expect(offered(keysOf('nihao'), 1)).toEqual(['你好'])
})

test('keys that are no row of syllables are initials, and however many there are, the search has its bound', () => {
  expect(offered(keysOf('qs'))).toContain('骑手')
  expect(typedSyllables('7'.repeat(48)).length).toBeLessThanOrEqual(6)
  expect(offered('7'.repeat(48)).length).toBe(5)
})

test('a syllable is chosen for the keys, one after the other; taking back gives the keys back', () => {
  expect(readingsOf(dictionary, keysOf('zhang'), CLAUSE_START, 5)).toEqual(expect.arrayContaining(['xiang', 'zhang']))
  const surname = chooseReading(composing(keysOf('zhangxiaoming')), 'zhang')
  expect(surname.letters).toBe(`ZHANG${keysOf('xiaoming')}`)
  expect(readingsOf(dictionary, surname.letters, CLAUSE_START, 9)).toContain('xiao')
  const both = chooseReading(surname, 'xiao')
  expect([both.letters, spelled(dictionary, both.letters, CLAUSE_START)]).toEqual([`ZHANG'XIAO${keysOf('ming')}`, "zhang'xiao'ming"])
  expect(offered(both.letters, 30)).toContain('张')
  expect(offered('ZHANG', 300).filter((word) => ['相', '想', '项'].includes(word))).toEqual([])
  expect(takeBack(takeBack(takeBack(takeBack(takeBack(both))))).letters).toBe(`ZHANG${keysOf('xiao')}`)
})

test('a choice that these keys are not changes nothing', () => {
  expect(chooseReading(composing('94264'), 'li').letters).toBe('94264')
  expect(chooseReading(composing('li'), 'li').letters).toBe('li')
})

test('letters and keys stand beside each other: the panel may have been turned to low reach while typing', () => {
  expect(offered(`xiangyao${keysOf('shoutao')}`, 1)).toEqual(['想要手套'])
  const [whole] = candidatesFor(dictionary, "XI26", CLAUSE_START)
  expect(whole).toMatchObject({ text: '西安', letterCount: 4 })
})
