// What stations say of trainings. Facts: a block of places received or given back, a place of it taken, somebody was there.
// Requests: all that central decides (docs/decisions/0007). A sign-up is named by the request that began it, so that what is meant
// for an earlier one does not touch a later one.

import { z } from 'zod'

const uuid = z.uuid().lowercase()
const seat = z.int().min(1).max(10_000)
const seats = z.array(seat).min(1).max(200)
/** Of the training, as it was on the screen. */
const revision = z.int().min(1).max(1_000_000)

const seatBlockReceived = z.strictObject({ block: uuid, training: uuid, seats })
const seatBlockReturned = z.strictObject({ training: uuid, seats, reason: z.enum(['recall', 'closing', 'cancelled', 'retired']) })

/** On a place of a block that this file held. */
const signupSeated = z.strictObject({ request: uuid, training: uuid, rider: uuid, seat, revision })
const signupRequested = z.strictObject({ request: uuid, training: uuid, rider: uuid, revision })
const signupCancelled = z.strictObject({ request: uuid, signup: uuid, training: uuid, rider: uuid })
const offerAnswered = z.strictObject({ request: uuid, signup: uuid, training: uuid, rider: uuid, accept: z.boolean() })
/** He has seen what was changed, or what he was to be told. */
const signupAcknowledged = z.strictObject({ training: uuid, rider: uuid, revision })

/** Points, service record and certificate in one act. */
const attendanceRecorded = z.strictObject({
  request: uuid,
  training: uuid,
  rider: uuid,
  staff: uuid,
  walkIn: z.boolean(),
  late: z.boolean(),
  points: z.int().min(0).max(1_000_000),
  /** The points came from the station's earning slice and can be spent there at once. */
  inSlice: z.boolean(),
  certificate: uuid.nullable(),
  revision,
})

export const TRAINING_EVENTS = {
  'seat_block.received/1': seatBlockReceived,
  'seat_block.returned/1': seatBlockReturned,
  'signup.seated/1': signupSeated,
  'signup.requested/1': signupRequested,
  'signup.cancelled/1': signupCancelled,
  'signup.offer_answered/1': offerAnswered,
  'signup.acknowledged/1': signupAcknowledged,
  'attendance.recorded/1': attendanceRecorded,
} as const
