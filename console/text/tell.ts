// What columns and pages need to say things: the frame's words, names in one's language, times.

import { frameWords } from './frame-words.ts'
import { useOf, useWords, type Words } from './language.tsx'
import { useTimes } from './times.ts'
import type { Bilingual } from '../../contract/console/console-door.ts'

export type TextOf<Both> = Both extends Words<infer Text> ? Text : never

export interface Tell {
  frame: TextOf<typeof frameWords>
  /** Data that central has in both languages. */
  of: (named: Bilingual) => string
  time: (atMs: number | null) => string
  ago: (atMs: number | null) => string
}

export function useTell(): Tell {
  const { time, ago } = useTimes()
  return { frame: useWords(frameWords), of: useOf(), time, ago }
}
