// How many whole cards and rows a page holds, for each of the three layouts and for low reach. One table for the flow (which
// counts pages) and the screens (which draw them), so that no row is ever cut and no page is ever half empty by mistake.

import type { Layout } from './flow-state.ts'

export interface Grid {
  columns: number
  rows: number
}

export interface PageGrids {
  /** The shelf's first goods on the greeting. */
  greeting: Grid
  shelf: Grid
  /** Lines of the points history. */
  entries: Grid
  /** Counted lines on the restock screen. */
  restock: Grid
  /** Today's redemptions, for staff. */
  redemptions: Grid
}

const PORTRAIT: PageGrids = {
  greeting: { columns: 2, rows: 2 },
  shelf: { columns: 2, rows: 4 },
  entries: { columns: 1, rows: 7 },
  restock: { columns: 1, rows: 4 },
  redemptions: { columns: 1, rows: 9 },
}

const PORTRAIT_LOW: PageGrids = {
  greeting: { columns: 2, rows: 2 },
  shelf: { columns: 2, rows: 2 },
  entries: { columns: 1, rows: 7 },
  restock: { columns: 1, rows: 3 },
  redemptions: { columns: 1, rows: 5 },
}

const LANDSCAPE: PageGrids = {
  greeting: { columns: 2, rows: 2 },
  shelf: { columns: 3, rows: 2 },
  entries: { columns: 1, rows: 4 },
  restock: { columns: 1, rows: 3 },
  redemptions: { columns: 1, rows: 5 },
}

const LANDSCAPE_LOW: PageGrids = {
  greeting: { columns: 2, rows: 1 },
  shelf: { columns: 2, rows: 1 },
  entries: { columns: 1, rows: 4 },
  restock: { columns: 1, rows: 2 },
  redemptions: { columns: 1, rows: 2 },
}

const COMPACT: PageGrids = {
  greeting: { columns: 1, rows: 2 },
  shelf: { columns: 2, rows: 2 },
  entries: { columns: 1, rows: 3 },
  restock: { columns: 1, rows: 2 },
  redemptions: { columns: 1, rows: 4 },
}

const COMPACT_LOW: PageGrids = {
  greeting: { columns: 2, rows: 1 },
  shelf: { columns: 2, rows: 1 },
  entries: { columns: 1, rows: 3 },
  restock: { columns: 1, rows: 1 },
  redemptions: { columns: 1, rows: 2 },
}

export function pageGrids(layout: Layout, lowReach: boolean): PageGrids {
  if (layout.orientation === 'portrait') return lowReach ? PORTRAIT_LOW : PORTRAIT
  if (layout.compact) return lowReach ? COMPACT_LOW : COMPACT
  return lowReach ? LANDSCAPE_LOW : LANDSCAPE
}

export function gridSize(grid: Grid): number {
  return grid.columns * grid.rows
}
