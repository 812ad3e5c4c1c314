// The phone hand-off and registering as the screen sees them. A hand-off is one code for one person and one purpose, five
// minutes, one use; it needs the network, and where there is none the touchscreen is offered instead.

import { z } from 'zod'
import { PLATFORMS, RED_CROSS } from '../../domain/registering.ts'

const uuid = z.uuid().lowercase()
const done = z.strictObject({})

export const HAND_OFF_PURPOSES = ['register', 'wish', 'my_points', 'my_trainings', 'my_wishes'] as const
export type HandOffPurpose = (typeof HAND_OFF_PURPOSES)[number]

/** Why central gives no code. `no_address`: nobody has said where phones find it. */
export const HAND_OFF_REFUSALS = ['rider_unknown', 'rider_suspended', 'too_many'] as const
export const HAND_OFF_REFUSALS_SHOWN = [...HAND_OFF_REFUSALS, 'no_address'] as const
export type HandOffRefusal = (typeof HAND_OFF_REFUSALS_SHOWN)[number]

/** In the snapshot: null while none is open. */
export const handOffShown = z.strictObject({
  purpose: z.enum(HAND_OFF_PURPOSES),
  /** `connecting`: central is being asked; `received`: what was typed or taken has arrived. */
  state: z.enum(['connecting', 'waiting', 'connected', 'received', 'expired', 'no_network', 'refused']),
  /** Goes into the QR code. null until central has given one, and after it was used. */
  url: z.string().max(300).nullable(),
  /** Where `refused`. */
  refusal: z.enum(HAND_OFF_REFUSALS_SHOWN).nullable(),
  endsAtMs: z.int().nullable(),
  /** Of whoever has just registered by phone: shown here to be photographed. */
  pass: z.string().max(200).nullable(),
})
export type HandOffShown = z.infer<typeof handOffShown>

export const HAND_OFF_REQUESTS = {
  /** `session` null: to register, by somebody who has no pass yet. */
  open_hand_off: { input: z.strictObject({ session: uuid.nullable(), purpose: z.enum(HAND_OFF_PURPOSES) }), output: done },
  close_hand_off: { input: z.strictObject({}), output: done },
} as const

export const REGISTER_REQUESTS = {
  /** At the touchscreen: consent first. What was typed is sealed to central's key in the same transaction and readable here no more. */
  register: {
    input: z.strictObject({
      request: uuid,
      /** The version of the text that was shown and agreed to. */
      consentVersion: z.int().min(1),
      name: z.string().min(1).max(200),
      phone: z.string().regex(/^\d{11}$/),
      platform: z.enum(PLATFORMS),
      site: z.string().max(200),
      redCross: z.enum(RED_CROSS),
      /** 轻骑兵队 */
      volunteerTeam: z.boolean(),
    }),
    /** `pass`: the text of his new code where central could be reached; null: he gets his card when the network is back. */
    output: z.strictObject({ rider: uuid, pass: z.string().max(200).nullable() }),
  },
} as const

export const REGISTER_REFUSALS = [
  z.strictObject({ code: z.literal('consent_outdated') }),
  z.strictObject({ code: z.literal('name_unusable') }),
  z.strictObject({ code: z.literal('registering_full'), waitingMax: z.int() }),
] as const
