// What the wishes' screens show, as pure selections of the view: the wall, his own, and what may be done with one.

import type { OwnWish, WallWish } from '../../contract/kiosk/wish-view.ts'
import type { FlowState, Rider, ScreenAt } from './flow-state.ts'
import { gridSize, pageGrids } from './page-grids.ts'

const WHOLE = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** As much of it as its card takes; the whole stands on its own page. Cut between signs as people see them. */
export function glimpseOf(state: FlowState, text: string): string {
  const { orientation, compact } = state.layout
  return shortened(text, orientation === 'portrait' ? 42 : compact ? 26 : state.lowReach ? 20 : 30)
}

/** One line of the panel where nobody is. */
export function lineOf(text: string): string {
  return shortened(text, 22)
}

function shortened(text: string, most: number): string {
  const signs = [...WHOLE.segment(text)].map(({ segment }) => segment)
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`
}

export interface WishPage<Row> {
  rows: readonly Row[]
  page: number
  pages: number
}

export function wallPage(state: FlowState, screen: ScreenAt<'wishes'>): WishPage<WallWish> {
  return pageOf(state, state.view?.wall ?? [], screen.page)
}

export function ownPage(state: FlowState, screen: ScreenAt<'wishes'>): WishPage<OwnWish> {
  return pageOf(state, ownWishes(screen.rider), screen.page)
}

function pageOf<Row>(state: FlowState, rows: readonly Row[], wanted: number): WishPage<Row> {
  const size = gridSize(pageGrids(state.layout, state.lowReach).wishes)
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const page = Math.min(wanted, pages - 1)
  return { rows: rows.slice(page * size, (page + 1) * size), page, pages }
}

const PRESSING: ReadonlySet<OwnWish['state']> = new Set<OwnWish['state']>(['fulfilled', 'asked_back', 'refused'])

/** What waits for his word comes first, then the newest. */
export function ownWishes(rider: Rider): readonly OwnWish[] {
  return rider.session.wishes.toSorted((one, other) => Number(PRESSING.has(other.state)) - Number(PRESSING.has(one.state)) || other.postedAtMs - one.postedAtMs)
}

export function ownWishOf(rider: Rider, wish: string): OwnWish | null {
  return rider.session.wishes.find((one) => one.wish === wish) ?? null
}

export function wallWishOf(state: FlowState, wish: string): WallWish | null {
  return state.view?.wall.find((one) => one.wish === wish) ?? null
}

/** What the one who wished may do with it now. */
export interface WishActs {
  confirm: boolean
  edit: boolean
  withdraw: boolean
}

export function wishActs({ state, text }: OwnWish): WishActs {
  switch (state) {
    case 'unsent':
    case 'in_review':
      return { confirm: false, edit: false, withdraw: true }
    case 'asked_back':
    case 'refused':
      return { confirm: false, edit: true, withdraw: true }
    case 'open':
    case 'claimed':
      return { confirm: false, edit: text !== null, withdraw: true }
    case 'fulfilled':
      return { confirm: true, edit: false, withdraw: false }
    case 'confirmed':
    case 'withdrawn':
      return { confirm: false, edit: false, withdraw: false }
  }
}

/** How many may be under way at a time where one more would be too many; null: there is room. The station decides when it is posted. */
export function wishesFull(state: FlowState, rider: Rider): number | null {
  const { view } = state
  if (view === null) return null
  const underWay = rider.session.wishes.filter((wish) => wish.state !== 'confirmed' && wish.state !== 'withdrawn' && wish.state !== 'refused').length
  return underWay >= view.wishesOpenMax ? view.wishesOpenMax : null
}

export type WishNote = { kind: 'fulfilled'; wish: OwnWish } | { kind: 'asked_back'; wish: OwnWish } | { kind: 'refused'; wish: OwnWish } | { kind: 'claimed'; wish: OwnWish }

/** What the greeting should say of his wishes, the most pressing first. */
export function wishNotes(rider: Rider): readonly WishNote[] {
  const { wishes } = rider.session
  return [
    ...wishes.filter(({ state }) => state === 'fulfilled').map((wish): WishNote => ({ kind: 'fulfilled', wish })),
    ...wishes.filter(({ state }) => state === 'asked_back').map((wish): WishNote => ({ kind: 'asked_back', wish })),
    ...wishes.filter(({ state }) => state === 'refused').map((wish): WishNote => ({ kind: 'refused', wish })),
    ...wishes.filter(({ state }) => state === 'claimed').map((wish): WishNote => ({ kind: 'claimed', wish })),
  ]
}
