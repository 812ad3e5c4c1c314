// What people typed and the keys it is kept under, as migration 0011 lays them out.

import { WORDS_PURPOSES } from '../../../central/store/words.ts'
import { PERSON_KEY_BYTES } from '../../../central/words/person-key.ts'
import { bigint, boolean, bytes, nullable, oneOf, text, uuid, withDefault } from './column.ts'
import { Table, type TableSurroundings } from './table.ts'

const HASH_BYTES = 32

export function wordTables(surroundings: TableSurroundings) {
  return {
    sealing_key: new Table('sealing_key', { columns: { only_one: withDefault(boolean, true), key_id: text, public_key: text, made_at_ms: bigint }, key: ['only_one'] }, surroundings),
    person_keys: new Table('person_keys', {
      columns: { rider_id: uuid, district_id: uuid, key: bytes, made_at_ms: bigint },
      key: ['rider_id'],
      checks: [{ name: 'a key is whole', holds: (row) => row.key.length === PERSON_KEY_BYTES }],
    }, surroundings),
    words: new Table('words', {
      columns: {
        ref: uuid, district_id: uuid, station_id: nullable(uuid), rider_id: uuid, event_id: nullable(uuid), purpose: oneOf(...WORDS_PURPOSES), commitment: bytes, kept: nullable(bytes),
        held_at_ms: nullable(bigint),
      },
      key: ['ref'],
      lookups: [['rider_id']],
      checks: [{ name: 'a commitment is one, and what is kept is held', holds: (row) => row.commitment.length === HASH_BYTES && (row.kept === null || row.held_at_ms !== null) && (row.station_id === null) === (row.event_id === null) }],
    }, surroundings),
    erased_persons: new Table('erased_persons', { columns: { rider_id: uuid, district_id: uuid, erased_at_ms: bigint }, key: ['rider_id'] }, surroundings),
  }
}
