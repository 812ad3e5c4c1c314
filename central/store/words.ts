// SQL over what people typed: which references events have promised, the words as they are kept, and the keys of persons. Opens
// nothing: that is words/.

import type { Queryable } from './database.ts'

/** Who must know when words of a kind are here (sync/words-held). */
export const WORDS_PURPOSES = ['rider', 'wish'] as const
export type WordsPurpose = (typeof WORDS_PURPOSES)[number]

/** What an event says of a text. */
export interface PromisedWords {
  ref: string
  district: string
  /** null, and no event: typed at central itself. */
  station: string | null
  rider: string
  event: string | null
  purpose: WordsPurpose
  commitment: Uint8Array
}

export interface WordsRow extends PromisedWords {
  /** null: not here yet, or erased. */
  kept: Uint8Array | null
  heldAtMs: number | null
}

export interface PersonKeyRow {
  rider: string
  district: string
  key: Uint8Array
}

/** A reference that is promised already stays as it was first. */
export async function promiseWords(transaction: Queryable, promised: readonly PromisedWords[]): Promise<void> {
  if (promised.length === 0) return
  await transaction.query(
    `INSERT INTO words (ref, district_id, station_id, rider_id, event_id, purpose, commitment)
     SELECT ref, district, station, rider, event, purpose, decode(commitment, 'hex')
     FROM json_to_recordset($1::json) AS r(ref uuid, district uuid, station uuid, rider uuid, event uuid, purpose text, commitment text)
     ON CONFLICT (ref) DO NOTHING`,
    [JSON.stringify(promised.map((row) => ({ ...row, commitment: Buffer.from(row.commitment).toString('hex') })))],
  )
}

export async function readWords(queryable: Queryable, refs: readonly string[]): Promise<Map<string, WordsRow>> {
  if (refs.length === 0) return new Map()
  const rows = await queryable.query<WordsRow>(
    `SELECT ref, district_id AS district, station_id AS station, rider_id AS rider, event_id AS event, purpose, commitment, kept, held_at_ms AS "heldAtMs"
     FROM words WHERE ref = ANY($1::uuid[])`,
    [refs],
  )
  return new Map(rows.map((row) => [row.ref, row]))
}

/** Those that are here already stay. */
export async function keepWords(transaction: Queryable, words: readonly { ref: string; kept: Uint8Array }[], nowMs: number): Promise<void> {
  if (words.length === 0) return
  await transaction.query(
    `UPDATE words SET kept = decode(r.kept, 'hex'), held_at_ms = $2
     FROM json_to_recordset($1::json) AS r(ref uuid, kept text) WHERE words.ref = r.ref AND held_at_ms IS NULL`,
    [JSON.stringify(words.map(({ ref, kept }) => ({ ref, kept: Buffer.from(kept).toString('hex') }))), nowMs],
  )
}

/** A person's first key stays. */
export async function makePersonKeys(transaction: Queryable, keys: readonly PersonKeyRow[], nowMs: number): Promise<void> {
  if (keys.length === 0) return
  await transaction.query(
    `INSERT INTO person_keys (rider_id, district_id, key, made_at_ms)
     SELECT rider, district, decode(key, 'hex'), $2 FROM json_to_recordset($1::json) AS r(rider uuid, district uuid, key text) ORDER BY rider
     ON CONFLICT (rider_id) DO NOTHING`,
    [JSON.stringify(keys.map((row) => ({ ...row, key: Buffer.from(row.key).toString('hex') }))), nowMs],
  )
}

export async function readPersonKeys(queryable: Queryable, riders: readonly string[]): Promise<Map<string, Uint8Array>> {
  if (riders.length === 0) return new Map()
  const rows = await queryable.query<{ rider: string; key: Uint8Array }>('SELECT rider_id AS rider, key FROM person_keys WHERE rider_id = ANY($1::uuid[])', [riders])
  return new Map(rows.map(({ rider, key }) => [rider, key]))
}

export async function readErased(queryable: Queryable, riders: readonly string[]): Promise<Set<string>> {
  if (riders.length === 0) return new Set()
  const rows = await queryable.query<{ rider: string }>('SELECT rider_id AS rider FROM erased_persons WHERE rider_id = ANY($1::uuid[])', [riders])
  return new Set(rows.map(({ rider }) => rider))
}

/** false: it is the one that stations were told last. */
export async function writeSealingKey(transaction: Queryable, { keyId, publicKey }: { keyId: string; publicKey: string }, nowMs: number): Promise<boolean> {
  const [last] = await transaction.query<{ keyId: string }>('SELECT key_id AS "keyId" FROM sealing_key')
  if (last?.keyId === keyId) return false
  await transaction.query(
    `INSERT INTO sealing_key (key_id, public_key, made_at_ms) VALUES ($1, $2, $3)
     ON CONFLICT (only_one) DO UPDATE SET key_id = excluded.key_id, public_key = excluded.public_key, made_at_ms = excluded.made_at_ms`,
    [keyId, publicKey, nowMs],
  )
  return true
}

export async function readDistricts(queryable: Queryable): Promise<string[]> {
  const rows = await queryable.query<{ district: string }>('SELECT district_id AS district FROM districts ORDER BY district_id')
  return rows.map(({ district }) => district)
}
