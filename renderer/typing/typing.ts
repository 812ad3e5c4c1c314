// One text field at the kiosk: its text, where the next sign goes, the letters being composed, and which keys are shown. All of it
// is this one value in the flow's state; when the screen is left, it is gone. Text comes from keys and candidates, never in part:
// what does not fit is refused with a notice and nothing is lost.

import { CLAUSE_START, type Dictionary } from '../pinyin/dictionary.ts'
import { addLetter, candidatesOf, chooseReading, emptyComposition, isComposing, pickCandidate, pickedText, takeBack, type Composition } from '../pinyin/composition.ts'
import type { Candidate } from '../pinyin/candidates.ts'
import { readingsOf, spelled } from '../pinyin/key-readings.ts'
import { isNineKey, NINE_KEYS } from '../pinyin/nine-keys.ts'
import { SEPARATOR } from '../pinyin/typed-syllables.ts'
import { surnamesFirst } from './surnames.ts'
import { countSigns, signAfter, signBefore } from './count-signs.ts'

export type TypingLanguage = 'pinyin' | 'english'
/** The second page of signs is for the nine keys, where not all fit on one. */
export type TypingLayer = 'letters' | 'signs' | 'more-signs'
export type TypingNotice = 'full' | 'letters-max' | 'no-dictionary'

export interface Typing {
  text: string
  /** An offset into the text, between two signs. */
  cursor: number
  composition: Composition
  language: TypingLanguage
  layer: TypingLayer
  capitals: boolean
  /** Nought is the bar; from one on the sheets of further candidates. */
  page: number
  signsMax: number
  /** It is somebody's name: where it begins, surnames are offered first. */
  isName: boolean
  /** Why the last key did nothing. */
  notice: TypingNotice | null
}

export type TypingKey =
  | { kind: 'letter'; letter: string }
  | { kind: 'sign'; sign: string }
  | { kind: 'space' }
  | { kind: 'erase' }
  | { kind: 'pick'; index: number }
  /** A sheet's size depends on the panel. */
  | { kind: 'page'; by: 1 | -1; sheet?: number }
  /** Which syllable the first of the nine keys are. */
  | { kind: 'reading'; reading: string }
  | { kind: 'language' }
  | { kind: 'layer'; layer: TypingLayer }
  | { kind: 'capitals' }
  | { kind: 'cursor'; by: 1 | -1 }

