// Events about people as such: who registered. Name, phone and site travel beside them (sealed-words.ts).

import { z } from 'zod'
import { PLATFORMS, RED_CROSS } from '../../domain/registering.ts'
import { wordsReference } from './sealed-words.ts'

const uuid = z.uuid().lowercase()

/** At a station, after he had agreed to that version of the text. `words`: JSON of `registeredWords`. */
export const riderRegistered = z.strictObject({
  request: uuid,
  /** Made here; he has no card before central knows him. */
  rider: uuid,
  consentVersion: z.int().min(1).max(1_000_000),
  platform: z.enum(PLATFORMS),
  redCross: z.enum(RED_CROSS),
  /** 轻骑兵队 */
  volunteerTeam: z.boolean(),
  words: wordsReference,
})

export const PERSON_EVENTS = { 'rider.registered/1': riderRegistered } as const

/** What is sealed of somebody who registers. */
export const registeredWords = z.strictObject({
  name: z.string().min(1).max(200),
  phone: z.string().regex(/^\d{11}$/),
  site: z.string().max(200),
})
export type RegisteredWords = z.infer<typeof registeredWords>
