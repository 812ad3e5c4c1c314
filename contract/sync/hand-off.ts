// A phone hand-off between station and central: one code for one rider (or somebody who is none yet), one purpose, five minutes,
// one use. The code is behind the `#` of the address, which no browser sends: it stands in no log.

import { z } from 'zod'
import { HAND_OFF_PURPOSES, HAND_OFF_REFUSALS } from '../kiosk/hand-off.ts'

export const HAND_OFF_PATH = '/v1/hand-off'
export const HAND_OFF_STATE_PATH = '/v1/hand-off-state'
export const PHONE_PATH = '/phone/'
export const HAND_OFF_MS_MAX = 5 * 60_000

/** Sixteen signs of Crockford's alphabet: 80 random bits. */
export const HAND_OFF_CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/

const uuid = z.uuid().lowercase()

/** The id is the asker's; asked again with it, the same hand-off is answered, without its code. */
export const handOffRequest = z.strictObject({ incarnation: uuid, handOff: uuid, rider: uuid.nullable(), purpose: z.enum(HAND_OFF_PURPOSES) })
export type HandOffRequest = z.infer<typeof handOffRequest>

export const handOffAnswer = z.discriminatedUnion('result', [
  /** `origin`: where phones find central; null: where the station finds it. */
  z.strictObject({ result: z.literal('open'), code: z.string().regex(HAND_OFF_CODE), origin: z.string().max(200).nullable(), leftMs: z.int().min(0).max(HAND_OFF_MS_MAX) }),
  z.strictObject({ result: z.literal('refused'), code: z.enum(HAND_OFF_REFUSALS) }),
])
export type HandOffAnswer = z.infer<typeof handOffAnswer>

export const handOffStateRequest = z.strictObject({ incarnation: uuid, handOff: uuid, close: z.boolean() })
export type HandOffStateRequest = z.infer<typeof handOffStateRequest>

/** `connected`: a phone has opened it. `received`: what was asked for has arrived. `gone`: closed, late, or never heard of. */
export const HAND_OFF_STATES = ['waiting', 'connected', 'received', 'gone'] as const
export const handOffStateAnswer = z.strictObject({
  state: z.enum(HAND_OFF_STATES),
  /** Who has registered, for the screen to show his pass. */
  registered: uuid.nullable(),
})
export type HandOffStateAnswer = z.infer<typeof handOffStateAnswer>

export function handOffUrl(origin: string, code: string): string {
  return `${origin.replace(/\/+$/, '')}${PHONE_PATH}#${code}`
}
