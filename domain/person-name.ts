// Whether what somebody typed can be his name: a short line with a letter in it. Any script, a middle dot or a hyphen inside;
// no digits, no tags, no signs that a list or a screen would trip over.

import { cleanText } from './clean-text.ts'
import { countCharacters } from './count-characters.ts'

export const NAME_SIGNS_MAX = 40

/** As it may be kept; null: it can be no name. */
export function readPersonName(typed: string): string | null {
  const name = cleanText(typed)
  if (countCharacters(name) > NAME_SIGNS_MAX) return null
  return /^\p{L}[\p{L}\p{M} ·•・'’.-]*$/u.test(name) ? name : null
}
