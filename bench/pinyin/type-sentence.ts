// Types one sentence at the kiosk's keyboard as a person would, by the very function that the screen calls, and counts touches.
// A clause is typed to its end in full pinyin without separators; then the longest candidate among the first five that is the next
// words of the sentence is picked, until the clause stands. A sign after a clause that reads right settles it with the one touch.
// A word that is not among the first five when it is its turn, or only in pieces, is a miss; it is then looked for on the sheets.

import { pinyin } from 'pinyin-pro'
import { SYLLABLES, syllableNumber } from '../../renderer/pinyin/syllables.ts'
import { NINE } from '../../renderer/parts/typing-plan.ts'
import type { Candidate } from '../../renderer/pinyin/candidates.ts'
import type { Dictionary } from '../../renderer/pinyin/dictionary.ts'
import { keysOf } from '../../renderer/pinyin/nine-keys.ts'
import { LETTERS_MAX, NINE_KEYS_MAX } from '../../renderer/pinyin/composition.ts'
import { BAR_CANDIDATES, candidatesOfTyping, emptyTyping, pressKey, SHEET_CANDIDATES, textOf, type Typing, type TypingKey } from '../../renderer/typing/typing.ts'

export interface TypedSentence {
  signs: number
  presses: number
  /** Words that were not whole among the first five. */
  missed: string[]
  text: string
  /** Key by key: the state after it and its candidates. */
  pressTimesMs: number[]
}

/** Signs that have a key beside the letters; all others lie on the layer of signs. */
const SIGNS_BESIDE_LETTERS = new Set('，。？')
const HANZI = /\p{Script=Han}/u
const words = new Intl.Segmenter('zh', { granularity: 'word' })
/** Readings that have no syllable of their own are typed as people type them. */
const TYPED_AS: Readonly<Record<string, string>> = { ng: 'en', n: 'en', m: 'mu', hm: 'heng', hng: 'heng' }

interface Unit {
  text: string
  /** The syllables of a word; empty for a sign. */
  syllables: string[]
}

/** Which keys are typed on: the full keyboard, or the nine keys of the smallest panel's low reach. */
export type Keys = 'letters' | 'nine'

export function typeSentence(dictionary: Dictionary, sentence: string, keys: Keys = 'letters'): TypedSentence {
  const signs = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(sentence)].length
  const typed: TypedSentence = { signs, presses: 0, missed: [], text: '', pressTimesMs: [] }
  let typing = emptyTyping(Math.max(140, signs))
  let candidates: Candidate[] = []
  const press = (key: TypingKey): void => {
    const startedAtMs = performance.now()
    typing = pressKey(typing, key, dictionary)
    candidates = candidatesOfTyping(typing, dictionary)
    typed.pressTimesMs.push(performance.now() - startedAtMs)
    typed.presses++
  }
  const units = unitsOf(sentence)
  for (let at = 0; at < units.length;) {
    const clause = clauseFrom(units, at, keys)
    at += clause.length
    if (clause.length === 0) pressSign(press, () => typing, units[at++]?.text ?? '')
    else {
      if (typing.language === 'english') press({ kind: 'language' })
      if (typing.layer === 'signs') press({ kind: 'layer', layer: 'letters' })
      const letters = clause.flatMap(({ syllables }) => syllables).join('')
      for (const letter of keys === 'nine' ? keysOf(letters) : letters) press({ kind: 'letter', letter })
      pickClause(press, () => ({ typing, candidates }), clause, units[at]?.text, typed.missed, keys === 'nine' ? NINE.sheet : SHEET_CANDIDATES)
    }
  }
  return { ...typed, text: textOf(typing) }
}

