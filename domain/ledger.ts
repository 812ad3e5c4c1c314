// Double entry: every movement of points takes from one account what it gives to another, so all accounts sum to zero.
// Says which accounts exist, which may go below zero, and how a fact that overdraws is booked. Knows no database.

export type Account =
  | { kind: 'program' }
  | { kind: 'rider_central'; rider: string }
  | { kind: 'rider_station'; rider: string; station: string }
  | { kind: 'redeemed_station'; station: string }
  | { kind: 'program_station'; station: string }
  | { kind: 'discrepancy' }

export interface Transfer {
  from: Account
  to: Account
  /** Whole points, above zero. */
  points: number
}

/** One text for one account, stable for ever: it is the account's key in the database. */
export function accountKey(account: Account): string {
  switch (account.kind) {
    case 'program':
    case 'discrepancy':
      return account.kind
    case 'rider_central':
      return `rider:${account.rider}`
    case 'rider_station':
      return `rider:${account.rider}@${account.station}`
    case 'redeemed_station':
      return `redeemed@${account.station}`
    case 'program_station':
      return `program@${account.station}`
  }
}

/** The source of points and the account of what went wrong may be negative; nobody's points may. */
export function mayGoBelowZero(account: Account): boolean {
  return account.kind === 'program' || account.kind === 'discrepancy'
}

export interface Booking {
  transfers: Transfer[]
  /** What was not there and came from `discrepancy`; above zero means the fact is flagged. */
  overdrawnPoints: number
}

/** A redemption that happened: paid from the slice that the station owned; what the slice lacks comes from `discrepancy`. */
export function bookRedemption(fact: { rider: string; station: string; points: number; slicePoints: number }): Booking {
  const fromSlice = Math.min(fact.points, Math.max(0, fact.slicePoints))
  const to: Account = { kind: 'redeemed_station', station: fact.station }
  return {
    transfers: [
      { from: { kind: 'rider_station', rider: fact.rider, station: fact.station } as const, to, points: fromSlice },
      { from: { kind: 'discrepancy' } as const, to, points: fact.points - fromSlice },
    ].filter((transfer) => transfer.points > 0),
    overdrawnPoints: fact.points - fromSlice,
  }
}

/** The most that one grant or one event can say (contract/sync/event-bodies). */
export const GRANT_POINTS_MAX = 1_000_000

/** What central may lend a station of a rider's points: all that lies at central, as far as one grant can say it. */
export function grantablePoints(centralBalance: number): number {
  return Math.min(GRANT_POINTS_MAX, Math.max(0, centralBalance))
}

/** What the home station keeps for a rider without being asked: the smaller of the rule's amount and half of the balance. */
export function standingAllowancePoints(balance: number, standingPointsMax: number): number {
  return Math.max(0, Math.min(standingPointsMax, Math.floor(balance / 2)))
}
