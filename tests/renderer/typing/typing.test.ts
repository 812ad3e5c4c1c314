import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { candidatesOfTyping, emptyTyping, openPage, pressKey, remaining, spelledLetters, textOf, type Typing, type TypingKey } from '../../../renderer/typing/typing.ts'
import { keysOf } from '../../../renderer/pinyin/nine-keys.ts'
import { countSigns } from '../../../renderer/typing/count-signs.ts'
import { openKioskDictionary } from '../pinyin/open-kiosk-dictionary.ts'

const dictionary = openKioskDictionary()
const press = (typing: Typing, ...keys: TypingKey[]): Typing => keys.reduce((now, key) => pressKey(now, key, dictionary), typing)
const letters = (word: string): TypingKey[] => [...word].map((letter) => ({ kind: 'letter', letter }))

test('letters become text by one touch on a candidate', () => {
  const typing = press(emptyTyping(140), ...letters('xiangyaoyishuangshoutao'), { kind: 'pick', index: 0 })
  expect([textOf(typing), remaining(typing), typing.composition.letters]).toEqual(['想要一双手套', 134, ''])
})

test('a word picked for the first letters leaves the others to be picked, and one touch back takes the pick back', () => {
  const composing = press(emptyTyping(140), ...letters('lixiaoming'))
  const first = candidatesOfTyping(composing, dictionary).findIndex(({ text }) => text === '李')
  const picked = press(composing, { kind: 'pick', index: first })
  expect([textOf(picked), picked.composition.picked.map(({ text }) => text), picked.composition.letters]).toEqual(['', ['李'], 'xiaoming'])
  expect(press(picked, { kind: 'erase' }).composition).toMatchObject({ letters: 'lixiaoming', picked: [] })
})

test('a sign settles what is composed and follows it with the one touch', () => {
  expect(textOf(press(emptyTyping(140), ...letters('nihao'), { kind: 'sign', sign: '，' }))).toBe('你好，')
})

test('digits, English and · go in as they are', () => {
  const typing = press(emptyTyping(140), { kind: 'layer', layer: 'signs' }, { kind: 'sign', sign: '3' }, { kind: 'sign', sign: '·' }, { kind: 'language' }, ...letters('ok'))
  expect(textOf(typing)).toBe('3·ok')
})

test('what does not fit is refused and nothing is lost', () => {
  const full = emptyTyping(4, '一二三四')
  const refused = press(full, { kind: 'sign', sign: '。' })
  expect([textOf(refused), refused.notice]).toEqual(['一二三四', 'full'])
  const composing = press(emptyTyping(3), ...letters('xiangyaoyishuangshoutao'), { kind: 'pick', index: 0 })
  expect([textOf(composing), composing.notice, composing.composition.letters]).toEqual(['', 'full', 'xiangyaoyishuangshoutao'])
})

test('a family, a flag and an accented letter are each one sign', () => {
  expect(['👨‍👩‍👧‍👦', '🇨🇳', 'é', '一'].map(countSigns)).toEqual([1, 1, 1, 1])
  expect(textOf(press(emptyTyping(140, '好👨‍👩‍👧‍👦'), { kind: 'erase' }))).toBe('好')
})

test('without a dictionary yet the letters say so, and English works', () => {
  const waiting = pressKey(emptyTyping(140), { kind: 'letter', letter: 'w' }, null)
  expect([waiting.notice, textOf(pressKey(pressKey(waiting, { kind: 'language' }, null), { kind: 'letter', letter: 'w' }, null))]).toEqual(['no-dictionary', 'w'])
})

test('whoever types next is offered the same words in the same order: nothing is learnt', () => {
  const before = JSON.stringify(candidatesOfTyping(press(emptyTyping(140), ...letters('shi')), dictionary).slice(0, 50))
  let typing = emptyTyping(140)
  for (let turn = 0; turn < 20; turn += 1) typing = press(typing, ...letters('shi'), { kind: 'pick', index: 30 })
  expect(JSON.stringify(candidatesOfTyping(press(emptyTyping(140), ...letters('shi')), dictionary).slice(0, 50))).toBe(before)
})

test('nine keys: pressed keys become text by one touch, and a sign settles them', () => {
  expect(textOf(press(emptyTyping(140), ...letters(keysOf('xiangyaoyishuangshoutao')), { kind: 'pick', index: 0 }))).toBe('想要一双手套')
  expect(textOf(press(emptyTyping(140), ...letters(keysOf('nihao')), { kind: 'sign', sign: '，' }))).toBe('你好，')
})

test('nine keys: a chosen syllable leaves its words, the surname first where a name begins', () => {
  const chosen = press(emptyTyping(40, '', true), ...letters(keysOf('zhang')), { kind: 'page', by: 1, sheet: 8 }, { kind: 'reading', reading: 'zhang' })
  expect([chosen.page, candidatesOfTyping(chosen, dictionary)[0]?.text, spelledLetters(chosen, dictionary)]).toEqual([0, '张', 'zhang'])
})

