// Trainings as the screen sees them: what is on, and how a rider stands to each. Part of the one snapshot (kiosk-view.ts).
// Places are tokens with one owner (invariant 7), so what is said of free places has two figures: what can be taken here at
// once, network or not, and what central last said.

import { z } from 'zod'
import { SIGNUP_NOTES, SIGNUP_REFUSALS } from '../../domain/training/training-book.ts'

const bilingual = z.strictObject({ zh: z.string(), en: z.string() })
const uuid = z.uuid().lowercase()

export const TRAINING_TOPICS = ['first_aid', 'cpr', 'trauma', 'health', 'psychology', 'law', 'fire_safety', 'food_safety', 'road_safety', 'other'] as const
export type TrainingTopic = (typeof TRAINING_TOPICS)[number]

export const trainingShown = z.strictObject({
  training: uuid,
  topic: z.enum(TRAINING_TOPICS),
  title: bilingual,
  place: bilingual,
  startsAtMs: z.int(),
  endsAtMs: z.int(),
  /** Until then riders sign up. */
  closesAtMs: z.int(),
  capacity: z.int().min(1),
  /** `here`: this station's block. `central`: as central last said. */
  seatsFree: z.strictObject({ here: z.int().min(0), central: z.int().min(0) }),
  waiting: z.int().min(0),
  points: z.int().min(0),
  /** null: no certificate comes with it. */
  certificateMonths: z.int().min(1).nullable(),
  /** After the start; until then the places of those who had signed up are kept for them. */
  lateMinutes: z.int().min(0),
  /** Held in this very station: attendance is taken at this screen. */
  hostedHere: z.boolean(),
  /** Not for everybody: central says who is invited, so a sign-up always waits for its word. */
  forSome: z.boolean(),
  state: z.enum(['open', 'over', 'cancelled']),
  /** Staff's words to those who had signed up. */
  cancelReason: z.string().max(200).nullable(),
})
export type TrainingShown = z.infer<typeof trainingShown>

/** How a rider stands to a training. `pending`: asked for while it needs central's word. */
export const SIGNUP_STATES = ['pending', 'seated', 'waiting', 'offered', 'declined', 'cancelled', 'refused', 'attended', 'missed'] as const
export type SignupState = (typeof SIGNUP_STATES)[number]

export const signupShown = z.strictObject({
  training: uuid,
  state: z.enum(SIGNUP_STATES),
  /** One's place in the waiting list, from 1. */
  place: z.int().min(1).nullable(),
  /** A place came free for him: until when he may say yes. */
  offerEndsAtMs: z.int().nullable(),
  /** Recorded here, not yet at central. */
  unsent: z.boolean(),
  /** Time or place was changed after he had signed up, and he has not seen it yet. */
  moved: z.boolean(),
  /** Why central said no; null while it has not, or said yes. */
  refusal: z.enum(SIGNUP_REFUSALS).nullable(),
  /** To be told until he acknowledges it: a second place of his is free again; his place had been given anew, he comes first; central said no. */
  note: z.enum(SIGNUP_NOTES).nullable(),
})
export type SignupShown = z.infer<typeof signupShown>

export const certificateShown = z.strictObject({
  certificate: uuid,
  /** Printed on it, to be read out. */
  number: z.string().max(32),
  topic: z.enum(TRAINING_TOPICS),
  title: bilingual,
  issuedDay: z.int().min(0),
  /** null: it does not expire. */
  expiresDay: z.int().min(0).nullable(),
})
export type CertificateShown = z.infer<typeof certificateShown>

/** A certificate of his is about to end, or has just ended: the next course of its topic. */
export const invitationShown = z.strictObject({ certificate: uuid, training: uuid })
export type InvitationShown = z.infer<typeof invitationShown>

/** One who is on the list of a training, for staff at the host's screen: masked, in the order of arrival or of the list. */
export const attendeeShown = z.strictObject({
  rider: uuid,
  maskedName: z.string().nullable(),
  state: z.enum(['expected', 'waiting', 'attended', 'walk_in']),
  late: z.boolean(),
})
export type AttendeeShown = z.infer<typeof attendeeShown>

/** A training that is held in this station today: how many are there, walk-ins included, and how many had signed up for it. */
export const hostedToday = z.strictObject({ training: uuid, came: z.int().min(0), signedUp: z.int().min(0) })
export type HostedToday = z.infer<typeof hostedToday>
export const HOSTED_TODAY_MAX = 20

/** What became of a pass that was scanned while attendance was being taken. */
export const attendanceOutcome = z.discriminatedUnion('result', [
  z.strictObject({ result: z.literal('attended'), maskedName: z.string().nullable(), late: z.boolean(), walkIn: z.boolean(), points: z.int().min(0), certificate: z.boolean() }),
  z.strictObject({ result: z.literal('already'), maskedName: z.string().nullable() }),
  z.strictObject({ result: z.literal('refused'), why: z.enum(['too_early', 'too_late', 'full', 'no_walk_ins', 'cancelled', 'rider_unknown', 'out_of_order']) }),
])
export type AttendanceOutcome = z.infer<typeof attendanceOutcome>
