// Rows about people and their words that stations mirror, besides those of riders.

import { sealingKeyRow } from './sealed-words.ts'

export const PERSON_ROWS = {
  /** One, under the key `current`: what is typed here is sealed to it. */
  sealing_key: sealingKeyRow,
} as const

export const SEALING_KEY = 'current'
