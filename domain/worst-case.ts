// What a station costs at worst, from what lies in its file, or from the rules that say how much may lie there: for staff who set them.

import { standingAllowancePoints } from './ledger.ts'

export interface StationHoldings {
  /** Riders' slices here, together. */
  heldPoints: number
  earningSliceLeft: number
}

export interface WorstCase {
  /** Nobody can reach them while this station is silent. */
  strandedPoints: number
  /** A copy of its disk could spend them once more while it is cut off. */
  clonedDiskPoints: number
}

/**
 * Both are all that lies here. That a file has to say hello first (the rule spend_before_hello) makes the second no smaller: a copy of a
 * file that rests has its last number and hash, central greets it as the file itself, and cut off after that it spends what lies in it.
 */
export function worstCaseOf({ heldPoints, earningSliceLeft }: StationHoldings): WorstCase {
  const heldHere = heldPoints + earningSliceLeft
  return { strandedPoints: heldHere, clonedDiskPoints: heldHere }
}

export interface HoldingRules {
  standingPoints: number
  earningSlicePoints: number
}

export interface StationAtWorst {
  /** Those whose home it is. */
  homeRiders: number
  /** What the rider with the most has, wherever it lies. */
  mostPoints: number
}

/**
 * What may lie at one station when it falls silent. One more rider stands there with all he has: a top-up is so much at once, and while he
 * redeems and stays it is asked for again, so its size bounds a step and not the sum.
 */
export function holdingsByRules({ standingPoints, earningSlicePoints }: HoldingRules, { homeRiders, mostPoints }: StationAtWorst): StationHoldings {
  return { heldPoints: homeRiders * standingAllowancePoints(mostPoints, standingPoints) + mostPoints, earningSliceLeft: earningSlicePoints }
}
