// The order and the pages of counted lines: the newest on top, because that is what the volunteer holds in his hand.

import { type LineProblem, problemOf, todayOf } from './counting.ts'
import type { CountedLine, FlowState, ScreenAt, Staff } from './flow-state.ts'
import { gridSize, pageGrids } from './page-grids.ts'

export function linesNewestFirst(staff: Staff): readonly CountedLine[] {
  return staff.lines.toReversed()
}

export function restockPageSize(state: FlowState): number {
  return gridSize(pageGrids(state.layout, state.lowReach).restock)
}

export function pageOfLine(state: FlowState, staff: Staff, line: number): number {
  const index = linesNewestFirst(staff).findIndex((counted) => counted.line === line)
  return Math.max(0, Math.floor(index / restockPageSize(state)))
}

export interface RestockPages {
  lines: readonly { counted: CountedLine; problem: LineProblem | null; isSelected: boolean }[]
  page: number
  pages: number
  units: number
  /** Lines that can not go on the shelf as they are. */
  problems: Record<LineProblem, number>
}

export function restockPages(state: FlowState, screen: ScreenAt<'restock'>): RestockPages {
  const { lines } = screen.staff
  const today = todayOf(state)
  const size = restockPageSize(state)
  const pages = Math.max(1, Math.ceil(lines.length / size))
  const page = Math.min(screen.page, pages - 1)
  const countOf = (problem: LineProblem): number => lines.filter((counted) => problemOf(counted, today) === problem).length
  return {
    lines: linesNewestFirst(screen.staff)
      .slice(page * size, (page + 1) * size)
      .map((counted) => ({ counted, problem: problemOf(counted, today), isSelected: counted.line === screen.selected })),
    page,
    pages,
    units: lines.reduce((sum, counted) => sum + counted.quantity, 0),
    problems: { needs_expiry: countOf('needs_expiry'), expired: countOf('expired') },
  }
}
