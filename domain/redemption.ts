// Whether goods leave the shelf for points. The whole decision is here, as one pure function over plain facts, so that it
// is the same code online and offline, in the shop and in the simulation (invariant 5). It spends only the allowance that
// this station holds for this rider; where the rest of the rider's points lie is not its business.

import type { Period } from './calendar.ts'
import { type LotPick, pickLots, type ShelfLot, unitsOnShelf } from './lots.ts'

export interface ItemLimit {
  quantity: number
  period: Period
}

export interface OfferedItem {
  id: string
  pricePoints: number
  limit: ItemLimit | null
}

export interface CartLine {
  item: string
  quantity: number
}

export interface RedemptionQuestion {
  /** null: this station has no row for the rider. */
  riderStanding: 'active' | 'suspended' | null
  cart: readonly CartLine[]
  cartUnitsMax: number
  /** The total that the rider was shown; another one now means a price changed in between. */
  pointsShown: number
  /** Items of the cart that the catalogue offers. */
  items: readonly OfferedItem[]
  /** Lots of those items at this station. */
  lots: readonly ShelfLot[]
  /** Units of each limited item that the rider already had within the limit's period. */
  unitsHad: ReadonlyMap<string, number>
  /** Points of this rider that this station may let him spend. */
  allowancePoints: number
  today: number
}

export interface RedeemedLine {
  item: string
  quantity: number
  /** Points for the whole line. */
  points: number
  lots: LotPick[]
}

export type RedemptionRefusal =
  | { code: 'rider_unknown' }
  | { code: 'rider_suspended' }
  | { code: 'cart_empty' }
  | { code: 'cart_too_large'; unitsMax: number }
  | { code: 'item_not_offered'; item: string }
  | { code: 'sold_out'; item: string; left: number }
  | { code: 'limit_reached'; item: string; limit: number; period: Period; left: number }
  | { code: 'price_changed'; points: number }
  | { code: 'points_short'; points: number; allowance: number; short: number }

export type RedemptionDecision =
  | { decision: 'redeem'; lines: RedeemedLine[]; points: number }
  | { decision: 'refuse'; refusal: RedemptionRefusal }

/** Says yes with the lots to take, or why not. Cart lines of one item are one line; quantities must be whole and positive. */
export function decideRedemption(question: RedemptionQuestion): RedemptionDecision {
  if (question.riderStanding === null) return refuse({ code: 'rider_unknown' })
  if (question.riderStanding === 'suspended') return refuse({ code: 'rider_suspended' })
  const cart = joinLines(question.cart)
  if (cart.length === 0) return refuse({ code: 'cart_empty' })
  if (cart.reduce((sum, line) => sum + line.quantity, 0) > question.cartUnitsMax) {
    return refuse({ code: 'cart_too_large', unitsMax: question.cartUnitsMax })
  }

  const lines: RedeemedLine[] = []
  for (const { item: id, quantity } of cart) {
    const item = question.items.find((offered) => offered.id === id)
    if (item === undefined) return refuse({ code: 'item_not_offered', item: id })
    const lots = question.lots.filter((lot) => lot.item === id)
    const picks = pickLots(lots, quantity, question.today)
    if (picks === null) return refuse({ code: 'sold_out', item: id, left: unitsOnShelf(lots, question.today) })
    if (item.limit !== null) {
      const left = Math.max(0, item.limit.quantity - (question.unitsHad.get(id) ?? 0))
      if (quantity > left) return refuse({ code: 'limit_reached', item: id, limit: item.limit.quantity, period: item.limit.period, left })
    }
    lines.push({ item: id, quantity, points: item.pricePoints * quantity, lots: picks })
  }

  const points = lines.reduce((sum, line) => sum + line.points, 0)
  if (points !== question.pointsShown) return refuse({ code: 'price_changed', points })
  if (points > question.allowancePoints) {
    return refuse({ code: 'points_short', points, allowance: question.allowancePoints, short: points - question.allowancePoints })
  }
  return { decision: 'redeem', lines, points }
}

function joinLines(cart: readonly CartLine[]): CartLine[] {
  const quantities = new Map<string, number>()
  for (const { item, quantity } of cart) {
    if (!Number.isInteger(quantity) || quantity < 1) throw new RangeError('a cart line has a whole, positive quantity')
    quantities.set(item, (quantities.get(item) ?? 0) + quantity)
  }
  return [...quantities].map(([item, quantity]) => ({ item, quantity }))
}

function refuse(refusal: RedemptionRefusal): RedemptionDecision {
  return { decision: 'refuse', refusal }
}
