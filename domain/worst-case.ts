// What a station costs at worst, from what lies in its file and the rules: for staff who decide how much may lie there.

export interface StationHoldings {
  /** Riders' slices here, together. */
  heldPoints: number
  earningSliceLeft: number
  /** false: without its witness (a second medium that a copy of the disk does not have) the file spends only after central's word in this start. */
  spendBeforeHello: boolean
}

export interface WorstCase {
  /** Nobody can reach them while this station is silent. */
  strandedPoints: number
  /** A copy of its disk could spend them once more before anybody hears of it. */
  clonedDiskPoints: number
}

/** A copy that has to say hello first is heard of before it spends: one that is a single event behind the original is fenced. */
export function worstCaseOf({ heldPoints, earningSliceLeft, spendBeforeHello }: StationHoldings): WorstCase {
  const strandedPoints = heldPoints + earningSliceLeft
  return { strandedPoints, clonedDiskPoints: spendBeforeHello ? strandedPoints : 0 }
}
