// A large saying in Chinese breaks between words, not within one (认得 | 以后, not 认 | 得以后): browsers break between any two hanzi.
// A sign stays with the word before it. Other tongues break at their spaces anyway.

const HANZI = /\p{Script=Han}/u
/** 3 次, 10月: a number stays with what it counts, a day with its month. */
const COUNT = /\d\s?$/
const MONTH = /\d月$/
const DIGIT = /^\d/
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const last = words.at(-1)
    const isCounted = last !== undefined && ((COUNT.test(last) && HANZI.test(segment)) || (MONTH.test(last) && DIGIT.test(segment)))
    if (last === undefined || (isWordLike === true && !isCounted)) words.push(segment)
    else words[words.length - 1] = last + segment
  }
  return words
}

export function WholeWords({ text }: { text: string }) {
  if (!HANZI.test(text)) return text
  return wordsOf(text).map((word, index) => (
    <span key={`${index}${word}`} className="whole-word">
      {word}
    </span>
  ))
}
