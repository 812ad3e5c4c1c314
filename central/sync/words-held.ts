// Who must know that words are here, by what they were for: each answers what stations have to be told. In the transaction that
// keeps the words, so a text is never here unnoticed.

import type { PeopleIndex } from '../people/person-words.ts'
import { nameRegistered } from '../people/registered-words.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { ChangedRow } from '../store/changes.ts'
import type { PromisedWords, WordsPurpose } from '../store/words.ts'

/** Of one purpose each; the text is readable here and nowhere else. */
export interface HeldWords extends PromisedWords {
  text: string
  personKey: Uint8Array
}

export interface HeldMoment {
  nowMs: number
  index: PeopleIndex
}

type OnHeld = (transaction: StoreTransaction, held: readonly HeldWords[], moment: HeldMoment) => Promise<ChangedRow[]>

const ON_HELD: Record<WordsPurpose, OnHeld> = {
  rider: nameRegistered,
  wish: () => Promise.resolve([]),
}

export async function noteWordsHeld(transaction: StoreTransaction, held: readonly HeldWords[], moment: HeldMoment): Promise<ChangedRow[]> {
  const changes: ChangedRow[] = []
  for (const [purpose, onHeld] of Object.entries(ON_HELD)) {
    const own = held.filter((words) => words.purpose === purpose)
    if (own.length > 0) changes.push(...(await onHeld(transaction, own, moment)))
  }
  return changes
}
