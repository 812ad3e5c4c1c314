// What a station says of wishes. Facts of the rider (posted, edited, withdrawn, "it reached me") or of staff (handed over here):
// recorded always, and each carries the number of the claim that was seen when it was done, 0 where there was none. What was
// typed is not in them: `words` names it and binds it, the text travels sealed beside the event (docs/decisions/0007).

import { z } from 'zod'
import { WISH_CATEGORIES } from '../kiosk/wish-view.ts'
import { wordsReference as words } from './sealed-words.ts'

const uuid = z.uuid().lowercase()
const claim = z.int().min(0).max(1_000_000_000)

export const wishPosted = z.strictObject({
  request: uuid,
  wish: uuid,
  rider: uuid,
  category: z.enum(WISH_CATEGORIES),
  shown: z.enum(['named', 'anonymous']),
  reach: z.enum(['station', 'staff_phone']),
  words,
})

export const wishEdited = z.strictObject({ request: uuid, wish: uuid, rider: uuid, claim, words })

export const wishWithdrawn = z.strictObject({ request: uuid, wish: uuid, rider: uuid, claim })

/** "It reached me", or "not yet". */
export const wishConfirmed = z.strictObject({ request: uuid, wish: uuid, rider: uuid, claim, reached: z.boolean() })

/** What the claimant gave was handed over at this station. */
export const wishFulfilled = z.strictObject({ request: uuid, wish: uuid, staff: uuid, claim })

export const WISH_EVENT_BODIES = {
  'wish.posted/1': wishPosted,
  'wish.edited/1': wishEdited,
  'wish.withdrawn/1': wishWithdrawn,
  'wish.confirmed/1': wishConfirmed,
  'wish.fulfilled/1': wishFulfilled,
} as const
