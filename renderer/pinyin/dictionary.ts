// The dictionary in memory: typed columns and three questions asked of them: which entries continue a reading, what a word costs
// after another, and what it is written as. It is read only, holds nothing of anybody who types, and knows no screen.

import { CLASS_COUNT, CLASS_SHIFT, CLASS_UNKNOWN, COLUMNS, FALLBACK_SHIFT, FORMAT_MARK, FURTHER_READING, GAIN_STEP, WORD_SYLLABLES_MAX, type ColumnName } from './dictionary-format.ts'
import { SYLLABLES } from './syllables.ts'

export interface Dictionary {
  entryCount: number
  /** Entry by entry: syllables, WORD_SYLLABLES_MAX places each. */
  syllables: Uint16Array
  lengths: Uint8Array
  /** The word an entry is a reading of; words are numbered from 1, the commonest first. */
  wordOf: Uint32Array
  /** What this reading costs above the word's commonest one. */
  readingCosts: Uint8Array
  wordCosts: Uint8Array
  beforeClasses: Uint8Array
  afterClasses: Uint8Array
  /** What a word of one class costs above its own cost after one of another; row by row, one row a class of the word before. */
  classCosts: Int16Array
  rowStarts: Uint32Array
  followers: Uint32Array
  gains: Uint8Array
  fallbacks: Int16Array
  /** Entry by entry, like the syllables: the characters, as code points. */
  hanzi: Uint32Array
}

/** Stands before the first word of a clause. */
export const CLAUSE_START = 0

export function openDictionary(bytes: Uint8Array): Dictionary {
  const columns = readColumns(bytes)
  const hanziOf = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    .decode(columns.hanzi)
    .split('\n')
    .map((signs) => Uint32Array.from(signs, (sign) => sign.codePointAt(0) ?? 0))
  const entryCount = columns.lengths.length
  const syllables = new Uint16Array(entryCount * WORD_SYLLABLES_MAX)
  const hanzi = new Uint32Array(entryCount * WORD_SYLLABLES_MAX)
  const lengths = new Uint8Array(entryCount)
  const syllableColumn = varintsOf(columns.syllables)
  const hanziColumn = varintsOf(columns.hanziNumbers)
  for (let entry = 0, syllableAt = 0, hanziAt = 0; entry < entryCount; entry++) {
    const length = at(columns.lengths, entry) & ~FURTHER_READING
    const shared = at(columns.shared, entry)
    const start = entry * WORD_SYLLABLES_MAX
    lengths[entry] = length
    for (let place = 0; place < length; place++) {
      const syllable = place < shared ? at(syllables, start - WORD_SYLLABLES_MAX + place) : at(syllableColumn, syllableAt++)
      syllables[start + place] = syllable
      hanzi[start + place] = hanziOf[syllable]?.[at(hanziColumn, hanziAt++)] ?? 0
    }
  }
  const { wordOf, readingCosts, wordCosts } = numberWords(columns)
  const rowLengths = varintsOf(columns.rowLengths)
  const rowStarts = new Uint32Array(rowLengths.length + 1)
  for (let row = 0; row < rowLengths.length; row++) rowStarts[row + 1] = at(rowStarts, row) + at(rowLengths, row)
  const followers = varintsOf(columns.followers)
  for (let row = 0; row < rowLengths.length; row++) {
    for (let pair = at(rowStarts, row) + 1; pair < at(rowStarts, row + 1); pair++) followers[pair] = at(followers, pair) + at(followers, pair - 1)
  }
  const gains = columns.gains.map((gain) => Math.min(255, gain * GAIN_STEP))
  const fallbacks = Int16Array.from(columns.rowFallbacks, (cost) => cost - FALLBACK_SHIFT)
  const classCosts = Int16Array.from(columns.classCosts, (cost) => cost - CLASS_SHIFT)
  return { entryCount, beforeClasses: columns.beforeClasses, afterClasses: columns.afterClasses, classCosts, syllables, lengths, wordOf, readingCosts, wordCosts, rowStarts, followers, gains, fallbacks, hanzi }
}

