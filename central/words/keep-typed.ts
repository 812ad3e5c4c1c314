// Words typed at central itself, by phone or by staff for a rider: kept like those of stations, under the person's key and no
// other, with a commitment of their own. They are here at once.

import { createHash } from 'node:crypto'
import { SALT_BYTES, type WordsReference } from '../../contract/sync/sealed-words.ts'
import type { WordRows } from '../store/central-store.ts'
import type { WordsPurpose } from '../store/words.ts'
import { keepUnder, PERSON_KEY_BYTES } from './person-key.ts'

export interface TypedWords {
  ref: string
  rider: string
  district: string
  purpose: WordsPurpose
  text: string
}

/** Under the rider's lock. null: he was erased, and nothing is kept of him any more. */
export async function keepTyped(rows: WordRows, { ref, rider, district, purpose, text }: TypedWords, randomBytes: (count: number) => Uint8Array, nowMs: number): Promise<WordsReference | null> {
  if ((await rows.readErased([rider])).has(rider)) return null
  const salt = randomBytes(SALT_BYTES)
  const commitment = createHash('sha256').update(salt).update(text, 'utf8').digest()
  await rows.promiseWords([{ ref, district, station: null, rider, event: null, purpose, commitment }])
  await rows.makePersonKeys([{ rider, district, key: randomBytes(PERSON_KEY_BYTES) }], nowMs)
  const key = (await rows.readPersonKeys([rider])).get(rider)
  if (key === undefined) throw new Error('a person who was just given a key has one')
  await rows.keepWords([{ ref, kept: keepUnder(key, ref, { salt, text }) }], nowMs)
  return { ref, commitment: commitment.toString('hex') }
}
