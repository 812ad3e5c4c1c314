// What is offered for typed letters, in the order in which it is offered: the best whole sentence, then every word that may come
// first by the best sentence through it, then what is left of the single characters. No text twice.

import { textOfEntry, type Dictionary } from './dictionary.ts'
import { bestSentences, bestWays } from './best-sentence.ts'
import { typedSyllables, skipSeparators } from './typed-syllables.ts'
import { wordArcs } from './word-arcs.ts'

export interface Candidate {
  text: string
  /** How many of the letters it takes. */
  letterCount: number
  /** The last word of it, which the next is judged by. */
  lastWord: number
}

/** Beyond the search's own bound, for characters that are picked one by one. */
const SINGLES_MAX = 400

export function candidatesFor(dictionary: Dictionary, letters: string, before: number): Candidate[] {
  const cuts = typedSyllables(letters.replace(/'+$/, ''))
  const waysFrom = bestWays(dictionary, cuts, before)
  const ways = waysFrom[0] ?? []
  const offered = new Map<string, Candidate>()
  const offer = (candidate: Candidate): void => {
    if (!offered.has(candidate.text)) offered.set(candidate.text, { ...candidate, letterCount: skipSeparators(letters, candidate.letterCount) })
  }
  const [best] = bestSentences(dictionary, waysFrom, before, 1)
  const last = best?.words.at(-1)
  if (best !== undefined && last !== undefined) offer({ text: best.words.map(({ entry }) => textOfEntry(dictionary, entry)).join(''), letterCount: last.to, lastWord: last.word })
  for (const { arc } of ways) offer({ text: textOfEntry(dictionary, arc.entry), letterCount: arc.to, lastWord: arc.word })
  const rest = wordArcs(dictionary, cuts, 0, SINGLES_MAX, SINGLES_MAX).filter(({ entry }) => dictionary.lengths[entry] === 1)
  const costOf = (arc: { word: number; cost: number }): number => arc.cost + (dictionary.wordCosts[arc.word] ?? 0)
  for (const arc of rest.sort((a, b) => costOf(a) - costOf(b))) offer({ text: textOfEntry(dictionary, arc.entry), letterCount: arc.to, lastWord: arc.word })
  return [...offered.values()]
}
