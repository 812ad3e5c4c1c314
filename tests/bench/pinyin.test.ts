import { join } from 'node:path'
import { expect, test } from 'vitest'
import { benchPinyin, EVERYDAY_SENTENCES } from '../../bench/pinyin.ts'

test('nine of ten everyday sentences have every word among the first five, with at most three and a half touches a character', { timeout: 120_000 }, () => {
  const figures = benchPinyin(EVERYDAY_SENTENCES, () => undefined)
  expect(figures.sentences).toBe(200)
  expect(figures.words_top5).toBeGreaterThanOrEqual(0.9)
  expect(figures.presses_per_char).toBeLessThanOrEqual(3.5)
})

test('sentences of other words, that nothing was fitted to, do not fall below what was measured', { timeout: 120_000 }, () => {
  const figures = benchPinyin(join(import.meta.dirname, '../fixtures/pinyin/held-out-sentences.txt'), () => undefined)
  expect(figures.words_top5).toBeGreaterThanOrEqual(0.7)
})

test('on nine keys a key is three or four letters: fewer words are among the first five, for no more touches', { timeout: 240_000 }, () => {
  const figures = benchPinyin(EVERYDAY_SENTENCES, () => undefined, 'nine')
  expect(figures.words_top5).toBeGreaterThanOrEqual(0.6)
  expect(figures.presses_per_char).toBeLessThanOrEqual(3.5)
})
