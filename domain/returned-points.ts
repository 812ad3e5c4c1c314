// How much of a rider's slice goes back to central when nobody stands here for him.

import { standingAllowancePoints } from './ledger.ts'

export interface HeldSlice {
  points: number
  /** This station keeps his standing allowance. */
  home: boolean
  /** All his points, wherever they lie. */
  balance: number
  /** Another station asks for him. */
  recalled: boolean
}

/** On a recall all of it; else a visitor's whole rest, and at home what is above the standing allowance. */
export function pointsToReturn({ points, home, balance, recalled }: HeldSlice, standingPointsMax: number): number {
  if (recalled || !home) return points
  return Math.max(0, points - standingAllowancePoints(balance, standingPointsMax))
}
