// What a rider may take, and for each thing on the shelf why or why not and how far away it is. Pure sums over the view;
// the station decides again at the commit. A hidden balance stays hidden: no number is said that gives it away.

import type { Period } from '../../domain/calendar.ts'
import type { CartLine } from '../../domain/redemption.ts'
import type { KioskView, ShelfEntry } from '../../contract/kiosk/kiosk-view.ts'
import { CART_LINES_MAX } from './flow-limits.ts'
import type { Notice, Rider } from './flow-state.ts'
import { shortFor } from './rest-of-points.ts'

export type GoodsState =
  | { kind: 'buyable'; left: number }
  | { kind: 'one_left' }
  | { kind: 'sold_out' }
  /** More points than the rider has anywhere; null: the balance is hidden. */
  | { kind: 'short'; missing: number | null }
  /** Enough for this alone, not together with what is in the cart. */
  | { kind: 'short_with_cart'; missing: number | null }
  /** Enough in all, but some of the points are not here now. */
  | { kind: 'part_elsewhere'; here: number | null }
  | { kind: 'limit_reached'; period: Period }
  | { kind: 'unknown_rider' }
  | { kind: 'suspended' }
  /** The machine cannot record redemptions now. */
  | { kind: 'stopped' }

export function goodsState(entry: ShelfEntry, rider: Rider, view: KioskView): GoodsState {
  const { session, cart } = rider
  if (entry.onShelf === 0) return { kind: 'sold_out' }
  if (isStopped(view)) return { kind: 'stopped' }
  if (session.standing === 'suspended') return { kind: 'suspended' }
  if (session.standing === 'unknown' || session.points === null) return { kind: 'unknown_rider' }
  if (entry.limit !== null && limitLeft(rider, entry.item) === 0) return { kind: 'limit_reached', period: entry.limit.period }
  const { balance, here } = session.points
  const hidden = !rider.balanceShown
  if (entry.pricePoints > Math.max(balance, here)) return { kind: 'short', missing: hidden ? null : entry.pricePoints - Math.max(balance, here) }
  if (entry.pricePoints > here) return { kind: 'part_elsewhere', here: hidden ? null : here }
  const together = cartPoints(cart, view.shelf) + entry.pricePoints
  if (quantityIn(cart, entry.item) === 0 && together > here) return { kind: 'short_with_cart', missing: hidden ? null : together - here }
  return entry.onShelf === 1 ? { kind: 'one_left' } : { kind: 'buyable', left: entry.onShelf }
}

/** Can be chosen, or is chosen already. */
export function isBuyable(goods: GoodsState): boolean {
  return goods.kind === 'buyable' || goods.kind === 'one_left'
}

/** Why one more of this cannot go into the cart, or null. */
export function whyNotAdd(entry: ShelfEntry, rider: Rider, view: KioskView): Notice | null {
  const { session, cart } = rider
  const { item } = entry
  const had = quantityIn(cart, item)
  if (entry.onShelf === 0) return { kind: 'sold_out', item }
  if (isStopped(view)) return { kind: 'redemption_stopped' }
  if (session.standing === 'suspended') return { kind: 'rider_suspended' }
  if (session.standing === 'unknown' || session.points === null) return { kind: 'rider_unknown' }
  if (had >= entry.onShelf) return { kind: 'all_in_cart', item, left: entry.onShelf }
  const left = entry.limit === null ? null : limitLeft(rider, item)
  if (left !== null && had >= left) return { kind: 'limit_reached', item, left }
  if (unitsIn(cart) >= view.cartUnitsMax) return { kind: 'cart_full', unitsMax: view.cartUnitsMax }
  if (had === 0 && cart.length >= CART_LINES_MAX) return { kind: 'lines_full', linesMax: CART_LINES_MAX }
  const short = shortFor(rider, cartPoints(cart, view.shelf) + entry.pricePoints, view.nowMs)
  if (short === null) return null
  if (short.kind === 'away') return { kind: 'points_away', away: short.away }
  return short.kind === 'not_booked' ? { kind: 'points_not_booked' } : { kind: 'points_short', missing: short.missing }
}

/** Units of a limited item that this rider may still have; null: the station says nothing of it. */
export function limitLeft(rider: Rider, item: string): number | null {
  return rider.session.limitLeft.find((limit) => limit.item === item)?.left ?? null
}

/** Something is wrong with which no goods are given out. */
export function isStopped(view: KioskView): boolean {
  return view.trouble !== null && !view.trouble.works.includes('redemption')
}

// ── the cart ──

export function quantityIn(cart: readonly CartLine[], item: string): number {
  return cart.find((line) => line.item === item)?.quantity ?? 0
}

export function unitsIn(cart: readonly CartLine[]): number {
  return cart.reduce((sum, line) => sum + line.quantity, 0)
}

export function cartPoints(cart: readonly CartLine[], shelf: readonly ShelfEntry[]): number {
  return cart.reduce((sum, line) => sum + line.quantity * (shelf.find((entry) => entry.item === line.item)?.pricePoints ?? 0), 0)
}

/** Sets one line; nought takes it out. */
export function withQuantity(cart: readonly CartLine[], item: string, quantity: number): readonly CartLine[] {
  if (quantity <= 0) return cart.filter((line) => line.item !== item)
  if (quantityIn(cart, item) === 0) return [...cart, { item, quantity }]
  return cart.map((line) => (line.item === item ? { item, quantity } : line))
}

/** The cart as the shelf still has it, with the first line that had to shrink. */
export function fitToShelf(cart: readonly CartLine[], shelf: readonly ShelfEntry[]): { cart: readonly CartLine[]; shrunk: { item: string; left: number } | null } {
  let fitted = cart
  let shrunk: { item: string; left: number } | null = null
  for (const { item, quantity } of cart) {
    const left = shelf.find((entry) => entry.item === item)?.onShelf ?? 0
    if (quantity <= left) continue
    fitted = withQuantity(fitted, item, left)
    shrunk ??= { item, left }
  }
  return { cart: fitted, shrunk }
}
