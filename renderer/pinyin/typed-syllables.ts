// What a row of typed letters may be read as: every way to cut it into syllables (xian: xian, xi an; fangan: fang an, fan gan),
// initials that stand for a syllable (wm), and a last syllable that is not typed to its end; keys of a telephone likewise
// (nine-keys.ts). Cutting is all it does.

import { COST_PER_NAT } from './dictionary-format.ts'
import { isNineKey, syllablesBeginningOnKeys, syllablesOnKeys } from './nine-keys.ts'
import { isInitial, SYLLABLE_LETTERS_MAX, syllableNumber, syllablesBeginning, type SyllableRun } from './syllables.ts'

export interface TypedSyllable extends SyllableRun {
  /** The letter after it. */
  to: number
  cost: number
}

export const SEPARATOR = "'"

/** People type whole syllables far more often than they leave one at its initial, or stop within the last. */
const INITIAL_COST = 3.5 * COST_PER_NAT
const HALF_TYPED_COST = 2.5 * COST_PER_NAT
/** A key leaves more open than a letter: what is typed to its end comes first (96: wo before yong). */
const KEYS_INITIAL_COST = 7 * COST_PER_NAT
const KEYS_HALF_TYPED_COST = 5.5 * COST_PER_NAT
/** Keys read as initials leave so much open that the search needs a bound of its own. */
const KEYS_INITIALS_MAX = 6
const VOWELS = 'aeiouv'
const SMALL_LETTER = /^[a-z]$/
const CAPITAL = /^[A-Z]$/

/** For each letter the syllables that may begin there and lead on to the end. Letters that no syllables lead through are not
 *  reached: there are as many lists as letters that can be read. */
export function typedSyllables(letters: string): TypedSyllable[][] {
  const whole = cutsThrough(letters, false)
  if (whole.length === letters.length || !Array.from(letters).some(isNineKey)) return whole
  // Keys that are no row of syllables (77) are initials (qs). Elsewhere that would be ten times the search and find nothing more.
  const initials = cutsThrough(letters.slice(0, KEYS_INITIALS_MAX), true)
  return initials.length > whole.length ? initials : whole
}

function cutsThrough(letters: string, areInitials: boolean): TypedSyllable[][] {
  const cuts = Array.from(letters, (_, from) => syllablesFrom(letters, from, areInitials))
  const reached = new Set([0])
  for (const [from, syllables] of cuts.entries()) if (reached.has(from)) for (const { to } of syllables) reached.add(to)
  const end = Math.max(...reached)
  const leadsOn = new Set([end])
  const kept: TypedSyllable[][] = []
  for (let from = end - 1; from >= 0; from--) {
    const syllables = reached.has(from) ? (cuts[from] ?? []).filter(({ to }) => leadsOn.has(to)) : []
    if (syllables.length > 0) leadsOn.add(from)
    kept.unshift(syllables)
  }
  return kept
}

function syllablesFrom(letters: string, from: number, areInitials: boolean): TypedSyllable[] {
  let start = from
  while (letters[start] === SEPARATOR) start++
  const first = letters[start] ?? ''
  if (isNineKey(first)) return syllablesOfKeys(letters, start, areInitials)
  if (CAPITAL.test(first)) return chosenSyllable(letters, start)
  const found: TypedSyllable[] = []
  for (let to = start + 1; to <= Math.min(letters.length, start + SYLLABLE_LETTERS_MAX); to++) {
    const written = letters.slice(start, to)
    if (!SMALL_LETTER.test(written.at(-1) ?? '')) break
    const whole = syllableNumber(written)
    if (whole !== null) found.push({ to, first: whole, last: whole, cost: 0 })
    const isLast = to === letters.length
    const run = isLast || isInitial(written) ? syllablesBeginning(written) : null
    if (run === null) continue
    if (isInitial(written) && mayStandAlone(letters, to)) {
      if (whole === null) found.push({ to, ...run, cost: INITIAL_COST })
    } else if (isLast && run.last > (whole ?? run.last - 1)) found.push({ to, ...run, cost: HALF_TYPED_COST })
  }
  return found
}

/** Whole syllables, and a last one that is not typed to its end; within, one key for a syllable only where keys are initials. */
function syllablesOfKeys(letters: string, start: number, areInitials: boolean): TypedSyllable[] {
  const found: TypedSyllable[] = []
  for (let to = start + 1; to <= Math.min(letters.length, start + SYLLABLE_LETTERS_MAX); to++) {
    const keys = letters.slice(start, to)
    if (!isNineKey(keys.at(-1) ?? '')) break
    const whole = syllablesOnKeys(keys)
    for (const number of whole) found.push({ to, first: number, last: number, cost: 0 })
    const isLast = to === letters.length
    if (!isLast && (keys.length > 1 || !areInitials)) continue
    const cost = keys.length > 1 ? KEYS_HALF_TYPED_COST : KEYS_INITIAL_COST
    for (const run of syllablesBeginningOnKeys(keys)) found.push({ to, ...run, cost })
  }
  return found
}

/** One that was chosen is read as nothing else. */
function chosenSyllable(letters: string, start: number): TypedSyllable[] {
  let to = start
  while (CAPITAL.test(letters[to] ?? '')) to++
  const number = syllableNumber(letters.slice(start, to).toLowerCase())
  return number === null ? [] : [{ to, first: number, last: number, cost: 0 }]
}

/** An initial stands for a syllable where no vowel goes on with it: w and m in wm, not w in wo. */
function mayStandAlone(letters: string, to: number): boolean {
  const next = letters[to]
  if (next === undefined || next === SEPARATOR) return true
  return !VOWELS.includes(next) && !(next === 'h' && 'zcs'.includes(letters[to - 1] ?? ''))
}

/** How many letters a syllable's separator adds after it. */
export function skipSeparators(letters: string, from: number): number {
  let at = from
  while (letters[at] === SEPARATOR) at++
  return at
}
