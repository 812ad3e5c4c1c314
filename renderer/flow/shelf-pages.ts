// Which goods are on which page of the shelf: whole rows only, in the station's own order, so that nothing jumps.

import type { ShelfEntry } from '../../contract/kiosk/kiosk-view.ts'
import type { Category, FlowState, ScreenAt } from './flow-state.ts'
import { gridSize, pageGrids } from './page-grids.ts'

export interface ShelfPages {
  entries: readonly ShelfEntry[]
  page: number
  pages: number
}

export function shelfPages(state: FlowState, screen: ScreenAt<'shelf'>): ShelfPages {
  const chosen = entriesOf(state, screen.category)
  const size = gridSize(pageGrids(state.layout, state.lowReach).shelf)
  const pages = Math.max(1, Math.ceil(chosen.length / size))
  const page = Math.min(screen.page, pages - 1)
  return { entries: chosen.slice(page * size, (page + 1) * size), page, pages }
}

const CATEGORIES: readonly Category[] = ['road', 'food', 'home', 'care']

/** The filter's choices with how many kinds each has; categories without goods are left out. */
export function shelfCategories(state: FlowState): readonly { category: Category | null; kinds: number }[] {
  const every: readonly (Category | null)[] = [null, ...CATEGORIES]
  return every.map((category) => ({ category, kinds: entriesOf(state, category).length })).filter(({ category, kinds }) => category === null || kinds > 0)
}

function entriesOf(state: FlowState, category: Category | null): readonly ShelfEntry[] {
  const shelf = state.view?.shelf ?? []
  return category === null ? shelf : shelf.filter((entry) => entry.category === category)
}
