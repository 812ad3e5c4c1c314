// Where the keys of the typing keyboard lie, for each panel: at least 18 mm each. Upright and lying it is the keyboard everybody
// knows; on the smallest panel it has the whole width; lying and low it is two long rows in the order of the alphabet. Where not
// even that fits under the middle (12 inch, low), there is none, and the screen offers the phone.

import type { Layout } from '../flow/flow-state.ts'

export interface TypingPlan {
  columns: number
  /** Letters by row; the first row is the topmost. */
  letters: readonly string[]
  /** What else stands at the end of each row. */
  acts: readonly (readonly TypingAct[])[]
  /** Columns by act, where it is not one. */
  spans: Partial<Record<TypingAct, number>>
  sheetColumns: number
}

export type TypingAct = 'erase' | 'signs' | 'language' | 'comma' | 'stop' | 'question' | 'space' | 'separator' | 'done'

const STANDARD: TypingPlan = {
  columns: 20,
  letters: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', ''],
  acts: [[], ['separator'], ['erase'], ['signs', 'language', 'comma', 'space', 'stop', 'question']],
  spans: { erase: 6, signs: 3, language: 3, space: 8 },
  sheetColumns: 6,
}

const SMALL: TypingPlan = {
  columns: 22,
  letters: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  acts: [['erase'], ['signs', 'language'], ['comma', 'stop', 'space', 'separator']],
  spans: {},
  sheetColumns: 8,
}

const LOW: TypingPlan = {
  columns: 30,
  letters: ['abcdefghijklm', 'nopqrstuvwxyz'],
  acts: [['erase', 'signs'], ['language', 'done']],
  spans: {},
  sheetColumns: 12,
}

/** null: no keyboard fits. */
export function typingPlan(layout: Layout, lowReach: boolean): TypingPlan | null {
  if (layout.orientation === 'portrait') return STANDARD
  if (layout.compact) return lowReach ? null : SMALL
  return lowReach ? LOW : STANDARD
}

/** How much of a long text is shown where there is room for two lines; the part that is written at. */
export function typedTail(layout: Layout, lowReach: boolean): number | null {
  if (layout.orientation === 'portrait' || lowReach) return null
  return layout.compact ? 34 : 60
}

/** Digits first, then what people put between words; · is in Uyghur names. */
export const TYPING_SIGNS = '1234567890，。？！、：；·“”（）…—@+-=%/.*'
