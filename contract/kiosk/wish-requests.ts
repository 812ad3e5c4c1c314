// What the screen may ask about wishes (joined into KIOSK_REQUESTS). Length is counted as people count, by the domain; the
// schema's bound is only against nonsense.

import { z } from 'zod'
import { WISH_CATEGORIES } from './wish-view.ts'

const uuid = z.uuid().lowercase()
const done = z.strictObject({})
const text = z.string().min(1).max(4_000)

export const WISH_REQUESTS = {
  post_wish: {
    input: z.strictObject({
      session: uuid,
      request: uuid,
      category: z.enum(WISH_CATEGORIES),
      text,
      /** Masked name on the wall, or 一位骑手. */
      shown: z.enum(['named', 'anonymous']),
      /** At the station, or by telephone through staff only. */
      reach: z.enum(['station', 'staff_phone']),
    }),
    /** Its state in the session's `wishes` says whether central has it already (`unsent`: it waits in the outbox). */
    output: z.strictObject({ wish: uuid }),
  },
  /** A text in review, asked back, or on the wall: goes to review again; the present claimant is told. */
  edit_wish: { input: z.strictObject({ session: uuid, request: uuid, wish: uuid, text }), output: done },
  withdraw_wish: { input: z.strictObject({ session: uuid, request: uuid, wish: uuid }), output: done },
  /** "It reached me" or "not yet". */
  confirm_wish: { input: z.strictObject({ session: uuid, request: uuid, wish: uuid, reached: z.boolean() }), output: done },
  /** Staff: what the claimant gave was handed over here. Of a wish on the wall that is claimed. */
  fulfil_wish: { input: z.strictObject({ session: uuid, request: uuid, wish: uuid }), output: done },
} as const

export const WISH_REFUSALS = [
  z.strictObject({ code: z.literal('wish_unknown') }),
  /** Central's key for what people type has not come yet: nothing typed can be kept here. */
  z.strictObject({ code: z.literal('words_not_sealable') }),
  z.strictObject({ code: z.literal('wish_empty') }),
  z.strictObject({ code: z.literal('wish_too_long'), charactersMax: z.int(), characters: z.int() }),
  z.strictObject({ code: z.literal('wishes_full'), wishesMax: z.int() }),
  /** It has moved on: withdrawn, confirmed, or not yet fulfilled. */
  z.strictObject({ code: z.literal('wish_not_in_state') }),
] as const
