// Which word pairs are worth their bytes: those that change the odds of their second word most, times how often they are met.
// What is left out of a row goes back to its words, so a row's probabilities still add up to one.

import { groupBy } from './group-by.ts'
import { CLAUSE_START, type OpenGram } from './open-gram.ts'
import type { WordClasses } from './learn-classes.ts'
import type { PackedPair, PackedWord } from './pack-dictionary.ts'

export interface ChosenPairs {
  pairs: PackedPair[]
  /** What a word costs more (or less) after a given word where the pair is not listed. */
  fallbackNats: Map<string, number>
}

/** A pair that saves less than this changes nothing. */
const GAIN_NATS_MIN = 0.5
const FALLBACK_NATS_MAX = 3

export function choosePairs(words: readonly PackedWord[], openGram: OpenGram, classes: WordClasses, pairsMax: number): ChosenPairs {
  const natsOf = new Map(words.map(({ text, nats }) => [text, nats]))
  const fallbackNats = new Map<string, number>()
  /** What a word costs after another where only their classes are known. */
  const aloneNats = (before: string, after: string): number => (natsOf.get(after) ?? 0) - (classes.nats[classes.before.get(before) ?? -1]?.[classes.after.get(after) ?? -1] ?? 0)
  const weighed: { pair: PackedPair; worth: number }[] = []
  for (const [before, row] of openGram.pairs) {
    const beforeNats = before === CLAUSE_START ? 3 : natsOf.get(before)
    if (beforeNats === undefined) continue
    const known = [...row].filter(([after]) => natsOf.has(after))
    for (const [after, probability] of known) {
      const gainNats = aloneNats(before, after) + Math.log(probability)
      if (gainNats >= GAIN_NATS_MIN) weighed.push({ pair: { before, after, gainNats }, worth: Math.exp(-beforeNats) * probability * gainNats })
    }
  }
  weighed.sort((a, b) => b.worth - a.worth || (a.pair.before + a.pair.after < b.pair.before + b.pair.after ? -1 : 1))
  const pairs = weighed.slice(0, pairsMax).map(({ pair }) => pair)
  for (const [before, row] of groupBy(pairs, ({ before }) => before)) {
    let listed = 0
    let listedAlone = 0
    for (const { after, gainNats } of row) {
      const alone = Math.exp(-aloneNats(before, after))
      listed += alone * Math.exp(gainNats)
      listedAlone += alone
    }
    const left = Math.max(0.05, 1 - listed) / Math.max(0.05, 1 - listedAlone)
    fallbackNats.set(before, Math.min(FALLBACK_NATS_MAX, Math.max(0, -Math.log(left))))
  }
  // A listed pair saves against its words apart, the row's fallback included.
  return { pairs: pairs.map((pair) => ({ ...pair, gainNats: pair.gainNats + (fallbackNats.get(pair.before) ?? 0) })), fallbackNats }
}
