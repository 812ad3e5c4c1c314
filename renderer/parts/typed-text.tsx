// What was typed, as it stands: the text, the caret, the letters that are still to become words, and how much room is left.

import { pickedText } from '../pinyin/composition.ts'
import { charactersOf } from '../../domain/count-characters.ts'
import type { Dictionary } from '../pinyin/dictionary.ts'
import { remaining, spelledLetters, type Typing } from '../typing/typing.ts'

/** Of letters fewer are shown than of the text around them. */
const LETTERS_LESS = 12
/** What stands in three large lines. */
const SHORT_SIGNS_MAX = 40

interface TypedTextProps {
  typing: Typing
  dictionary: Dictionary | null
  hint: string
  count: (left: number, most: number) => string
  /** How many signs around the caret are shown; null: all. */
  tail: number | null
}

export function TypedText({ typing, dictionary, hint, count, tail }: TypedTextProps) {
  const { text, cursor, composition } = typing
  const spelled = spelledLetters(typing, dictionary)
  // Letters do not break: a long row of them would take a line more than there is.
  const letters = tail === null ? spelled : lastOf(spelled, tail - LETTERS_LESS)
  const before = tail === null ? text.slice(0, cursor) : lastOf(text.slice(0, cursor), Math.max(6, tail - letters.length / 2))
  const after = tail === null ? text.slice(cursor) : firstOf(text.slice(cursor), tail - 6)
  const isEmpty = text === '' && composition.letters === '' && composition.picked.length === 0
  return (
    <div className="written" data-long={text.length + letters.length / 2 > SHORT_SIGNS_MAX ? '' : undefined} data-full={remaining(typing) <= 0 ? '' : undefined}>
      <p className="written-text" aria-live="polite">
        {before}
        <span className="written-picked">{pickedText(composition)}</span>
        <span className="written-letters">{letters}</span>
        <span className="written-caret" aria-hidden="true" />
        {isEmpty ? <span className="written-hint">{hint}</span> : after}
      </p>
      <p className="written-count">{count(remaining(typing), typing.signsMax)}</p>
    </div>
  )
}

function lastOf(text: string, most: number): string {
  const signs = charactersOf(text)
  return signs.length <= most ? text : `…${signs.slice(-Math.floor(most)).join('')}`
}

function firstOf(text: string, most: number): string {
  const signs = charactersOf(text)
  return signs.length <= most ? text : `${signs.slice(0, Math.floor(most)).join('')}…`
}
