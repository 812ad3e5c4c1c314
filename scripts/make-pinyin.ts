// `node scripts/make-pinyin.ts PACKAGES`: writes resources/pinyin/dictionary.bin.gz from the unpacked Debian packages
// `sunpinyin-data` and `rime-data-pinyin-simp` in PACKAGES, @pinyin-pro/data and resources/pinyin/station-words.txt.
// The same sources give the same bytes.

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { CLASS_COUNT } from '../renderer/pinyin/dictionary-format.ts'
import { readCommandLine } from './command-line.ts'
import { choosePairs } from './pinyin/choose-pairs.ts'
import { compoundWords } from './pinyin/compound-words.ts'
import { learnClasses, type WordClasses } from './pinyin/learn-classes.ts'
import { mergeWords } from './pinyin/merge-words.ts'
import { CLAUSE_START, readOpenGram } from './pinyin/open-gram.ts'
import { packDictionary } from './pinyin/pack-dictionary.ts'
import { readRimeWords } from './pinyin/rime-words.ts'
import { readStationWords } from './pinyin/station-words.ts'

const PINYIN_PRO_WORDS_MAX = 30_000
const PAIRS_MAX = 330_000
/** A word seen with fewer others says too little of its like. */
const PARTNERS_MIN = 8
const CLASS_NATS_MAX = 6

const resourcesDir = join(import.meta.dirname, '..', 'resources', 'pinyin')
const { positionals } = readCommandLine('node scripts/make-pinyin.ts', 'PACKAGES', { allowPositionals: true, options: {} })
const [packagesDir] = positionals
if (packagesDir === undefined) throw new Error('node scripts/make-pinyin.ts PACKAGES (resources/pinyin/README.md)')

const completeFile = createRequire(import.meta.url).resolve('@pinyin-pro/data/complete.json')
const complete = z.record(z.string(), z.tuple([z.string(), z.number()])).parse(JSON.parse(readFileSync(completeFile, 'utf8')))
const openGram = readOpenGram(packagesDir)
const rime = readRimeWords(packagesDir)
const known = new Set([...openGram.words.keys(), ...rime.map(({ text }) => text)])
const words = mergeWords({
  openGram: openGram.words,
  rime,
  compounds: compoundWords(openGram, (text) => known.has(text)),
  pinyinPro: new Map(Object.entries(complete).map(([text, [, frequency]]) => [text, frequency])),
  pinyinProMax: PINYIN_PRO_WORDS_MAX,
  station: readStationWords(join(resourcesDir, 'station-words.txt')),
})
const classes = withoutStrangers(learnClasses(openGram, CLASS_COUNT))
const { pairs, fallbackNats } = choosePairs(words, openGram, classes, PAIRS_MAX)
const packed = packDictionary(words, pairs, fallbackNats, classes, CLAUSE_START)
writeFileSync(join(resourcesDir, 'dictionary.bin.gz'), packed)
process.stdout.write(`${words.length} words, ${pairs.length} pairs, ${packed.length} bytes\n`)

function withoutStrangers({ before, after, nats }: WordClasses): WordClasses {
  const followersOf = new Map([...openGram.pairs].map(([word, row]) => [word, row.size]))
  const leadersOf = new Map<string, number>()
  for (const row of openGram.pairs.values()) for (const word of row.keys()) leadersOf.set(word, (leadersOf.get(word) ?? 0) + 1)
  const known = (classes: ReadonlyMap<string, number>, partners: ReadonlyMap<string, number>): Map<string, number> => new Map([...classes].filter(([word]) => (partners.get(word) ?? 0) >= PARTNERS_MIN))
  return { before: known(before, followersOf), after: known(after, leadersOf), nats: nats.map((row) => row.map((one) => Math.max(-CLASS_NATS_MAX, Math.min(CLASS_NATS_MAX, one)))) }
}
