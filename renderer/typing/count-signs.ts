// Counts as people count: a flag, a letter with its accents, a family of emoji is one.

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })

export function countSigns(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

/** Where the sign that ends at this place begins. */
export function signBefore(text: string, place: number): number {
  let start = 0
  for (const { index } of segmenter.segment(text.slice(0, place))) start = index
  return start
}

/** Where the sign that begins at this place ends. */
export function signAfter(text: string, place: number): number {
  const [first] = segmenter.segment(text.slice(place))
  return place + (first?.segment.length ?? 0)
}
