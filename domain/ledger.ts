// Double entry: every movement of points takes from one account what it gives to another, so all accounts sum to zero.
// Says which accounts exist, which may go below zero, and how a fact that overdraws is booked. Knows no database.

export type Account =
  | { kind: 'program' }
  | { kind: 'rider_central'; rider: string }
  | { kind: 'rider_station'; rider: string; station: string; incarnation: string }
  | { kind: 'redeemed_station'; station: string }
  | { kind: 'program_station'; station: string; incarnation: string }
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
      return `rider:${account.rider}@${account.station}#${account.incarnation}`
    case 'redeemed_station':
      return `redeemed@${account.station}`
    case 'program_station':
      return `program@${account.station}#${account.incarnation}`
  }
}

/** The source of points and the account of what went wrong may be negative; nobody's points may. */
export function mayGoBelowZero(account: Account): boolean {
  return account.kind === 'program' || account.kind === 'discrepancy'
}

export interface Booking {
  transfers: Transfer[]
  /** What was not there; above zero means the fact is flagged. */
  overdrawnPoints: number
}

/** One life of a station's file: who holds a slice. */
export interface Holder {
  station: string
  incarnation: string
}

/** A redemption that happened: paid from the slice that the file owned; what the slice lacks comes from `discrepancy`. */
export function bookRedemption(fact: Holder & { rider: string; points: number; slicePoints: number }): Booking {
  const { rider, station, incarnation } = fact
  const fromSlice = Math.min(fact.points, Math.max(0, fact.slicePoints))
  const to: Account = { kind: 'redeemed_station', station }
  return bookingOf(fact.points - fromSlice, [
    { from: { kind: 'rider_station', rider, station, incarnation }, to, points: fromSlice },
    { from: { kind: 'discrepancy' }, to, points: fact.points - fromSlice },
  ])
}

/** Taken back where it was made: what the slice paid goes to the slice, what `discrepancy` paid goes there. */
export function bookUndoing(fact: Holder & { rider: string; points: number; overdrawnPoints: number }): Booking {
  const { rider, station, incarnation, overdrawnPoints } = fact
  const from: Account = { kind: 'redeemed_station', station }
  return bookingOf(0, [
    { from, to: { kind: 'rider_station', rider, station, incarnation }, points: fact.points - overdrawnPoints },
    { from, to: { kind: 'discrepancy' }, points: overdrawnPoints },
  ])
}

/** Points that go back to central: what is there. Nothing was handed out for the rest, so `discrepancy` gives nothing. */
export function bookReturn(fact: Holder & { rider: string; points: number; slicePoints: number }): Booking {
  const { rider, station, incarnation } = fact
  const points = Math.min(fact.points, Math.max(0, fact.slicePoints))
  return bookingOf(fact.points - points, [{ from: { kind: 'rider_station', rider, station, incarnation }, to: { kind: 'rider_central', rider }, points }])
}

/** A service rendered within the earning slice: the rider's at this station at once; what the slice lacks comes from `discrepancy`. */
export function bookEarning(fact: Holder & { rider: string; points: number; slicePoints: number }): Booking {
  const { rider, station, incarnation } = fact
  const fromSlice = Math.min(fact.points, Math.max(0, fact.slicePoints))
  const to: Account = { kind: 'rider_station', rider, station, incarnation }
  return bookingOf(fact.points - fromSlice, [
    { from: { kind: 'program_station', station, incarnation }, to, points: fromSlice },
    { from: { kind: 'discrepancy' }, to, points: fact.points - fromSlice },
  ])
}

/** A slice that a restored central has forgotten and the station holds: lent once more, the shortage from `discrepancy`. */
export function bookRelending(fact: Holder & { rider: string; points: number; centralPoints: number }): Booking {
  const { rider, station, incarnation } = fact
  const fromCentral = Math.min(fact.points, Math.max(0, fact.centralPoints))
  const to: Account = { kind: 'rider_station', rider, station, incarnation }
  return bookingOf(fact.points - fromCentral, [
    { from: { kind: 'rider_central', rider }, to, points: fromCentral },
    { from: { kind: 'discrepancy' }, to, points: fact.points - fromCentral },
  ])
}

/** What a relending lacked is the programme's only until it comes home: of points that arrive at central, what is still owed goes back. */
export function bookRepaying(fact: { rider: string; points: number; owedPoints: number }): Booking {
  const points = Math.min(fact.points, Math.max(0, fact.owedPoints))
  return bookingOf(0, [{ from: { kind: 'rider_central', rider: fact.rider }, to: { kind: 'discrepancy' }, points }])
}

function bookingOf(overdrawnPoints: number, transfers: Transfer[]): Booking {
  return { transfers: transfers.filter((transfer) => transfer.points > 0), overdrawnPoints }
}

/** The most that one grant or one event can say (contract/sync/event-bodies). */
export const GRANT_POINTS_MAX = 1_000_000

/** What central may lend a station of a rider's points: what lies at central, as far as the rule and one grant allow. */
export function grantablePoints(centralBalance: number, topUpPointsMax: number = GRANT_POINTS_MAX): number {
  return Math.min(GRANT_POINTS_MAX, topUpPointsMax, Math.max(0, centralBalance))
}

/** What the home station keeps for a rider without being asked: the smaller of the rule's amount and half of the balance. */
export function standingAllowancePoints(balance: number, standingPointsMax: number): number {
  return Math.max(0, Math.min(standingPointsMax, Math.floor(balance / 2)))
}
