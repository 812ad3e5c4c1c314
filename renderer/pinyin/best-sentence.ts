// The likeliest words for all letters, and for each word that may come first the cost of the best sentence through it. Searched
// from the end, so that one pass answers both: what a word costs includes the best that can follow it. Kept narrow (a beam).

import { costAfter, type Dictionary } from './dictionary.ts'
import type { TypedSyllable } from './typed-syllables.ts'
import { wordArcs, type WordArc } from './word-arcs.ts'

export interface Way {
  arc: WordArc
  /** Of all words from this one to the end, this one's own cost after another word not counted. */
  costToEnd: number
  next: Way | null
}

/** How many ways to the end are kept at each letter. */
const WAYS_MAX = 20
/** All ways through the letters that begin with the first of them, the best after `before` first. Each cut leads on to the end. */
export function bestWays(dictionary: Dictionary, cuts: readonly TypedSyllable[][], before: number): Way[][] {
  const waysFrom: Way[][] = Array.from({ length: cuts.length + 1 }, () => [])
  for (let from = cuts.length - 1; from >= 0; from--) {
    const ways = wordArcs(dictionary, cuts, from).map((arc): Way => wayThrough(dictionary, arc, waysFrom[arc.to] ?? []))
    const costOf = (way: Way): number => way.costToEnd + way.arc.cost + (from === 0 ? costAfter(dictionary, before, way.arc.word) : (dictionary.wordCosts[way.arc.word] ?? 0))
    const ranked = ways.map((way) => ({ way, cost: costOf(way) })).sort((a, b) => a.cost - b.cost)
    waysFrom[from] = (from === 0 ? ranked : ranked.slice(0, WAYS_MAX)).map(({ way }) => way)
  }
  return waysFrom
}

function wayThrough(dictionary: Dictionary, arc: WordArc, following: readonly Way[]): Way {
  let next: Way | null = null
  let costToEnd = following.length === 0 ? 0 : Number.POSITIVE_INFINITY
  for (const way of following) {
    const step = costAfter(dictionary, arc.word, way.arc.word) + way.arc.cost
    if (step + way.costToEnd < costToEnd) {
      costToEnd = step + way.costToEnd
      next = way
    }
  }
  return { arc, costToEnd, next }
}

interface Part {
  words: WordArc[]
  /** What its words cost so far. */
  cost: number
  /** That and the least that is still to come. */
  whole: number
  way: Way
}

/** The few best sentences, the best first: partial ones are gone on with in the order of what they come to at least. */
export function bestSentences(dictionary: Dictionary, waysFrom: readonly Way[][], before: number, max: number): { words: WordArc[]; cost: number }[] {
  const partAfter = (words: WordArc[], cost: number, last: number, way: Way): Part => {
    const next = cost + costAfter(dictionary, last, way.arc.word) + way.arc.cost
    return { words: [...words, way.arc], cost: next, whole: next + way.costToEnd, way }
  }
  const open = (waysFrom[0] ?? []).slice(0, 20).map((way) => partAfter([], 0, before, way))
  const found: { words: WordArc[]; cost: number }[] = []
  for (let turns = 0; turns < 200 && found.length < max && open.length > 0; turns++) {
    let least = 0
    for (let at = 1; at < open.length; at++) if ((open[at]?.whole ?? 0) < (open[least]?.whole ?? 0)) least = at
    const [part] = open.splice(least, 1)
    if (part === undefined) break
    const following = waysFrom[part.way.arc.to] ?? []
    if (following.length === 0) found.push({ words: part.words, cost: part.cost })
    for (const way of following) open.push(partAfter(part.words, part.cost, part.way.arc.word, way))
  }
  return found
}
