// Sorts words into classes by the company they keep, so that a pair nobody has seen (a bowl of something, in somebody's shop) is
// judged by pairs of their like. Two sortings: by what follows a word, and by what it follows. They are improved in turn: each
// word goes to the class whose odds explain its own pairs best, then the classes' odds are counted anew.

import { CLAUSE_START, type OpenGram } from './open-gram.ts'

export interface WordClasses {
  /** A word's class as the one before, and as the one after. */
  before: Map<string, number>
  after: Map<string, number>
  /** ln of how much likelier a word of the second class is after one of the first than anywhere. */
  nats: number[][]
}

const ROUNDS = 12
/** So many parts of a class's odds are those of all words. */
const SMOOTHING = 0.02

interface Side {
  /** Word by word: the numbers of the words it is paired with, and how much. */
  partners: Uint32Array[]
  weights: Float64Array[]
}

export function learnClasses(openGram: OpenGram, classCount: number): WordClasses {
  const names = [...new Set([CLAUSE_START, ...openGram.words.keys()])]
  const numberOf = new Map(names.map((name, number) => [name, number]))
  const rows: { partner: number; weight: number }[][] = names.map(() => [])
  const columns: { partner: number; weight: number }[][] = names.map(() => [])
  for (const [name, pairs] of openGram.pairs) {
    const before = numberOf.get(name)
    if (before === undefined) continue
    for (const [follower, probability] of pairs) {
      const after = numberOf.get(follower)
      if (after === undefined) continue
      const weight = (openGram.words.get(name) ?? 0) * probability
      rows[before]?.push({ partner: after, weight })
      columns[after]?.push({ partner: before, weight })
    }
  }
  const beforeSide = sideOf(rows)
  const afterSide = sideOf(columns)
  const byFrequency = [...names.keys()].sort((a, b) => (openGram.words.get(names[b] ?? '') ?? 0) - (openGram.words.get(names[a] ?? '') ?? 0))
  const before = new Uint16Array(names.length)
  const after = new Uint16Array(names.length)
  for (const [rank, word] of byFrequency.entries()) before[word] = after[word] = rank < classCount ? rank : rank % classCount
  for (let round = 0; round < ROUNDS; round++) {
    sortAnew(beforeSide, before, after, classCount)
    sortAnew(afterSide, after, before, classCount)
  }
  return {
    before: new Map(names.map((name, number) => [name, before[number] ?? 0])),
    after: new Map(names.map((name, number) => [name, after[number] ?? 0])),
    nats: classOdds(beforeSide, before, after, classCount),
  }
}

function sideOf(pairs: readonly { partner: number; weight: number }[][]): Side {
  return { partners: pairs.map((row) => Uint32Array.from(row, ({ partner }) => partner)), weights: pairs.map((row) => Float64Array.from(row, ({ weight }) => weight)) }
}

function profileOf(side: Side, word: number, partnerClasses: Uint16Array, profile: Float64Array): number {
  profile.fill(0)
  let all = 0
  const partners = side.partners[word] ?? new Uint32Array()
  const weights = side.weights[word] ?? new Float64Array()
  for (let at = 0; at < partners.length; at++) {
    const partnerClass = partnerClasses[partners[at] ?? 0] ?? 0
    profile[partnerClass] = (profile[partnerClass] ?? 0) + (weights[at] ?? 0)
    all += weights[at] ?? 0
  }
  return all
}

function sortAnew(side: Side, classes: Uint16Array, partnerClasses: Uint16Array, classCount: number): void {
  const odds = logOdds(side, classes, partnerClasses, classCount)
  const profile = new Float64Array(classCount)
  for (let word = 0; word < classes.length; word++) {
    if (profileOf(side, word, partnerClasses, profile) === 0) continue
    const met = [...profile.keys()].filter((partnerClass) => (profile[partnerClass] ?? 0) > 0)
    let best = Number.NEGATIVE_INFINITY
    for (let one = 0; one < classCount; one++) {
      let fit = 0
      for (const partnerClass of met) fit += (profile[partnerClass] ?? 0) * (odds[one * classCount + partnerClass] ?? 0)
      if (fit > best) {
        best = fit
        classes[word] = one
      }
    }
  }
}

/** ln of the odds of each partner class, class by class. */
function logOdds(side: Side, classes: Uint16Array, partnerClasses: Uint16Array, classCount: number): Float64Array {
  const { sums, all } = classSums(side, classes, partnerClasses, classCount)
  const total = all.reduce((sum, weight) => sum + weight, 0)
  return sums.map((_, at) => {
    const own = Math.floor(at / classCount)
    const general = (all[at % classCount] ?? 0) / total
    const ofClass = sums.subarray(own * classCount, (own + 1) * classCount).reduce((sum, weight) => sum + weight, 0)
    return Math.log(Math.max(1e-12, (1 - SMOOTHING) * (ofClass === 0 ? general : (sums[at] ?? 0) / ofClass) + SMOOTHING * general))
  })
}

function classSums(side: Side, classes: Uint16Array, partnerClasses: Uint16Array, classCount: number): { sums: Float64Array; all: Float64Array } {
  const sums = new Float64Array(classCount * classCount)
  const all = new Float64Array(classCount)
  const profile = new Float64Array(classCount)
  for (let word = 0; word < classes.length; word++) {
    if (profileOf(side, word, partnerClasses, profile) === 0) continue
    const start = (classes[word] ?? 0) * classCount
    for (const [partnerClass, weight] of profile.entries()) {
      sums[start + partnerClass] = (sums[start + partnerClass] ?? 0) + weight
      all[partnerClass] = (all[partnerClass] ?? 0) + weight
    }
  }
  return { sums, all }
}

function classOdds(side: Side, before: Uint16Array, after: Uint16Array, classCount: number): number[][] {
  const odds = logOdds(side, before, after, classCount)
  const { all } = classSums(side, before, after, classCount)
  const total = all.reduce((sum, weight) => sum + weight, 0)
  return Array.from({ length: classCount }, (_, own) => Array.from({ length: classCount }, (_unused, partner) => (all[partner] === 0 ? 0 : (odds[own * classCount + partner] ?? 0) - Math.log((all[partner] ?? 0) / total))))
}
