// What a station costs at worst, from what lies in its file: for staff who decide how much may lie there.

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
