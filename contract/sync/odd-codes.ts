// What central finds odd about a fact that it recorded, or why it could not read it: the codes of outcomes `flagged` and `parked`.
// Every one has its words and its remedy in the office (console/text/exception-words.ts), or it does not compile. A code that
// stands in somebody's events is never taken out again.

import type { SeatFlag } from '../../domain/training/book-signups.ts'
import type { WishFlag } from '../../domain/wish.ts'

export type ParkCode = 'kind_unknown' | 'body_unreadable'

export type FlagCode =
  // Who it is about, who did it, and by which file.
  | 'rider_unknown' | 'rider_known' | 'staff_unknown' | 'banned'
  // Goods and points.
  | 'overdrawn' | 'item_unknown' | 'service_unknown' | 'sum_wrong' | 'request_repeated' | 'grant_unknown' | 'redemption_unknown' | 'already_undone'
  /** Only told: taken at stations that could not see each other, and nothing is taken back. */
  | 'limit_exceeded'
  // Trainings.
  | SeatFlag | 'training_unknown' | 'not_hosted_here' | 'certificate_repeated' | 'points_differ'
  | WishFlag

export type OddCode = FlagCode | ParkCode
