// What people typed and the keys it is kept under, as migrations 0013 and 0026 lay them out; and who registered.

import { WORDS_PURPOSES } from '../../../central/store/words.ts'
import { PERSON_KEY_BYTES } from '../../../central/words/person-key.ts'
import { bigint, boolean, bytes, integer, json, nullable, oneOf, text, uuid, withDefault } from './column.ts'
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
    consent_texts: new Table('consent_texts', {
      columns: { district_id: uuid, version: integer, text: json<{ zh: string; en: string }>(), made_at_ms: bigint },
      key: ['district_id', 'version'],
      lookups: [['district_id']],
      references: [{ columns: ['district_id'], table: 'districts' }],
      checks: [{ name: 'numbers begin at 1', holds: (row) => row.version > 0 }],
    }, surroundings),
    same_phones: new Table('same_phones', {
      columns: { rider_id: uuid, other_id: uuid, district_id: uuid, found_at_ms: bigint, settled_at_ms: nullable(bigint) },
      key: ['rider_id', 'other_id'],
      references: [{ columns: ['rider_id'], table: 'riders' }, { columns: ['other_id'], table: 'riders' }],
      checks: [{ name: 'a pair is written once', holds: (row) => row.rider_id < row.other_id }],
    }, surroundings),
    erased_persons: new Table('erased_persons', { columns: { rider_id: uuid, district_id: uuid, erased_at_ms: bigint }, key: ['rider_id'] }, surroundings),
  }
}