export const BAR_CANDIDATES = 5
export const SHEET_CANDIDATES = 24
/** Of one key, small and capital. */
const KEY_LETTERS_MAX = 8
const DIGIT = /^\d$/
const LETTER = /^[a-z2-9']$/

export function emptyTyping(signsMax: number, text = '', isName = false): Typing {
  return { isName, text, cursor: text.length, composition: emptyComposition(), language: 'pinyin', layer: 'letters', capitals: false, page: 0, signsMax, notice: null }
}

export function textOf({ text }: Typing): string {
  return text
}

/** How many signs still go in; letters that are being composed do not count yet. */
export function remaining({ text, signsMax }: Typing): number {
  return signsMax - countSigns(text)
}

export function isEmpty({ text, composition }: Typing): boolean {
  return text === '' && !isComposing(composition)
}

export function isTypingDone({ composition }: Typing): boolean {
  return !isComposing(composition)
}

/** All candidates for what is being composed, the best first. */
export function candidatesOfTyping({ composition, language, isName, text, cursor }: Typing, dictionary: Dictionary | null): Candidate[] {
  if (language === 'english') return lettersOnKey(composition.letters)
  if (dictionary === null) return []
  const candidates = candidatesOf(dictionary, composition)
  const begins = text.slice(0, cursor).trim() === '' && composition.picked.length === 0
  return isName && begins ? surnamesFirst(candidates) : candidates
}

/** Those of the page that is open, each with the index by which it is picked. */
export function openPage(typing: Typing, candidates: readonly Candidate[], sheet: number = SHEET_CANDIDATES): { index: number; candidate: Candidate }[] {
  const [start, count] = pageBounds(typing, sheet)
  return candidates.slice(start, start + count).map((candidate, index) => ({ index: start + index, candidate }))
}

export function hasNextPage(typing: Typing, candidates: readonly Candidate[], sheet: number = SHEET_CANDIDATES): boolean {
  const [start, count] = pageBounds(typing, sheet)
  return candidates.length > start + count
}

function pageBounds({ page, language }: Typing, sheet: number): [start: number, count: number] {
  if (language === 'english') return [0, KEY_LETTERS_MAX]
  return page === 0 ? [0, BAR_CANDIDATES] : [BAR_CANDIDATES + (page - 1) * sheet, sheet]
}

/** English on nine keys: a key opens its letters, small and capital, and one touch takes one. */
function lettersOnKey(key: string): Candidate[] {
  const letters = NINE_KEYS[key] ?? ''
  return [...letters, ...letters.toUpperCase()].map((text): Candidate => ({ text, letterCount: 1, lastWord: CLAUSE_START }))
}

/** The syllables to choose from for the first of the nine keys, and what is shown of the letters. */
export function readingsOfTyping({ composition, language }: Typing, dictionary: Dictionary | null, most: number): string[] {
  return dictionary === null || language === 'english' ? [] : readingsOf(dictionary, composition.letters, composition.before, most)
}

export function spelledLetters({ composition, language }: Typing, dictionary: Dictionary | null): string {
  return language === 'english' ? '' : spelled(dictionary, composition.letters, composition.before)
}

export function pressKey(typing: Typing, key: TypingKey, dictionary: Dictionary | null): Typing {
  const told = typing.notice === null ? typing : { ...typing, notice: null }
  // An English key that no letter was taken from is no letter yet: what is touched instead closes it.
  const isKeyOpen = told.language === 'english' && isComposing(told.composition)
  const clear = isKeyOpen && key.kind !== 'pick' ? { ...told, composition: emptyComposition() } : told
  if (isKeyOpen && (key.kind === 'erase' || key.kind === 'space')) return clear
  switch (key.kind) {
    case 'letter':
      return pressLetter(clear, key.letter, dictionary)
    case 'sign':
      return pressSign(clear, key.sign, dictionary)
    case 'space':
      return isComposing(clear.composition) ? pressPick(clear, 0, dictionary) : insert(clear, ' ', CLAUSE_START)
    case 'erase':
      return isComposing(clear.composition) ? { ...clear, composition: takeBack(clear.composition), page: 0 } : eraseSign(clear)
    case 'pick':
      return pressPick(clear, key.index, dictionary)
    case 'page':
      return key.by === 1 ? (hasNextPage(clear, candidatesOfTyping(clear, dictionary), key.sheet) ? { ...clear, page: clear.page + 1 } : clear) : { ...clear, page: Math.max(0, clear.page - 1) }
    case 'reading':
      return { ...clear, composition: chooseReading(clear.composition, key.reading), page: 0 }
    case 'language':
      return settleLetters({ ...clear, language: clear.language === 'pinyin' ? 'english' : 'pinyin', layer: 'letters', capitals: false })
    case 'layer':
      return { ...clear, layer: key.layer }
    case 'capitals':
      return { ...clear, capitals: !clear.capitals }
    case 'cursor':
      return isComposing(clear.composition) ? clear : moveCursor(clear, key.by)
  }
}

function pressLetter(typing: Typing, letter: string, dictionary: Dictionary | null): Typing {
  if (!LETTER.test(letter)) return typing
  if (typing.language === 'english' && isNineKey(letter)) return { ...typing, composition: { ...emptyComposition(), letters: letter }, page: 0 }
  if (typing.language === 'english') return insert(typing, typing.capitals ? letter.toUpperCase() : letter, CLAUSE_START)
  if (dictionary === null) return { ...typing, notice: 'no-dictionary' }
  if (remaining(typing) <= 0) return { ...typing, notice: 'full' }
  const composition = addLetter(typing.composition, letter)
  if (composition === typing.composition) return letter === SEPARATOR ? typing : { ...typing, notice: 'letters-max' }
  return { ...typing, composition, page: 0 }
}

/** A sign settles what is being composed by its best candidate and follows it: one touch for both. */
function pressSign(typing: Typing, sign: string, dictionary: Dictionary | null): Typing {
  let settled = typing
  while (isComposing(settled.composition)) {
    const next = pressPick(settled, 0, dictionary)
    if (next.notice !== null || next === settled) return next
    settled = next
  }
  const inserted = insert(settled, sign, CLAUSE_START)
  if (inserted.notice !== null) return { ...typing, notice: inserted.notice }
  return DIGIT.test(sign) ? inserted : { ...inserted, layer: 'letters' }
}

/** Picks one; when no letter is left, all that was picked becomes text. */
function pressPick(typing: Typing, index: number, dictionary: Dictionary | null): Typing {
  const candidate = candidatesOfTyping(typing, dictionary)[index]
  if (candidate === undefined) return settleUnknown(typing, index)
  const composition = pickCandidate(typing.composition, candidate)
  if (countSigns(typing.text + pickedText(composition)) > typing.signsMax) return { ...typing, notice: 'full' }
  if (composition.letters !== '') return { ...typing, composition, page: 0 }
  return insert(typing, pickedText(composition), composition.before)
}

/** Letters that no word begins with become text as they are. */
function settleUnknown(typing: Typing, index: number): Typing {
  return index === 0 && typing.composition.letters !== '' ? settleLetters(typing) : typing
}

function settleLetters(typing: Typing): Typing {
  if (!isComposing(typing.composition)) return typing
  return insert(typing, pickedText(typing.composition) + typing.composition.letters.replaceAll(SEPARATOR, '').toLowerCase(), CLAUSE_START)
}

function insert(typing: Typing, inserted: string, before: number): Typing {
  const { text, cursor, signsMax } = typing
  const longer = text.slice(0, cursor) + inserted + text.slice(cursor)
  if (countSigns(longer) > signsMax) return { ...typing, notice: 'full' }
  return { ...typing, text: longer, cursor: cursor + inserted.length, composition: emptyComposition(before), page: 0, notice: null }
}

function eraseSign(typing: Typing): Typing {
  const { text, cursor } = typing
  const start = signBefore(text, cursor)
  return { ...typing, text: text.slice(0, start) + text.slice(cursor), cursor: start, composition: emptyComposition() }
}

function moveCursor(typing: Typing, by: 1 | -1): Typing {
  const cursor = by === 1 ? signAfter(typing.text, typing.cursor) : signBefore(typing.text, typing.cursor)
  return { ...typing, cursor, composition: emptyComposition() }
}
