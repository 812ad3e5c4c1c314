// After somebody has registered at a station: the text of his first pass, for the screen he stands at to show it once. Only to
// the station where he registered, and only for a while.

import { z } from 'zod'

export const NEW_PASS_PATH = '/v1/new-pass'
export const NEW_PASS_MS_MAX = 15 * 60_000

const uuid = z.uuid().lowercase()

export const newPassRequest = z.strictObject({ incarnation: uuid, rider: uuid })
export type NewPassRequest = z.infer<typeof newPassRequest>

/** null: he did not register there, or too long ago, or his card is revoked. */
export const newPassAnswer = z.strictObject({ pass: z.string().max(200).nullable() })
export type NewPassAnswer = z.infer<typeof newPassAnswer>
