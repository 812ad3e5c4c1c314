// The words that may begin at a letter: the dictionary's sorted entries are narrowed syllable by syllable along every way to cut
// the letters. Of words with the same letters only the commonest are kept, so that the search over them has a bound.

import { WORD_SYLLABLES_MAX } from './dictionary-format.ts'
import { firstEntryAt, type Dictionary } from './dictionary.ts'
import type { TypedSyllable } from './typed-syllables.ts'

export interface WordArc {
  entry: number
  word: number
  to: number
  /** What the reading and the way it is typed cost; the word itself not counted. */
  cost: number
}

/** Entries of one reading lie in the order of their cost. */
const ONE_READING_MAX = 32
const ONE_ROW_MAX = 64

export function wordArcs(dictionary: Dictionary, cuts: readonly TypedSyllable[][], from: number, oneReadingMax = ONE_READING_MAX, oneRowMax = ONE_ROW_MAX): WordArc[] {
  const byEnd = new Map<number, WordArc[]>()
  const walk = (at: number, place: number, low: number, high: number, cost: number): void => {
    for (const cut of cuts[at] ?? []) {
      let next = firstEntryAt(dictionary, low, high, place, cut.first)
      const end = firstEntryAt(dictionary, next, high, place, cut.last + 1)
      while (next < end) {
        const syllable = dictionary.syllables[next * WORD_SYLLABLES_MAX + place] ?? 0
        const beyond = syllable === cut.last ? end : firstEntryAt(dictionary, next, end, place, syllable + 1)
        const longer = collect(dictionary, byEnd, next, beyond, place + 1, cut.to, cost + cut.cost, oneReadingMax)
        if (longer < beyond && place + 1 < WORD_SYLLABLES_MAX && cut.to < cuts.length) walk(cut.to, place + 1, longer, beyond, cost + cut.cost)
        next = beyond
      }
    }
  }
  walk(from, 0, 0, dictionary.entryCount, 0)
  const costOf = (arc: WordArc): number => arc.cost + (dictionary.wordCosts[arc.word] ?? 0)
  return [...byEnd.values()].flatMap((arcs) => (arcs.length <= oneRowMax ? arcs : arcs.sort((a, b) => costOf(a) - costOf(b)).slice(0, oneRowMax)))
}

/** Takes the entries that end here; they lie before the longer ones. Answers with the first longer one. */
function collect(dictionary: Dictionary, byEnd: Map<number, WordArc[]>, from: number, end: number, length: number, to: number, cost: number, max: number): number {
  let entry = from
  for (let taken = 0; entry < end && dictionary.lengths[entry] === length; entry++, taken++) {
    if (taken >= max) continue
    const arc = { entry, word: dictionary.wordOf[entry] ?? 0, to, cost: cost + (dictionary.readingCosts[entry] ?? 0) }
    const arcs = byEnd.get(to)
    if (arcs === undefined) byEnd.set(to, [arc])
    else arcs.push(arc)
  }
  return entry
}
