// Rows about people and their words that stations mirror, besides those of riders.

import { z } from 'zod'
import { sealingKeyRow } from './sealed-words.ts'

export const PERSON_ROWS = {
  /** One, under the key `current`: what is typed here is sealed to it. */
  sealing_key: sealingKeyRow,
  /** He asked for it: everything of him goes, before anything else of a page is done. */
  erasure: z.strictObject({ rider: z.uuid(), atMs: z.int().min(0) }),
  /** One, under the key `current`: what is agreed to by whoever registers. */
  consent: z.strictObject({ version: z.int().min(1).max(1_000_000), text: z.strictObject({ zh: z.string().max(4_000), en: z.string().max(8_000) }) }),
} as const

export const SEALING_KEY = 'current'
export const CONSENT_KEY = 'current'
