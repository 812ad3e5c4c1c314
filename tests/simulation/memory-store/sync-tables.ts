// What stations sent and what they are told, as migrations 0002, 0004, 0007 and 0009 lay it out and 0010 leaves it.

import { INCARNATION_STATES, type MirrorKind } from '../../../contract/sync/sync-protocol.ts'
import { bigint, bytes, integer, nullable, oneOf, text, textOf, texts, uuid, withDefault } from './column.ts'
import { Table, type TableSurroundings } from './table.ts'

const HASH_BYTES = 32
const ofLife = { columns: ['station_id', 'incarnation'], table: 'incarnations' } as const

export function syncTables(surroundings: TableSurroundings) {
  return {
    incarnations: new Table('incarnations', {
      columns: {
        district_id: uuid, station_id: uuid, incarnation: uuid, last_seq: bigint, last_hash: bytes, state: oneOf(...INCARNATION_STATES), began_at_ms: bigint,
        heard_at_ms: bigint, backed_up_seq: withDefault(bigint, 0), hello_at_ms: nullable(bigint), hello_history: nullable(uuid), claimed_seq: nullable(bigint),
        clock_offset_ms: nullable(bigint), program: nullable(text), previous: nullable(uuid),
      },
      key: ['station_id', 'incarnation'],
      lookups: [['station_id']],
      references: [{ columns: ['district_id'], table: 'districts' }, { columns: ['station_id'], table: 'stations' }],
      checks: [{ name: 'a sequence begins at 0 and a hash is one', holds: (row) => row.last_seq >= 0 && row.backed_up_seq >= 0 && row.last_hash.length === HASH_BYTES }],
    }, surroundings),
    events: new Table('events', {
      columns: {
        district_id: uuid, station_id: uuid, incarnation: uuid, seq: bigint, event_id: uuid, kind: text, version: integer, wall_ms: bigint, header: text, body: bytes,
        hash: bytes, outcome: oneOf('recorded', 'flagged', 'parked', 'granted', 'refused'), code: nullable(text), received_at_ms: bigint,
      },
      key: ['station_id', 'incarnation', 'seq'],
      unique: [['event_id']],
      lookups: [['station_id', 'incarnation']],
      checks: [
        { name: 'a place and a hash', holds: (row) => row.seq > 0 && row.hash.length === HASH_BYTES },
        { name: 'a code where it is not simply recorded', holds: (row) => (row.code === null) === (row.outcome === 'recorded' || row.outcome === 'granted') },
      ],
    }, surroundings),
    batches: new Table('batches', {
      columns: { district_id: uuid, station_id: uuid, incarnation: uuid, first_seq: bigint, last_seq: bigint, last_hash: bytes, signature: bytes, received_at_ms: bigint },
      key: ['station_id', 'incarnation', 'first_seq', 'last_seq', 'last_hash'],
      references: [ofLife],
    }, surroundings),
    quarantined_events: new Table('quarantined_events', {
      columns: { district_id: uuid, station_id: uuid, incarnation: uuid, seq: bigint, hash: bytes, header: text, body: bytes, received_at_ms: bigint },
      key: ['station_id', 'incarnation', 'seq', 'hash'],
      references: [ofLife],
    }, surroundings),
    snapshots: new Table('snapshots', {
      columns: { snapshot_id: uuid, district_id: uuid, station_id: uuid, parts: texts, made_at_ms: bigint },
      key: ['snapshot_id'],
      references: [{ columns: ['district_id'], table: 'districts' }, { columns: ['station_id'], table: 'stations' }],
    }, surroundings),
    snapshot_parts: new Table('snapshot_parts', { columns: { sha256: text, bytes, used_at_ms: bigint }, key: ['sha256'] }, surroundings),
    station_riders: new Table('station_riders', {
      columns: { district_id: uuid, station_id: uuid, rider_id: uuid, added_at_ms: bigint },
      key: ['station_id', 'rider_id'],
      lookups: [['rider_id']],
      references: [{ columns: ['district_id'], table: 'districts' }, { columns: ['station_id'], table: 'stations' }, { columns: ['rider_id'], table: 'riders' }],
    }, surroundings),
    change_counters: new Table('change_counters', {
      columns: { district_id: uuid, number: bigint },
      key: ['district_id'],
      references: [{ columns: ['district_id'], table: 'districts' }],
    }, surroundings),
    changes: new Table('changes', {
      columns: { district_id: uuid, scope: text, kind: textOf<MirrorKind>(), key: text, number: bigint },
      key: ['district_id', 'scope', 'kind', 'key'],
      unique: [['district_id', 'scope', 'number']],
      lookups: [['district_id', 'scope', 'kind']],
      checks: [{ name: 'numbers begin at 1, and entries stand elsewhere', holds: (row) => row.number > 0 && row.kind !== 'entry' }],
    }, surroundings),
    entry_changes: new Table('entry_changes', {
      columns: { district_id: uuid, scope: text, number: bigint, keys: texts },
      key: ['district_id', 'scope', 'number'],
      lookups: [['district_id', 'scope']],
      checks: [{ name: 'each key has a number', holds: (row) => row.keys.length > 0 && row.number >= row.keys.length }],
    }, surroundings),
  }
}
