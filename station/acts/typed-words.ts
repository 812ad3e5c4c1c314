// The door to what keeps typed words: sealed to central's key, stored beside the event in its transaction, readable here no more.

import type { Writer } from '../store/database.ts'
import type { Counter } from './act.ts'

/** What the event says of the words: which they are, and what binds them. */
export interface SealedWords {
  ref: string
  commitment: string
}

/** null: central's key has not come yet. */
export type SealWords = (writer: Writer, rider: string, text: string) => SealedWords | null

export function sealWords(counter: Counter, writer: Writer, rider: string, text: string): SealedWords | null {
  return counter.sealing?.(writer, rider, text) ?? null
}
