import { expect, test } from 'vitest'
import { candidatesFor } from '../../../renderer/pinyin/candidates.ts'
import { CLAUSE_START, openDictionary } from '../../../renderer/pinyin/dictionary.ts'
import { typedSyllables } from '../../../renderer/pinyin/typed-syllables.ts'
import { openKioskDictionary } from './open-kiosk-dictionary.ts'

const dictionary = openKioskDictionary()
const offered = (letters: string, count = 5): string[] => candidatesFor(dictionary, letters, CLAUSE_START).slice(0, count).map(({ text }) => text)

test('a whole sentence is the first thing offered', () => {
  expect(offered('mingtianxiawuyoupeixun', 1)).toEqual(['明天下午有培训'])
  expect(offered('xiangyaoyishuangshoutao', 1)).toEqual(['想要一双手套'])
})

test('letters that can be cut in two ways are offered both ways', () => {
  expect(offered('xian', 60)).toEqual(expect.arrayContaining(['先', '西安']))
  expect(offered("xi'an", 1)).toEqual(['西安'])
})

test('the stations’ own words are near the front, by their initials too', () => {
  expect(offered('qs', 2)).toContain('骑手')
  expect(offered('waimaiqishou', 1)).toEqual(['外卖骑手'])
})

test('a last syllable that is not typed to its end is read as what it may become', () => {
  expect(offered('diandongc')).toContain('电动车')
})

test('single characters can be reached for names', () => {
  const singles = candidatesFor(dictionary, 'li', CLAUSE_START).map(({ text }) => text)
  expect(singles).toEqual(expect.arrayContaining(['李', '丽', '莉', '黎', '力']))
  expect(new Set(singles).size).toBe(singles.length)
})

test('each candidate says how many letters it takes, separators included', () => {
  const [whole] = candidatesFor(dictionary, "xi'an", CLAUSE_START)
  expect(whole).toMatchObject({ text: '西安', letterCount: 5 })
  expect(candidatesFor(dictionary, "xi'an", CLAUSE_START).find(({ text }) => text === '西')?.letterCount).toBe(3)
})

test('letters that lead nowhere are offered nothing, and do not throw', () => {
  expect([offered('vvv'), offered(''), offered("'")]).toEqual([[], [], []])
  expect(typedSyllables('wo').length).toBe(2)
})

test('a file that is cut short or is none is not opened', () => {
  expect(() => openDictionary(new Uint8Array(64))).toThrow(/not a pinyin dictionary/)
})
