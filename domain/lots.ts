// Lots on a shelf: what is given out first. First expired, first out; a lot past its day is never given out.

export interface ShelfLot {
  lot: number
  item: string
  /** The last day on which it is good; null: does not expire. */
  expiryDay: number | null
  quantityLeft: number
}

export interface LotPick {
  lot: number
  quantity: number
}

/** Units of these lots that may still be given out today. */
export function unitsOnShelf(lots: readonly ShelfLot[], today: number): number {
  return lots.filter((lot) => isGood(lot, today)).reduce((sum, lot) => sum + lot.quantityLeft, 0)
}

/** Which lots give `quantity` units, soonest expiry first and older lot first on a tie; null where they do not suffice. */
export function pickLots(lots: readonly ShelfLot[], quantity: number, today: number): LotPick[] | null {
  if (!Number.isInteger(quantity) || quantity < 0) throw new RangeError('goods are picked in whole units')
  const inOrder = lots.filter((lot) => isGood(lot, today) && lot.quantityLeft > 0).toSorted(byExpiryThenAge)
  const picks: LotPick[] = []
  let wanted = quantity
  for (const lot of inOrder) {
    if (wanted === 0) break
    const taken = Math.min(wanted, lot.quantityLeft)
    picks.push({ lot: lot.lot, quantity: taken })
    wanted -= taken
  }
  return wanted === 0 ? picks : null
}

function isGood(lot: ShelfLot, today: number): boolean {
  return lot.expiryDay === null || lot.expiryDay >= today
}

function byExpiryThenAge(left: ShelfLot, right: ShelfLot): number {
  const leftDay = left.expiryDay ?? Number.POSITIVE_INFINITY
  const rightDay = right.expiryDay ?? Number.POSITIVE_INFINITY
  return leftDay === rightDay ? left.lot - right.lot : leftDay - rightDay
}
