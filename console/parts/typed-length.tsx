// A field whose text has a limit. The browser's own limit cuts what is pasted and says nothing; here all of it stays, it is said
// how much is too much, and the form is not sent until it is shorter.

import type { InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from 'react'
import { countCharacters } from '../../domain/count-characters.ts'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'

type Limited = Pick<InputHTMLAttributes<unknown> & TextareaHTMLAttributes<unknown>, 'value' | 'maxLength'>

/** `maxLength` in characters as people count them. null: it fits, or has no limit. */
export function useTooLong({ value, maxLength }: Limited): string | null {
  const frame = useWords(frameWords)
  const length = typeof value === 'string' ? countCharacters(value) : 0
  return maxLength !== undefined && length > maxLength ? frame.tooLong(maxLength, length) : null
}

export function TooLong({ said }: { said: string | null }): ReactNode {
  return said === null ? null : (
    <p className="hint too-long" role="status">
      {said}
    </p>
  )
}
