// Letters that have not become text yet, and the words already picked for the first of them. A plain value: whoever holds it holds
// all there is, and dropping it forgets everything. There is no learning: the same letters are always offered the same words.

import { candidatesFor, type Candidate } from './candidates.ts'
import { CLAUSE_START, type Dictionary } from './dictionary.ts'
import { chosenToKeys, firstKeyAt, isNineKey, keysOf, separated } from './nine-keys.ts'
import { SEPARATOR } from './typed-syllables.ts'

export interface Picked {
  text: string
  letters: string
  /** The word that was before it, for taking it back. */
  before: number
}

export interface Composition {
  /** Those that no word is picked for: letters, or the keys of a telephone as nine-keys.ts writes them. */
  letters: string
  picked: readonly Picked[]
  /** The word that the next one follows. */
  before: number
}

/** Some thirty syllables: more than a clause, and a bound for the search. */
export const LETTERS_MAX = 96
/** A key stands for several letters, so the same bound is reached sooner. */
export const NINE_KEYS_MAX = 48

export function emptyComposition(before: number = CLAUSE_START): Composition {
  return { letters: '', picked: [], before }
}

export function isComposing({ letters, picked }: Composition): boolean {
  return letters !== '' || picked.length > 0
}

/** The same composition where the letter does not go in: a separator with nothing before it, or one letter too many. */
export function addLetter(composition: Composition, letter: string): Composition {
  const { letters } = composition
  const isIdle = letter === SEPARATOR && (letters === '' || letters.endsWith(SEPARATOR))
  const most = isNineKey(letter) ? NINE_KEYS_MAX : LETTERS_MAX
  return isIdle || lettersOf(composition).length >= most ? composition : { ...composition, letters: letters + letter }
}

/** Takes the last pick back before it takes a letter; a chosen syllable becomes its keys again. */
export function takeBack(composition: Composition): Composition {
  const last = composition.picked.at(-1)
  if (last === undefined) return { ...composition, letters: chosenToKeys(composition.letters) ?? composition.letters.slice(0, -1) }
  return { letters: last.letters + composition.letters, picked: composition.picked.slice(0, -1), before: last.before }
}

export function pickCandidate(composition: Composition, { text, letterCount, lastWord }: Candidate): Composition {
  const { letters, picked, before } = composition
  return { letters: letters.slice(letterCount), picked: [...picked, { text, letters: letters.slice(0, letterCount), before }], before: lastWord }
}

/** The same composition with a syllable chosen for the first keys that none is chosen for. */
export function chooseReading(composition: Composition, reading: string): Composition {
  const { letters } = composition
  const from = firstKeyAt(letters)
  const keys = keysOf(reading)
  if (from < 0 || !letters.startsWith(keys, from)) return composition
  return { ...composition, letters: `${separated(letters.slice(0, from))}${reading.toUpperCase()}${letters.slice(from + keys.length)}` }
}

export function candidatesOf(dictionary: Dictionary, { letters, before }: Composition): Candidate[] {
  return letters === '' ? [] : candidatesFor(dictionary, letters, before)
}

export function pickedText({ picked }: Composition): string {
  return picked.map(({ text }) => text).join('')
}

/** All letters as they were typed, separators left out: what typing English by mistake comes to. */
export function lettersOf({ picked, letters }: Composition): string {
  return picked.map((one) => one.letters).join('') + letters
}
