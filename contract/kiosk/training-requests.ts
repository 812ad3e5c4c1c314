// What the screen may ask about trainings (joined into KIOSK_REQUESTS), and the refusals that only these have.

import { z } from 'zod'
import { attendanceOutcome, attendeeShown, signupShown } from './training-view.ts'

const uuid = z.uuid().lowercase()
const done = z.strictObject({})

export const TRAINING_REQUESTS = {
  /** Seated at once where this station holds a place, else pending until central has decided. */
  sign_up: {
    input: z.strictObject({ session: uuid, request: uuid, training: uuid, despiteClash: z.boolean() }),
    output: z.strictObject({ signup: signupShown }),
  },
  cancel_signup: { input: z.strictObject({ session: uuid, request: uuid, training: uuid }), output: z.strictObject({ signup: signupShown }) },
  /** To a place that came free. */
  answer_offer: { input: z.strictObject({ session: uuid, request: uuid, training: uuid, accept: z.boolean() }), output: z.strictObject({ signup: signupShown }) },
  /** He has seen what was changed or cancelled. */
  acknowledge_training: { input: z.strictObject({ session: uuid, training: uuid }), output: done },
  /** Staff, at the host: from now on a scanned pass is attendance, until the list is left. */
  begin_attendance: { input: z.strictObject({ session: uuid, training: uuid }), output: z.strictObject({ attendees: z.array(attendeeShown).max(500) }) },
  /** Staff, while attendance is taken: somebody from the list who has no pass with him. */
  mark_attended: { input: z.strictObject({ session: uuid, request: uuid, rider: uuid }), output: z.strictObject({ outcome: attendanceOutcome }) },
  end_attendance: { input: z.strictObject({ session: uuid }), output: done },
} as const

export const TRAINING_REFUSALS = [
  z.strictObject({ code: z.literal('training_unknown') }),
  z.strictObject({ code: z.literal('training_cancelled') }),
  z.strictObject({ code: z.literal('training_over') }),
  z.strictObject({ code: z.literal('already_signed_up') }),
  z.strictObject({ code: z.literal('not_signed_up') }),
  /** Another of his own at the same time; asked again with `despiteClash` it is taken. */
  z.strictObject({ code: z.literal('clash'), training: uuid }),
  z.strictObject({ code: z.literal('offer_over') }),
  z.strictObject({ code: z.literal('not_hosted_here') }),
  z.strictObject({ code: z.literal('signups_full'), signupsMax: z.int() }),
] as const
