// Letters that have not become text yet, and the words already picked for the first of them. A plain value: whoever holds it holds
// all there is, and dropping it forgets everything. There is no learning: the same letters are always offered the same words.

import { candidatesFor, type Candidate } from './candidates.ts'
import { CLAUSE_START, type Dictionary } from './dictionary.ts'
import { SEPARATOR } from './typed-syllables.ts'

export interface Picked {
  text: string
  letters: string
  /** The word that was before it, for taking it back. */
  before: number
}

export interface Composition {
  /** Those that no word is picked for. */
  letters: string
  picked: readonly Picked[]
  /** The word that the next one follows. */
  before: number
}

/** Some thirty syllables: more than a clause, and a bound for the search. */
export const LETTERS_MAX = 96

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
  return isIdle || lettersOf(composition).length >= LETTERS_MAX ? composition : { ...composition, letters: letters + letter }
}

/** Takes the last pick back before it takes a letter. */
export function takeBack(composition: Composition): Composition {
  const last = composition.picked.at(-1)
  if (last === undefined) return { ...composition, letters: composition.letters.slice(0, -1) }
  return { letters: last.letters + composition.letters, picked: composition.picked.slice(0, -1), before: last.before }
}

export function pickCandidate(composition: Composition, { text, letterCount, lastWord }: Candidate): Composition {
  const { letters, picked, before } = composition
  return { letters: letters.slice(letterCount), picked: [...picked, { text, letters: letters.slice(0, letterCount), before }], before: lastWord }
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