function pickClause(press: (key: TypingKey) => void, now: () => { typing: Typing; candidates: readonly Candidate[] }, clause: readonly Unit[], after: string | undefined, missed: string[], sheet: number): void {
  let left = clause
  while (left.length > 0) {
    const wanted = left.map(({ text }) => text).join('')
    const { candidates } = now()
    if (after !== undefined && SIGNS_BESIDE_LETTERS.has(after) && candidates[0]?.text === wanted) return
    const ends = new Set(left.map((_, index) => left.slice(0, index + 1).map(({ text }) => text).join('').length))
    const fits = candidates.map(({ text }, index) => ({ text, index })).filter(({ text }) => wanted.startsWith(text))
    const whole = longest(fits.filter(({ text, index }) => index < BAR_CANDIDATES && ends.has(text.length)))
    const found = whole ?? longest(fits)
    const [next] = left
    if (whole === undefined && next !== undefined) missed.push(next.text)
    if (found === undefined) {
      // Nothing here begins as the sentence does: the letters are given up.
      while (now().typing.composition.letters !== '' || now().typing.composition.picked.length > 0) press({ kind: 'erase' })
      return
    }
    const pages = found.index < BAR_CANDIDATES ? 0 : 1 + Math.floor((found.index - BAR_CANDIDATES) / sheet)
    for (let page = 0; page < pages; page++) press({ kind: 'page', by: 1, sheet })
    press({ kind: 'pick', index: found.index })
    left = withoutStart(left, found.text.length)
  }
}

function longest<Found extends { text: string }>(found: readonly Found[]): Found | undefined {
  return found.reduce<Found | undefined>((best, one) => (best === undefined || one.text.length > best.text.length ? one : best), undefined)
}

/** What is left when so many characters stand; of a word in pieces the rest. */
function withoutStart(units: readonly Unit[], length: number): Unit[] {
  const [first, ...rest] = units
  if (first === undefined || length === 0) return [...units]
  if (first.text.length <= length) return withoutStart(rest, length - first.text.length)
  return [{ text: first.text.slice(length), syllables: first.syllables.slice(length) }, ...rest]
}

/** The words from here to the next sign, or as many as the keyboard takes at once. */
function clauseFrom(units: readonly Unit[], from: number, keys: Keys): Unit[] {
  const lettersMax = keys === 'nine' ? NINE_KEYS_MAX : LETTERS_MAX
  const clause: Unit[] = []
  let letters = 0
  for (let at = from; at < units.length; at++) {
    const unit = units[at]
    if (unit === undefined || unit.syllables.length === 0) break
    letters += unit.syllables.join('').length
    if (letters > lettersMax && clause.length > 0) break
    clause.push(unit)
  }
  return clause
}

function pressSign(press: (key: TypingKey) => void, typingNow: () => Typing, sign: string): void {
  if (/^[A-Za-z]$/.test(sign)) {
    if (typingNow().language === 'pinyin') press({ kind: 'language' })
    if (typingNow().capitals !== (sign !== sign.toLowerCase())) press({ kind: 'capitals' })
    press({ kind: 'letter', letter: sign.toLowerCase() })
    return
  }
  if (SIGNS_BESIDE_LETTERS.has(sign)) {
    if (typingNow().layer !== 'letters') press({ kind: 'layer', layer: 'letters' })
  } else if (typingNow().layer !== 'signs' && sign !== ' ') press({ kind: 'layer', layer: 'signs' })
  press(sign === ' ' ? { kind: 'space' } : { kind: 'sign', sign })
}

function unitsOf(sentence: string): Unit[] {
  const readings = pinyin(sentence, { toneType: 'none', type: 'array', v: true })
  const signs = [...sentence]
  if (readings.length !== signs.length) throw new Error(`pinyin-pro reads ${readings.length} of ${signs.length} characters: ${sentence}`)
  let at = 0
  return [...words.segment(sentence)].flatMap(({ segment }) => {
    const own = [...segment]
    const syllables = readings.slice(at, at + own.length).map((reading) => TYPED_AS[reading] ?? reading)
    at += own.length
    if (own.every((sign, index) => HANZI.test(sign) && syllableNumber(syllables[index] ?? '') !== null)) return [{ text: segment, syllables: syllables.map(written) }]
    return own.map((text): Unit => ({ text, syllables: [] }))
  })
}

function written(reading: string): string {
  return SYLLABLES[syllableNumber(reading) ?? -1] ?? reading
}