/** Words are the first readings, ordered by cost and then by their place. */
function numberWords(columns: Record<ColumnName, Uint8Array>): { wordOf: Uint32Array; readingCosts: Uint8Array; wordCosts: Uint8Array } {
  const entryCount = columns.lengths.length
  const isFurther = (entry: number): boolean => (at(columns.lengths, entry) & FURTHER_READING) !== 0
  const furtherOf = varintsOf(columns.furtherOf)
  const wordOf = new Uint32Array(entryCount)
  const readingCosts = new Uint8Array(entryCount)
  const startOfCost = new Uint32Array(257)
  for (let entry = 0; entry < entryCount; entry++) if (!isFurther(entry)) startOfCost[at(columns.costs, entry) + 1] = at(startOfCost, at(columns.costs, entry) + 1) + 1
  for (let cost = 0; cost < 256; cost++) startOfCost[cost + 1] = at(startOfCost, cost) + at(startOfCost, cost + 1)
  const wordCosts = new Uint8Array(entryCount - furtherOf.length + 1)
  for (let entry = 0; entry < entryCount; entry++) {
    if (isFurther(entry)) continue
    const cost = at(columns.costs, entry)
    const word = at(startOfCost, cost) + 1
    startOfCost[cost] = word
    wordOf[entry] = word
    wordCosts[word] = cost
  }
  for (let entry = 0, further = 0; entry < entryCount; entry++) {
    if (!isFurther(entry)) continue
    wordOf[entry] = at(wordOf, at(furtherOf, further++))
    readingCosts[entry] = at(columns.costs, entry)
  }
  return { wordOf, readingCosts, wordCosts }
}

/** What a word costs where it follows another. */
export function costAfter(dictionary: Dictionary, before: number, word: number): number {
  const apart = at(dictionary.wordCosts, word) + (dictionary.fallbacks[before] ?? 0) + classCost(dictionary, before, word)
  let low = at(dictionary.rowStarts, before)
  let high = at(dictionary.rowStarts, before + 1)
  while (low < high) {
    const middle = (low + high) >>> 1
    const follower = at(dictionary.followers, middle)
    if (follower === word) return apart - at(dictionary.gains, middle)
    if (follower < word) low = middle + 1
    else high = middle
  }
  return apart
}

function classCost({ beforeClasses, afterClasses, classCosts }: Dictionary, before: number, word: number): number {
  const beforeClass = at(beforeClasses, before)
  const afterClass = at(afterClasses, word)
  return beforeClass === CLASS_UNKNOWN || afterClass === CLASS_UNKNOWN ? 0 : (classCosts[beforeClass * CLASS_COUNT + afterClass] ?? 0)
}

export function textOfEntry(dictionary: Dictionary, entry: number): string {
  const start = entry * WORD_SYLLABLES_MAX
  return String.fromCodePoint(...dictionary.hanzi.subarray(start, start + at(dictionary.lengths, entry)))
}

/** The first entry in [from, to) whose syllable at `place` is not below the one asked for. All of them share what stands before that place. */
export function firstEntryAt(dictionary: Dictionary, from: number, to: number, place: number, syllable: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    const isBelow = at(dictionary.lengths, middle) <= place || at(dictionary.syllables, middle * WORD_SYLLABLES_MAX + place) < syllable
    if (isBelow) low = middle + 1
    else high = middle
  }
  return low
}

function readColumns(bytes: Uint8Array): Record<ColumnName, Uint8Array> {
  const mark = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, FORMAT_MARK.length))
  const sizes = varintsOf(bytes.subarray(FORMAT_MARK.length, FORMAT_MARK.length + 5 * (COLUMNS.length + 1)), COLUMNS.length + 1)
  if (mark !== FORMAT_MARK || sizes[0] !== SYLLABLES.length) throw new Error('this is not a pinyin dictionary of this version')
  const total = sizes.subarray(1).reduce((sum, size) => sum + size, 0)
  let start = bytes.length - total
  const columns = COLUMNS.map((name, index): [ColumnName, Uint8Array] => {
    const end = start + at(sizes, index + 1)
    const column = bytes.subarray(start, end)
    start = end
    return [name, column]
  })
  if (start !== bytes.length || bytes.length < total) throw new Error('the pinyin dictionary is cut short')
  return Object.fromEntries(columns) as Record<ColumnName, Uint8Array>
}

function varintsOf(bytes: Uint8Array, max = Number.MAX_SAFE_INTEGER): Uint32Array {
  let count = 0
  for (let index = 0; index < bytes.length; index++) if (at(bytes, index) < 0x80) count++
  const values = new Uint32Array(Math.min(count, max))
  for (let index = 0, value = 0, shift = 0, filled = 0; index < bytes.length && filled < values.length; index++) {
    const byte = at(bytes, index)
    value |= (byte & 0x7f) << shift
    shift += 7
    if (byte < 0x80) {
      values[filled++] = value
      value = 0
      shift = 0
    }
  }
  return values
}

function at(column: Uint8Array | Uint16Array | Uint32Array, index: number): number {
  return column[index] ?? 0
}
