// Trainings as a rider's phone is told of them by central: what is to come and how he stands to it, what he has learnt. Acts carry
// ids that the page made, so that a repeat makes nothing twice.

import { z } from 'zod'
import { certificateShown, invitationShown, SIGNUP_STATES, TRAINING_TOPICS } from '../kiosk/training-view.ts'
import { SIGNUP_NOTES, SIGNUP_REFUSALS } from '../../domain/training/training-book.ts'

const uuid = z.uuid().lowercase()
const bilingual = z.strictObject({ zh: z.string(), en: z.string() })
const revision = z.int().min(1).max(1_000_000)

/** Central is asked itself: nothing is pending. */
const state = z.enum(SIGNUP_STATES).exclude(['pending'])

const ownSignup = z.strictObject({
  /** The request that began it. */
  signup: uuid,
  state,
  /** One's place in the waiting list, from 1. */
  place: z.int().min(1).nullable(),
  offerEndsAtMs: z.int().nullable(),
  /** Time or place was changed, or it was cancelled, and he has not seen it yet. */
  changed: z.boolean(),
  refusal: z.enum(SIGNUP_REFUSALS).nullable(),
  note: z.enum(SIGNUP_NOTES).nullable(),
})
export type PhoneSignup = z.infer<typeof ownSignup>

const phoneTraining = z.strictObject({
  training: uuid,
  topic: z.enum(TRAINING_TOPICS),
  title: bilingual,
  place: bilingual,
  startsAtMs: z.int(),
  endsAtMs: z.int(),
  closesAtMs: z.int(),
  points: z.int().min(0),
  certificateMonths: z.int().min(1).nullable(),
  revision,
  state: z.enum(['open', 'over', 'cancelled']),
  cancelReason: z.string().nullable(),
  /** Places that can be had at once; 0: one waits. */
  free: z.int().min(0),
  waiting: z.int().min(0),
  own: ownSignup.nullable(),
})
export type PhoneTraining = z.infer<typeof phoneTraining>

export const PHONE_TRAININGS_MAX = 100

/** The soonest first; what is over stands last. */
export const myTrainings = z.strictObject({
  nowMs: z.int(),
  utcOffsetMinutes: z.int(),
  trainings: z.array(phoneTraining).max(2 * PHONE_TRAININGS_MAX),
  certificates: z.array(certificateShown).max(PHONE_TRAININGS_MAX),
  invitations: z.array(invitationShown),
})
export type MyTrainings = z.infer<typeof myTrainings>

/** `request`: the page's own id; asked twice it is one sign-up. `revision`: of the training as it was on the screen. */
export const signUp = z.strictObject({ request: uuid, training: uuid, revision, despiteClash: z.boolean() })
export const signedUp = z.discriminatedUnion('result', [
  z.strictObject({ result: z.literal('listed'), state, place: z.int().min(1).nullable() }),
  /** Nothing was kept: he is signed up for this one at the same time. */
  z.strictObject({ result: z.literal('clash'), title: bilingual, startsAtMs: z.int() }),
])
export const cancelSignup = z.strictObject({ training: uuid, signup: uuid })
export const answerOffer = z.strictObject({ training: uuid, signup: uuid, accept: z.boolean() })
/** He has seen what was changed, and what he was to be told. */
export const sawTraining = z.strictObject({ training: uuid, revision })

/** Where a training's calendar file is: of nobody, so that another browser than the one with the session can fetch it. */
export const CALENDAR_PATH = '/phone/calendar/'
