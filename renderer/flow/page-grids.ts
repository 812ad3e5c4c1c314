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
  /** Today's trainings at this station, for staff. */
  hosted: Grid
  /** Who is missing, or who came. */
  attendees: Grid
  /** Trainings, or certificates. */
  trainings: Grid
  /** Wishes, on the wall or one's own. */
  wishes: Grid
  /** Whole weeks of the calendar. */
  calendarWeeks: number
}

const PORTRAIT: PageGrids = {
  greeting: { columns: 2, rows: 2 },
  shelf: { columns: 2, rows: 4 },
  entries: { columns: 1, rows: 7 },
  restock: { columns: 1, rows: 4 },
  redemptions: { columns: 1, rows: 9 },
  hosted: { columns: 1, rows: 6 },
  attendees: { columns: 1, rows: 7 },
  trainings: { columns: 1, rows: 6 },
  calendarWeeks: 6,
  wishes: { columns: 1, rows: 5 },
}

const PORTRAIT_LOW: PageGrids = {
  greeting: { columns: 2, rows: 2 },
  shelf: { columns: 2, rows: 2 },
  entries: { columns: 1, rows: 7 },
  restock: { columns: 1, rows: 3 },
  redemptions: { columns: 1, rows: 5 },
  hosted: { columns: 1, rows: 4 },
  attendees: { columns: 1, rows: 3 },
  trainings: { columns: 1, rows: 3 },
  calendarWeeks: 5,
  wishes: { columns: 1, rows: 2 },
}

const LANDSCAPE: PageGrids = {
  greeting: { columns: 2, rows: 2 },
  shelf: { columns: 3, rows: 2 },
  entries: { columns: 1, rows: 4 },
  restock: { columns: 1, rows: 3 },
  redemptions: { columns: 1, rows: 5 },
  hosted: { columns: 1, rows: 3 },
  attendees: { columns: 1, rows: 3 },
  trainings: { columns: 1, rows: 3 },
  calendarWeeks: 5,
  wishes: { columns: 2, rows: 2 },
}

const LANDSCAPE_LOW: PageGrids = {
  greeting: { columns: 2, rows: 1 },
  shelf: { columns: 2, rows: 1 },
  entries: { columns: 1, rows: 4 },
  restock: { columns: 1, rows: 2 },
  redemptions: { columns: 1, rows: 2 },
  hosted: { columns: 1, rows: 2 },
  attendees: { columns: 2, rows: 1 },
  trainings: { columns: 1, rows: 2 },
  calendarWeeks: 2,
  wishes: { columns: 2, rows: 1 },
}

const COMPACT: PageGrids = {
  greeting: { columns: 2, rows: 1 },
  shelf: { columns: 2, rows: 2 },
  entries: { columns: 1, rows: 3 },
  restock: { columns: 1, rows: 2 },
  redemptions: { columns: 1, rows: 4 },
  hosted: { columns: 1, rows: 2 },
  attendees: { columns: 1, rows: 2 },
  trainings: { columns: 1, rows: 2 },
  calendarWeeks: 3,
  wishes: { columns: 1, rows: 2 },
}

const COMPACT_LOW: PageGrids = {
  greeting: { columns: 1, rows: 1 },
  shelf: { columns: 2, rows: 1 },
  entries: { columns: 1, rows: 3 },
  restock: { columns: 1, rows: 1 },
  redemptions: { columns: 1, rows: 2 },
  hosted: { columns: 1, rows: 1 },
  attendees: { columns: 1, rows: 1 },
  trainings: { columns: 1, rows: 1 },
  calendarWeeks: 1,
  wishes: { columns: 1, rows: 1 },
}

export function pageGrids(layout: Layout, lowReach: boolean): PageGrids {
  if (layout.orientation === 'portrait') return lowReach ? PORTRAIT_LOW : PORTRAIT
  if (layout.compact) return lowReach ? COMPACT_LOW : COMPACT
  return lowReach ? LANDSCAPE_LOW : LANDSCAPE
}

export function gridSize(grid: Grid): number {
  return grid.columns * grid.rows
}
