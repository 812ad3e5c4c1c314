// The eight keys of a telephone that carry letters. A key stands for three or four of them, so what was pressed may be read as
// several syllables (94264: xiang, zhang); all of them are offered to the search, as two ways to cut letters are. Pressed keys are
// written as their digits, a syllable that was chosen for them in capitals (XIANG).

import { SYLLABLES, type SyllableRun } from './syllables.ts'

/** By key; '1' is the separator's on telephones, and there is none here: choosing the syllable separates. */
export const NINE_KEYS: Readonly<Record<string, string>> = { 2: 'abc', 3: 'def', 4: 'ghi', 5: 'jkl', 6: 'mno', 7: 'pqrs', 8: 'tuv', 9: 'wxyz' }

const KEY_OF: ReadonlyMap<string, string> = new Map(Object.entries(NINE_KEYS).flatMap(([key, letters]) => [...letters].map((letter): [string, string] => [letter, key])))

export function isNineKey(sign: string): boolean {
  return Object.hasOwn(NINE_KEYS, sign)
}

export function keysOf(letters: string): string {
  return Array.from(letters, (letter) => KEY_OF.get(letter) ?? letter).join('')
}

/** Where the first of them stands, or -1. */
export function firstKeyAt(letters: string): number {
  return letters.search(/[2-9]/)
}

/** So that two chosen syllables are not read as one. */
export function separated(letters: string): string {
  return /[A-Z]$/.test(letters) ? `${letters}'` : letters
}

/** The last syllable that was chosen as its keys again, or null where nothing was chosen last. */
export function chosenToKeys(letters: string): string | null {
  const chosen = /'?([A-Z]+)$/.exec(letters)
  return chosen === null ? null : letters.slice(0, chosen.index) + keysOf((chosen[1] ?? '').toLowerCase())
}

const WHOLE = new Map<string, number[]>()
const BEGINNING = new Map<string, SyllableRun[]>()

for (const [number, syllable] of SYLLABLES.entries()) {
  const keys = keysOf(syllable)
  WHOLE.set(keys, [...(WHOLE.get(keys) ?? []), number])
  for (let length = 1; length <= keys.length; length++) {
    const runs = BEGINNING.get(keys.slice(0, length)) ?? []
    const last = runs.at(-1)
    if (last?.last === number - 1) last.last = number
    else runs.push({ first: number, last: number })
    BEGINNING.set(keys.slice(0, length), runs)
  }
}

/** All syllables that these keys are, to their end. */
export function syllablesOnKeys(keys: string): readonly number[] {
  return WHOLE.get(keys) ?? []
}

/** All syllables that begin with these keys, whole ones among them. */
export function syllablesBeginningOnKeys(keys: string): readonly SyllableRun[] {
  return BEGINNING.get(keys) ?? []
}