test('nine keys: a further page holds as many as its sheet, and no candidate is left out between two', () => {
  const composing = press(emptyTyping(140), ...letters(keysOf('li')))
  const candidates = candidatesOfTyping(composing, dictionary)
  const shown = [0, 1, 2, 3].flatMap((page) => openPage({ ...composing, page }, candidates, 8).map(({ index }) => index))
  expect(shown).toEqual(Array.from({ length: 5 + 3 * 8 }, (_, index) => index))
})

test('nine keys in English: a key opens its letters, one touch takes one, anything else closes it and nothing goes in', () => {
  const open = press(emptyTyping(140), { kind: 'language' }, ...letters('9'))
  expect(openPage(open, candidatesOfTyping(open, dictionary)).map(({ candidate }) => candidate.text).join('')).toBe('wxyzWXYZ')
  expect(textOf(press(open, { kind: 'pick', index: 4 }))).toBe('W')
  expect(textOf(press(open, ...letters('4'), { kind: 'pick', index: 2 }))).toBe('i')
  expect(press(open, { kind: 'erase' })).toEqual(press(open, { kind: 'space' }))
  expect(textOf(press(open, { kind: 'space' }))).toBe('')
  expect(textOf(press(open, { kind: 'sign', sign: '.' }))).toBe('.')
})

const key: fc.Arbitrary<TypingKey> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz'").map((letter): TypingKey => ({ kind: 'letter', letter })) },
  { weight: 4, arbitrary: fc.constantFrom(...'23456789').map((letter): TypingKey => ({ kind: 'letter', letter })) },
  { weight: 1, arbitrary: fc.constantFrom('li', 'zhang', 'xi', 'a').map((reading): TypingKey => ({ kind: 'reading', reading })) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 }).map((index): TypingKey => ({ kind: 'pick', index })) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<TypingKey>(
      { kind: 'sign', sign: '。' }, { kind: 'sign', sign: '7' }, { kind: 'space' }, { kind: 'erase' }, { kind: 'page', by: 1 }, { kind: 'page', by: -1 }, { kind: 'language' }, { kind: 'layer', layer: 'signs' }, { kind: 'layer', layer: 'more-signs' },
      { kind: 'layer', layer: 'letters' }, { kind: 'capitals' }, { kind: 'cursor', by: -1 }, { kind: 'cursor', by: 1 },
    ),
  },
)

test('whatever is touched in whatever order: it never throws, never grows past its limit, and the cursor stays within the text', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
      const typing = press(emptyTyping(12), ...keys)
      expect(countSigns(typing.text)).toBeLessThanOrEqual(12)
      expect(typing.cursor).toBeGreaterThanOrEqual(0)
      expect(typing.cursor).toBeLessThanOrEqual(typing.text.length)
      expect(openPage(typing, candidatesOfTyping(typing, dictionary)).length).toBeLessThanOrEqual(24)
      expect(typeof spelledLetters(typing, dictionary)).toBe('string')
    }),
    { numRuns: 120 },
  )
})

/** The commonest, and what names of other tongues begin with here. */
const SURNAMES: readonly (readonly [string, string])[] = [
  ['wang', '王'], ['li', '李'], ['zhang', '张'], ['liu', '刘'], ['chen', '陈'], ['yang', '杨'], ['zhao', '赵'], ['huang', '黄'], ['zhou', '周'], ['wu', '吴'], ['xu', '徐'], ['sun', '孙'], ['hu', '胡'], ['zhu', '朱'],
  ['gao', '高'], ['lin', '林'], ['he', '何'], ['guo', '郭'], ['ma', '马'], ['luo', '罗'], ['zeng', '曾'], ['ren', '任'], ['mai', '买'], ['rou', '肉'], ['ai', '艾'], ['a', '阿'], ['tu', '吐'], ['re', '热'], ['ouyang', '欧阳'],
]

test('where a name begins, its surname is among the first five; further on, and in other texts, words keep their order', () => {
  const typed = (typing: Typing, word: string): string[] => candidatesOfTyping(press(typing, ...letters(word)), dictionary).map(({ text }) => text)
  const missing = SURNAMES.filter(([word, surname]) => !typed(emptyTyping(40, '', true), word).slice(0, 5).includes(surname))
  expect(missing).toEqual([])
  expect(typed(emptyTyping(40, '王', true), 'wang')).toEqual(typed(emptyTyping(40, '王'), 'wang'))
  expect(typed(emptyTyping(40), 'wang')[0]).not.toBe('王')
  expect(typed(emptyTyping(40, '', true), 'wang').toSorted()).toEqual(typed(emptyTyping(40), 'wang').toSorted())
})
