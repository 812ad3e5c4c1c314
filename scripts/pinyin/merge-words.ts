// One list of words out of three dictionaries whose figures are not of one kind: rime's counts are brought onto open-gram's
// probabilities by the line that fits the words both know best; pinyin-pro's likewise. The station's own words are lifted.

import { groupBy } from './group-by.ts'
import type { PackedWord } from './pack-dictionary.ts'
import { readingsOf } from './word-readings.ts'
import type { RimeWord } from './rime-words.ts'

export interface WordSources {
  openGram: ReadonlyMap<string, number>
  rime: readonly RimeWord[]
  pinyinPro: ReadonlyMap<string, number>
  pinyinProMax: number
  station: ReadonlyMap<string, number>
  compounds: ReadonlyMap<string, number>
}

const COMMON = commonHanzi()
const ONLY_HANZI = /^\p{Script=Han}+$/u
/** A word that one dictionary alone knows is taken to be rarer than its figure says. */
const KNOWN_TO_ONE_NATS = 0.7
/** One that pinyin-pro alone knows, as its figures are of another kind of text. */
const KNOWN_TO_PINYIN_PRO_NATS = 1
const NATS_MAX = 21

export function mergeWords({ openGram, rime, pinyinPro, pinyinProMax, station, compounds }: WordSources): PackedWord[] {
  const rimeByText = groupBy(rime, ({ text }) => text)
  const rimeCounts = new Map([...rimeByText].map(([text, readings]) => [text, readings.reduce((sum, { count }) => sum + count, 0)]))
  const fromRime = fitted(rimeCounts, openGram)
  const fromPinyinPro = fitted(pinyinPro, openGram)
  const texts = new Set([...openGram.keys(), ...rimeCounts.keys(), ...station.keys(), ...compounds.keys()].filter((text) => ONLY_HANZI.test(text)))
  const further = [...pinyinPro].filter(([text]) => !texts.has(text) && ONLY_HANZI.test(text) && [...text].length > 1)
  for (const [text] of further.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, pinyinProMax)) texts.add(text)
  return [...texts].flatMap((text) => {
    const isCommon = [...text].every((sign) => COMMON.has(sign))
    if (!isCommon && [...text].length > 1 && !station.has(text)) return []
    const readings = readingsOf(text, rimeByText.get(text) ?? [])
    if (readings.length === 0) return []
    const known = [openGram.get(text), fromRime(text)].filter((probability) => probability !== undefined && probability > 0).map((probability) => -Math.log(probability ?? 1))
    const compound = compounds.get(text)
    const mean = compound !== undefined ? -Math.log(compound) : known.length === 0 ? -Math.log(fromPinyinPro(text) ?? Number.MIN_VALUE) + KNOWN_TO_PINYIN_PRO_NATS : known.reduce((sum, nats) => sum + nats, 0) / known.length
    const own = station.get(text)
    const general = mean + (isCommon ? 0 : 2) + (known.length < 2 && compound === undefined ? KNOWN_TO_ONE_NATS : 0)
    return [{ text, nats: Math.min(NATS_MAX, general, own === undefined ? NATS_MAX : -Math.log(own)), readings }]
  })
}

/** The line through ln(count) and ln(probability) of the words of two characters that both know. */
function fitted(counts: ReadonlyMap<string, number>, probabilities: ReadonlyMap<string, number>): (text: string) => number | undefined {
  let [n, sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0, 0]
  for (const [text, count] of counts) {
    const probability = probabilities.get(text)
    if (probability === undefined || probability <= 0 || count <= 0 || [...text].length !== 2) continue
    const [x, y] = [Math.log(count), Math.log(probability)]
    n++
    sumX += x
    sumY += y
    sumXX += x * x
    sumXY += x * y
  }
  const slope = (n * sumXY - sumX * sumY) / (n * sumXX - sumX * sumX)
  const start = (sumY - slope * sumX) / n
  return (text) => {
    const count = counts.get(text)
    return count === undefined || count <= 0 ? undefined : Math.exp(start + slope * Math.log(count))
  }
}

/** The characters of GB 2312: those that simplified text is written in, names aside. */
function commonHanzi(): ReadonlySet<string> {
  const decoder = new TextDecoder('gb18030', { ignoreBOM: true })
  const common = new Set<string>()
  for (let row = 0xb0; row <= 0xf7; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) common.add(decoder.decode(Uint8Array.of(row, cell)))
  return common
}
