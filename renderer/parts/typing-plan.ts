// Where the keys of the typing keyboard lie, for each panel: at least 18 mm each. Upright and lying it is the keyboard everybody
// knows; on the smallest panel it has the whole width; lying and low it is two long rows in the order of the alphabet. Where not
// even that fits under the middle (12 inch, low: two rows of eleven, one of them for candidates), it is the telephone's nine keys.

import type { Layout } from '../flow/flow-state.ts'
import { SHEET_CANDIDATES } from '../typing/typing.ts'

export interface TypingPlan {
  columns: number
  /** Letters by row; the first row is the topmost. */
  letters: readonly string[]
  /** What else stands at the end of each row. */
  acts: readonly (readonly TypingAct[])[]
  /** Columns by act, where it is not one. */
  spans: Partial<Record<TypingAct, number>>
  sheetColumns: number
  /** Candidates on a sheet. */
  sheet: number
  keys: 'letters' | 'nine'
}

export type TypingAct = 'erase' | 'signs' | 'language' | 'comma' | 'stop' | 'question' | 'space' | 'separator' | 'done'

const STANDARD: TypingPlan = {
  columns: 20,
  letters: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', ''],
  acts: [[], ['separator'], ['erase'], ['signs', 'language', 'comma', 'space', 'stop', 'question']],
  spans: { erase: 6, signs: 3, language: 3, space: 8 },
  sheetColumns: 6,
  sheet: SHEET_CANDIDATES,
  keys: 'letters',
}

const SMALL: TypingPlan = {
  columns: 22,
  letters: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  acts: [['erase'], ['signs', 'language'], ['comma', 'stop', 'space', 'separator']],
  spans: {},
  sheetColumns: 8,
  sheet: SHEET_CANDIDATES,
  keys: 'letters',
}

const LOW: TypingPlan = {
  columns: 30,
  letters: ['abcdefghijklm', 'nopqrstuvwxyz'],
  acts: [['erase', 'signs'], ['language', 'done']],
  spans: {},
  sheetColumns: 12,
  sheet: SHEET_CANDIDATES,
  keys: 'letters',
}

export const NINE: TypingPlan = {
  columns: 22,
  letters: ['23456789'],
  acts: [['erase', 'signs', 'done']],
  spans: {},
  sheetColumns: 8,
  sheet: 8,
  keys: 'nine',
}

export function typingPlan(layout: Layout, lowReach: boolean): TypingPlan {
  if (layout.orientation === 'portrait') return STANDARD
  if (layout.compact) return lowReach ? NINE : SMALL
  return lowReach ? LOW : STANDARD
}

/** How much of a long text is shown where there is room for two lines; the part that is written at. */
export function typedTail(layout: Layout, lowReach: boolean): number | null {
  if (layout.orientation === 'portrait' || lowReach) return null
  return layout.compact ? 34 : 60
}

/** Digits first, then what people put between words; · is in Uyghur names. */
export const TYPING_SIGNS = '1234567890，。？！、：；·“”（）…—@+-=%/.*'
