// Words that dictionaries leave in two parts and people (and the platform's own word breaker) take as one: 拖了, 围起来, 一箱. They
// are the pairs of open-gram that make one word together, and numerals with the words by which things are counted.

import type { OpenGram } from './open-gram.ts'

const SIGNS_MAX = 4
const PROBABILITY_MIN = 1.5e-7
const NUMERALS = '一二两三四五六七八九十几半每这那哪某'
const MEASURES =
  '个位名口只头条匹棵根支枝朵颗粒块片张件套双副对床把台辆架艘部栋幢座间所家层楼扇盏面幅本册页份封篇首句段杯碗盘盆瓶罐壶桶袋包盒箱筐篮车船节堂课次回趟遍场顿阵声下天年月周日夜晚点分秒斤两公斤米尺寸里亩元毛角块钱岁届期批群伙帮种类样项笔桩股团滴串束捆卷层格步刀针剂服味道门'
/** After a numeral a counting word is so much likelier than anywhere. */
const AFTER_NUMERAL_FACTOR = 12

const breaker = new Intl.Segmenter('zh', { granularity: 'word' })

export function compoundWords(openGram: OpenGram, isKnown: (text: string) => boolean): Map<string, number> {
  const found = new Map<string, number>()
  const add = (text: string, probability: number): void => {
    if (probability < PROBABILITY_MIN || [...text].length > SIGNS_MAX || isKnown(text) || !isOneWord(text)) return
    found.set(text, Math.max(found.get(text) ?? 0, probability))
  }
  for (const [first, followers] of openGram.pairs) {
    const alone = openGram.words.get(first) ?? 0
    if (alone < PROBABILITY_MIN) continue
    for (const [second, probability] of followers) add(first + second, alone * probability)
  }
  for (const numeral of NUMERALS) {
    for (const measure of MEASURES) add(numeral + measure, (openGram.words.get(numeral) ?? 0) * Math.min(0.2, AFTER_NUMERAL_FACTOR * (openGram.words.get(measure) ?? 0)))
  }
  return found
}

function isOneWord(text: string): boolean {
  return [...breaker.segment(text)].length === 1
}
