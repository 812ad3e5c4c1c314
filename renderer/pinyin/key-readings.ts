// What keys of a telephone may be read as: the syllables that the first of them may be, the likeliest first, to be chosen from; and
// the letters of the likeliest whole reading, which is what is shown while typing.

import { bestSentences, bestWays } from './best-sentence.ts'
import { firstKeyAt, keysOf } from './nine-keys.ts'
import { SYLLABLES } from './syllables.ts'
import { type Dictionary } from './dictionary.ts'
import { WORD_SYLLABLES_MAX } from './dictionary-format.ts'
import { SEPARATOR, typedSyllables } from './typed-syllables.ts'

/** For the first keys that no syllable is chosen for. Only whole ones: a choice is final. */
export function readingsOf(dictionary: Dictionary, letters: string, before: number, most: number): string[] {
  const from = firstKeyAt(letters)
  if (from < 0) return []
  const keys = letters.slice(from)
  const readings = new Set<string>()
  for (const { arc } of bestWays(dictionary, typedSyllables(keys), before)[0] ?? []) {
    if (readings.size >= most) break
    const reading = syllableOf(dictionary, arc.entry, 0)
    if (keys.startsWith(keysOf(reading))) readings.add(reading)
  }
  return [...readings]
}

/** Letters as they were typed; keys as the likeliest reading of them. */
export function spelled(dictionary: Dictionary | null, letters: string, before: number): string {
  if (dictionary === null || firstKeyAt(letters) < 0) return letters.toLowerCase()
  const typed = letters.replace(/'+$/, '')
  const [best] = bestSentences(dictionary, bestWays(dictionary, typedSyllables(typed), before), before, 1)
  let shown = ''
  let at = 0
  for (const { entry, to } of best?.words ?? []) {
    for (let place = 0; at < to && place < (dictionary.lengths[entry] ?? 0); place++) {
      while (typed[at] === SEPARATOR) at++
      const syllable = syllableOf(dictionary, entry, place)
      const length = typedLength(typed.slice(at, to), syllable)
      shown += `${shown === '' ? '' : SEPARATOR}${syllable.slice(0, length)}`
      at += length
    }
  }
  return shown + typed.slice(at).toLowerCase()
}

/** How much of a syllable was typed. */
function typedLength(typed: string, syllable: string): number {
  const keys = keysOf(syllable)
  let length = 0
  while (length < keys.length && length < typed.length && keysOf((typed[length] ?? '').toLowerCase()) === keys[length]) length++
  return Math.max(1, length)
}

function syllableOf(dictionary: Dictionary, entry: number, place: number): string {
  return SYLLABLES[dictionary.syllables[entry * WORD_SYLLABLES_MAX + place] ?? -1] ?? ''
}
