// A rider's touches: the shelf, the cart, the commit and his own points.

import type { FlowState, Rider, RiderTap, ScreenAt } from './flow-state.ts'
import { PAGE_MAX } from './flow-limits.ts'
import { cartPoints, quantityIn, withQuantity } from './goods.ts'
import { gridSize, pageGrids } from './page-grids.ts'
import { shelfPages } from './shelf-pages.ts'
import { ask, canAsk, goTo, isAsking, isRiderScreen, say } from './steps.ts'
import { addToCart, withRider } from './take-scan.ts'

export function tapAsRider(state: FlowState, tap: RiderTap, atMs: number, freshId: string): FlowState {
  const { screen } = state
  if (screen.at === 'done') return tap.do === 'toggle_balance' ? { ...state, screen: { ...screen, balanceShown: !screen.balanceShown } } : state
  if (!isRiderScreen(screen)) return state
  const { rider } = screen
  switch (tap.do) {
    case 'toggle_balance':
      return withRider(state, { ...rider, balanceShown: !rider.balanceShown })
    case 'show_shelf':
      return goTo(state, { at: 'shelf', rider, category: null, page: 0 }, atMs)
    case 'choose_category':
      return screen.at === 'shelf' ? { ...state, screen: { ...screen, category: tap.category, page: 0 } } : state
    case 'add_item':
      return addToCart(state, rider, tap.item, atMs)
    case 'take_item_out':
      return withRider(state, { ...rider, cart: withQuantity(rider.cart, tap.item, quantityIn(rider.cart, tap.item) - 1) })
    case 'drop_item':
      return withRider(state, { ...rider, cart: withQuantity(rider.cart, tap.item, 0) })
    case 'show_confirm':
      return rider.cart.length === 0 ? state : goTo({ ...state, notice: null }, { at: 'confirm', rider }, atMs)
    case 'redeem':
      return screen.at === 'confirm' ? redeem(state, screen, atMs, freshId) : state
    case 'show_my_points':
      return showMyPoints(state, rider, atMs)
  }
}

export function showMyPoints(state: FlowState, rider: Rider, atMs: number): FlowState {
  return askEntries(state, { at: 'my_points', rider, page: 0, entries: { list: null, total: 0, failed: false } }, 0, atMs)
}

function redeem(state: FlowState, screen: ScreenAt<'confirm'>, atMs: number, freshId: string): FlowState {
  const { rider } = screen
  if (state.view === null || rider.cart.length === 0 || isAsking(state, 'redeem')) return state
  if (!canAsk(state, 'redeem')) return say(state, { kind: 'station_busy' }, atMs)
  const input = {
    session: rider.session.session,
    request: freshId,
    lines: rider.cart.map((line) => ({ ...line })),
    pointsShown: cartPoints(rider.cart, state.view.shelf),
  }
  const asked = ask({ ...state, notice: null }, 'redeem', input)
  return goTo(asked, { at: 'committing', rider, request: freshId, phase: 'asking', sinceMs: atMs }, atMs)
}

export function turnRiderPage(state: FlowState, by: 1 | -1, atMs: number): FlowState {
  const { screen } = state
  if (screen.at === 'shelf') {
    const { page, pages } = shelfPages(state, screen)
    return { ...state, screen: { ...screen, page: Math.min(pages - 1, Math.max(0, page + by)) } }
  }
  if (screen.at !== 'my_points') return state
  const page = screen.page + by
  return page < 0 || page >= entryPages(state, screen) ? state : askEntries(state, screen, page, atMs)
}

export function entriesPageSize(state: FlowState): number {
  return gridSize(pageGrids(state.layout, state.lowReach).entries)
}

export function entryPages(state: FlowState, screen: ScreenAt<'my_points'>): number {
  return Math.min(PAGE_MAX, Math.max(1, Math.ceil(screen.entries.total / entriesPageSize(state))))
}

export function askEntries(state: FlowState, screen: ScreenAt<'my_points'>, page: number, atMs: number): FlowState {
  const { session } = screen.rider.session
  // An older page's answer would only be thrown away.
  const quiet: FlowState = { ...state, asks: state.asks.filter((asked) => asked.name !== 'list_entries') }
  const isAsked = canAsk(quiet, 'list_entries')
  const asked = ask(quiet, 'list_entries', { session, page, pageSize: entriesPageSize(state) })
  return goTo(asked, { ...screen, page, entries: { list: null, total: screen.entries.total, failed: !isAsked } }, atMs)
}
