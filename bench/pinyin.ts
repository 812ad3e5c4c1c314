// `pinyin`: everyday sentences typed in full pinyin at the kiosk's keyboard (bench/pinyin/type-sentence.ts says how), each from a
// wiped session. `words_top5` is the share of sentences whose every word was among the first five candidates; `presses_per_char`
// the median over the sentences; `ms_p99` is a touch with the candidates for it.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { openDictionary } from '../renderer/pinyin/dictionary.ts'
import { median } from './median.ts'
import { type Keys, typeSentence } from './pinyin/type-sentence.ts'

const rootDir = join(import.meta.dirname, '..')
export const EVERYDAY_SENTENCES = join(rootDir, 'tests', 'fixtures', 'pinyin', 'everyday-sentences.txt')

export interface PinyinFigures {
  sentences: number
  words_top5: number
  presses_per_char: number
  ms_p99: number
}

export function benchPinyin(file: string, say: (line: string) => void, keys: Keys = 'letters'): PinyinFigures {
  const packed = readFileSync(join(rootDir, 'resources', 'pinyin', 'dictionary.bin.gz'))
  const startedAtMs = performance.now()
  const dictionary = openDictionary(gunzipSync(packed))
  say(`dictionary: ${packed.length} bytes, opened in ${Math.round(performance.now() - startedAtMs)} ms`)
  const sentences = readFileSync(file, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const typed = sentences.map((sentence) => {
    const one = typeSentence(dictionary, sentence, keys)
    if (one.missed.length > 0) say(`${sentence}  missed: ${one.missed.join(' ')}`)
    if (one.text !== sentence) say(`${sentence}  came out as ${one.text}`)
    return one
  })
  const whole = typed.filter(({ missed, text }, index) => missed.length === 0 && text === sentences[index])
  const times = typed.flatMap(({ pressTimesMs }) => pressTimesMs).toSorted((a, b) => a - b)
  return {
    sentences: sentences.length,
    words_top5: rounded(whole.length / sentences.length, 4),
    presses_per_char: rounded(median(typed.map(({ presses, signs }) => presses / signs)), 3),
    ms_p99: rounded(times[Math.floor(times.length * 0.99)] ?? 0, 2),
  }
}

function rounded(value: number, places: number): number {
  return Number(value.toFixed(places))
}
