// How a keyboard for short codes and addresses is laid out: keys of at least 18 mm on every panel. Upright, erasing and going
// on stand in the act bar; lying, they are keys of the last row; where there is no room for all signs, they come in pages.

import type { Layout } from '../flow/flow-state.ts'

export interface KeyboardPlan {
  columns: number
  rows: number
  /** Erase and done are keys of it. */
  hasActs: boolean
  signsPerPage: number
  pages: number
  eraseSpan: number
  doneSpan: number
}

const UPRIGHT_COLUMNS = 8
/** Up to so many signs it is the code's keyboard, above it the address's. */
const CODE_SIGNS_MAX = 32

export function keyboardPlan(layout: Layout, lowReach: boolean, signs: number): KeyboardPlan {
  if (layout.orientation === 'portrait') {
    return { columns: UPRIGHT_COLUMNS, rows: Math.ceil(signs / UPRIGHT_COLUMNS), hasActs: false, signsPerPage: signs, pages: 1, eraseSpan: 0, doneSpan: 0 }
  }
  const { columns, rows } = lyingGrid(layout.compact, lowReach, signs <= CODE_SIGNS_MAX)
  const free = columns * rows - signs
  if (free >= 2) return { columns, rows, hasActs: true, signsPerPage: signs, pages: 1, eraseSpan: Math.floor(free / 2), doneSpan: free - Math.floor(free / 2) }
  const eraseSpan = signs <= CODE_SIGNS_MAX ? 1 : 2
  const signsPerPage = columns * rows - eraseSpan - 3
  return { columns, rows, hasActs: true, signsPerPage, pages: Math.ceil(signs / signsPerPage), eraseSpan, doneSpan: 2 }
}

function lyingGrid(compact: boolean, lowReach: boolean, isCode: boolean): { columns: number; rows: number } {
  if (compact) return { columns: isCode ? 10 : 11, rows: lowReach ? 2 : 4 }
  if (isCode) return { columns: 12, rows: 3 }
  return lowReach ? { columns: 15, rows: 3 } : { columns: 12, rows: 4 }
}
