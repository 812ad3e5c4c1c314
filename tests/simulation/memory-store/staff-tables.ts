// How stations join, come back after a restore, are written off and backed up: migrations 0008 and 0011.

import type { StationDetails } from '../../../central/keys/outside-log.ts'
import { WRITE_OFF_REASONS } from '../../../central/store/staff-acts.ts'
import { bigint, integer, json, nullable, oneOf, text, uuid } from './column.ts'
import { Table, type TableSurroundings } from './table.ts'

export function staffTables(surroundings: TableSurroundings) {
  return {
    recovery_waits: new Table('recovery_waits', {
      columns: {
        station_id: uuid, district_id: uuid, incarnation: uuid, claimed_seq: nullable(bigint), hello_at_ms: nullable(bigint), back_at_ms: nullable(bigint), since_ms: bigint,
      },
      key: ['station_id', 'incarnation'],
      lookups: [['station_id']],
      references: [{ columns: ['station_id'], table: 'stations' }, { columns: ['district_id'], table: 'districts' }],
    }, surroundings),
    enrolment_codes: new Table('enrolment_codes', {
      columns: {
        code_hash: text, district_id: uuid, station_id: uuid, number: integer, details: json<StationDetails>(), made_at_ms: bigint, expires_at_ms: bigint,
        used_at_ms: nullable(bigint), used_by_key: nullable(text),
      },
      key: ['code_hash'],
      references: [{ columns: ['district_id'], table: 'districts' }],
      checks: [
        { name: 'used is used by somebody', holds: (row) => (row.used_at_ms === null) === (row.used_by_key === null) },
        { name: 'numbers begin at 1', holds: (row) => row.number > 0 },
      ],
    }, surroundings),
    operator_acts: new Table('operator_acts', {
      columns: { act_id: uuid, at_ms: bigint, act: text, subject: json<Readonly<Record<string, unknown>>>(), result: text },
      key: ['act_id'],
    }, surroundings),
    write_offs: new Table('write_offs', {
      columns: {
        write_off_id: uuid, district_id: uuid, station_id: uuid, incarnation: uuid, staff_one: uuid, staff_two: uuid, reason: oneOf(...WRITE_OFF_REASONS), riders: integer,
        rider_points: bigint, program_points: bigint, at_ms: bigint,
      },
      key: ['write_off_id'],
      lookups: [['station_id', 'incarnation']],
      references: [{ columns: ['district_id'], table: 'districts' }, { columns: ['station_id', 'incarnation'], table: 'incarnations' }],
      checks: [{ name: 'two people', holds: (row) => row.staff_one !== row.staff_two }],
    }, surroundings),
    remedies: new Table('remedies', {
      columns: { event_id: uuid, district_id: uuid, remedy: oneOf('accepted'), points: bigint, at_ms: bigint },
      key: ['event_id'],
      references: [{ columns: ['event_id'], table: 'events', unique: 'event_id' }, { columns: ['district_id'], table: 'districts' }],
      checks: [{ name: 'points are paid', holds: (row) => row.points > 0 }],
    }, surroundings),
    backups: new Table('backups', {
      columns: { number: integer, begun_at_ms: bigint, done_at_ms: nullable(bigint) },
      key: ['number'],
      checks: [{ name: 'numbers begin at 1', holds: (row) => row.number > 0 }],
    }, surroundings),
    backup_marks: new Table('backup_marks', {
      columns: { number: integer, station_id: uuid, incarnation: uuid, last_seq: bigint },
      key: ['number', 'station_id', 'incarnation'],
      lookups: [['number']],
      references: [{ columns: ['number'], table: 'backups' }],
    }, surroundings),
  }
}
