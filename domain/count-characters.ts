// How many characters a text has as people count them: what a person sees as one sign is one, however many code points stand
// behind it (a family of emoji, a flag, a letter with its marks). By Unicode's grapheme clusters; the language changes nothing.

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

export function countCharacters(text: string): number {
  let count = 0
  for (const _ of graphemes.segment(text)) count += 1
  return count
}

/** Each sign as people count them, in order. */
export function charactersOf(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment)
}
