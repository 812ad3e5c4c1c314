// Packs words and pairs into the columns of renderer/pinyin/dictionary-format.ts. Entries lie in the order of their syllables, so
// that a reading is a range; words are numbered from the commonest, so that the numbers of what follows a word are small.

import { gzipSync } from 'node:zlib'
import { CLASS_SHIFT, CLASS_UNKNOWN, COLUMNS, COST_MAX, COST_PER_NAT, FALLBACK_SHIFT, FORMAT_MARK, FURTHER_READING, GAIN_STEP, type ColumnName } from '../../renderer/pinyin/dictionary-format.ts'
import { SYLLABLES } from '../../renderer/pinyin/syllables.ts'
import type { WordClasses } from './learn-classes.ts'

export interface Reading {
  syllables: number[]
  /** What this reading costs above the word's commonest one, in nats; nought for that one. */
  extraNats: number
}

export interface PackedWord {
  text: string
  /** -ln of its probability. */
  nats: number
  /** The commonest first. */
  readings: Reading[]
}

export interface PackedPair {
  before: string
  after: string
  /** What the pair saves against its two words apart. */
  gainNats: number
}

interface Entry {
  word: PackedWord
  syllables: number[]
  cost: number
  isFirst: boolean
}

const costOf = (nats: number): number => Math.min(COST_MAX, Math.max(0, Math.round(nats * COST_PER_NAT)))

export function packDictionary(words: readonly PackedWord[], pairs: readonly PackedPair[], fallbackNats: ReadonlyMap<string, number>, classes: WordClasses, clauseStart: string): Buffer {
  const entries = words
    .flatMap((word) => word.readings.map(({ syllables, extraNats }, index): Entry => ({ word, syllables, cost: costOf(index === 0 ? word.nats : extraNats), isFirst: index === 0 })))
    .sort(bySyllables)
  const hanzi = hanziBySyllable(entries)
  const entryOf = new Map<PackedWord, number>()
  for (const [index, entry] of entries.entries()) if (entry.isFirst) entryOf.set(entry.word, index)
  const ranked = entries.flatMap((entry, index) => (entry.isFirst ? [{ entry, index }] : [])).sort((a, b) => a.entry.cost - b.entry.cost || a.index - b.index)
  // Nought is the start of a clause.
  const numberOf = new Map(ranked.map(({ entry }, rank) => [entry.word.text, rank + 1]))
  numberOf.set(clauseStart, 0)

  const columns: Record<ColumnName, number[]> = {
    hanzi: [], lengths: [], shared: [], syllables: [], hanziNumbers: [], costs: [], furtherOf: [], beforeClasses: [], afterClasses: [], classCosts: [], rowLengths: [], rowFallbacks: [], followers: [], gains: [],
  }
  columns.hanzi.push(...new TextEncoder().encode(hanzi.map((of) => of.join('')).join('\n')))
  let before: readonly number[] = []
  for (const { word, syllables, cost, isFirst } of entries) {
    let shared = 0
    while (shared < syllables.length && before[shared] === syllables[shared]) shared++
    columns.lengths.push(syllables.length | (isFirst ? 0 : FURTHER_READING))
    columns.shared.push(shared)
    for (const syllable of syllables.slice(shared)) pushVarint(columns.syllables, syllable)
    for (const [at, sign] of [...word.text].entries()) pushVarint(columns.hanziNumbers, hanzi[syllables[at] ?? 0]?.indexOf(sign) ?? 0)
    columns.costs.push(cost)
    if (!isFirst) pushVarint(columns.furtherOf, entryOf.get(word) ?? 0)
    before = syllables
  }

  const rows = new Map<number, PackedPair[]>()
  for (const pair of pairs) {
    const number = numberOf.get(pair.before)
    if (number === undefined) throw new Error(`${pair.before} is no word`)
    const row = rows.get(number)
    if (row === undefined) rows.set(number, [pair])
    else row.push(pair)
  }
  const nameOf = [clauseStart, ...ranked.map(({ entry }) => entry.word.text)]
  for (const row of classes.nats) columns.classCosts.push(...row.map((nats) => Math.min(COST_MAX, Math.max(0, Math.round(-nats * COST_PER_NAT) + CLASS_SHIFT))))
  for (const [number, name] of nameOf.entries()) {
    columns.beforeClasses.push(classes.before.get(name) ?? CLASS_UNKNOWN)
    columns.afterClasses.push(classes.after.get(name) ?? CLASS_UNKNOWN)
    const row = (rows.get(number) ?? []).map((pair) => ({ number: numberOf.get(pair.after) ?? 0, gain: Math.round((pair.gainNats * COST_PER_NAT) / GAIN_STEP) })).sort((a, b) => a.number - b.number)
    pushVarint(columns.rowLengths, row.length)
    columns.rowFallbacks.push(Math.min(COST_MAX, Math.max(0, Math.round((fallbackNats.get(name) ?? 0) * COST_PER_NAT) + FALLBACK_SHIFT)))
    let last = 0
    for (const { number: follower, gain } of row) {
      pushVarint(columns.followers, follower - last)
      columns.gains.push(Math.min(COST_MAX, Math.max(0, gain)))
      last = follower
    }
  }
  const parts: number[] = [...new TextEncoder().encode(FORMAT_MARK)]
  pushVarint(parts, SYLLABLES.length)
  for (const name of COLUMNS) pushVarint(parts, columns[name].length)
  return gzipSync(Buffer.concat([Buffer.from(parts), ...COLUMNS.map((name) => Buffer.from(columns[name]))]), { level: 9 })
}

function bySyllables(a: Entry, b: Entry): number {
  for (let at = 0; at < Math.min(a.syllables.length, b.syllables.length); at++) {
    const difference = (a.syllables[at] ?? 0) - (b.syllables[at] ?? 0)
    if (difference !== 0) return difference
  }
  return a.syllables.length - b.syllables.length || a.word.nats - b.word.nats || (a.word.text < b.word.text ? -1 : 1)
}

/** For each syllable its characters, the commonest first, so that a character is a small number beside its syllable. */
function hanziBySyllable(entries: readonly Entry[]): string[][] {
  const weights = SYLLABLES.map(() => new Map<string, number>())
  for (const { word, syllables } of entries) {
    for (const [at, sign] of [...word.text].entries()) {
      const of = weights[syllables[at] ?? 0]
      of?.set(sign, (of.get(sign) ?? 0) + 1)
    }
  }
  return weights.map((of) => [...of].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([sign]) => sign))
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
}
