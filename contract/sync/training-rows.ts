// What stations mirror of trainings: the training (everyone in the district), places lent to a file (the station, received by a
// fact like a slice of points), how a rider stands and what he has earned (the riders that the station mirrors).

import { z } from 'zod'
import { SIGNUP_NOTES, SIGNUP_REFUSALS, SIGNUP_STANDINGS, WAITING_MAX } from '../../domain/training/training-book.ts'
import { TRAINING_TOPICS } from '../kiosk/training-view.ts'

const uuid = z.uuid()
const bilingual = z.strictObject({ zh: z.string().max(200), en: z.string().max(200) })
const seat = z.int().min(1).max(10_000)

export const TRAINING_ROWS = {
  training: z.strictObject({
    id: uuid,
    topic: z.enum(TRAINING_TOPICS),
    title: bilingual,
    place: bilingual,
    startsAtMs: z.int().min(0),
    endsAtMs: z.int().min(0),
    /** Until then riders sign up. */
    closesAtMs: z.int().min(0),
    /** From then on a host gives back what nobody has taken. */
    blocksBackAtMs: z.int().min(0),
    capacity: z.int().min(1).max(10_000),
    /** Central's own places that nobody has. */
    freeAtCentral: z.int().min(0),
    /** The numbers of those who wait, in their order: a rider finds his place by his own. */
    waitingNumbers: z.array(z.int()).max(WAITING_MAX),
    points: z.int().min(0).max(1_000_000),
    /** null: no certificate comes with it. */
    certificateMonths: z.int().min(1).max(600).nullable(),
    /** At the door: who comes later after the start is late; whether who has no place may have a free one. */
    lateMinutes: z.int().min(0).max(1_440),
    walkIns: z.boolean(),
    /** Where attendance is taken. */
    host: uuid,
    /** Not for everybody: central says whom it is for. */
    isForSome: z.boolean(),
    state: z.enum(['open', 'cancelled']),
    cancelReason: z.string().max(200).nullable(),
    /** Rises with every change. */
    revision: z.int().min(1),
    /** The last one that riders who had signed up must hear of: time, place, cancelled. */
    toldRevision: z.int().min(1),
  }),
  /** Lent to one life of the station's file. */
  seat_block: z.strictObject({
    id: uuid,
    training: uuid,
    seats: z.array(seat).min(1).max(200),
    /** What nobody has taken is to go back. */
    recalled: z.boolean(),
  }),
  signup: z.strictObject({
    training: uuid,
    rider: uuid,
    /** The request that began it. */
    id: uuid,
    standing: z.enum(SIGNUP_STANDINGS),
    seat: seat.nullable(),
    number: z.int().nullable(),
    offerEndsAtMs: z.int().min(0).nullable(),
    refusal: z.enum(SIGNUP_REFUSALS).nullable(),
    note: z.enum(SIGNUP_NOTES).nullable(),
    seenRevision: z.int().min(0),
    /** This station's own events that are inside. */
    includedSeq: z.int().min(0),
  }),
  certificate: z.strictObject({
    id: uuid,
    rider: uuid,
    topic: z.enum(TRAINING_TOPICS),
    title: bilingual,
    issuedDay: z.int().min(0),
    expiresDay: z.int().min(0).nullable(),
  }),
} as const

/** The key of a rider's sign-up in the log of changes. */
export function signupKey(training: string, rider: string): string {
  return `${training}:${rider}`
}
