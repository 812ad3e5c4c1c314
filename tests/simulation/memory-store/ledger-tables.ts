// Points in double entry and what was lent of them, goods as stations moved them: migrations 0003, 0007 and 0010.

import type { EventBody } from '../../../contract/sync/event-bodies.ts'
import type { MirrorRow } from '../../../contract/sync/sync-protocol.ts'
import { bigint, boolean, integer, json, nullable, oneOf, text, uuid, withDefault } from './column.ts'
import { Table, type TableSurroundings } from './table.ts'

const ofDistrict = { columns: ['district_id'], table: 'districts' } as const
const ofStation = { columns: ['station_id'], table: 'stations' } as const
const ofRider = { columns: ['rider_id'], table: 'riders' } as const
const ofLife = { columns: ['station_id', 'incarnation'], table: 'incarnations' } as const

export function ledgerTables(surroundings: TableSurroundings) {
  return {
    accounts: new Table('accounts', {
      columns: {
        district_id: uuid, account_key: text, kind: oneOf('program', 'rider_central', 'rider_station', 'redeemed_station', 'program_station', 'discrepancy'),
        rider_id: nullable(uuid), station_id: nullable(uuid), balance: withDefault(bigint, 0), incarnation: nullable(uuid),
      },
      key: ['district_id', 'account_key'],
      lookups: [['rider_id'], ['station_id', 'kind']],
      references: [ofDistrict],
      checks: [
        { name: "nobody's points are below zero", holds: ({ balance, kind }) => balance >= 0 || kind === 'program' || kind === 'discrepancy' },
        { name: "a rider's account names him", holds: (row) => (row.rider_id !== null) === (row.kind === 'rider_central' || row.kind === 'rider_station') },
        {
          name: "a station's account names it",
          holds: (row) => (row.station_id !== null) === (row.kind === 'rider_station' || row.kind === 'redeemed_station' || row.kind === 'program_station'),
        },
        { name: 'only slices have a life', holds: (row) => row.incarnation === null || isSlice(row.kind) },
        { name: 'a slice above zero has a life', holds: (row) => row.incarnation !== null || row.balance === 0 || !isSlice(row.kind) },
      ],
    }, surroundings),
    transfers: new Table('transfers', {
      columns: { event_id: uuid, line: integer, district_id: uuid, from_key: text, to_key: text, points: bigint, booked_at_ms: bigint },
      key: ['event_id', 'line'],
      lookups: [['event_id']],
      checks: [{ name: 'points go from one account to another', holds: (row) => row.line > 0 && row.points > 0 && row.from_key !== row.to_key }],
    }, surroundings),
    entries: new Table('entries', {
      columns: {
        entry_id: uuid, district_id: uuid, rider_id: uuid, at_ms: bigint, booked_at_ms: bigint, points: bigint,
        reason: oneOf('redemption', 'service', 'training', 'report', 'correction', 'opening', 'undone'), what: nullable(json<NonNullable<MirrorRow<'entry'>['what']>>()),
        lines: json<MirrorRow<'entry'>['lines']>(), station_id: nullable(uuid),
      },
      key: ['entry_id'],
      lookups: [['rider_id']],
      references: [ofRider],
      checks: [{ name: 'time begins at 0', holds: (row) => row.at_ms >= 0 }],
    }, surroundings),
    grants: new Table('grants', {
      columns: {
        grant_id: uuid, district_id: uuid, rider_id: uuid, station_id: uuid, points: bigint, granted_at_ms: bigint, received_at_ms: nullable(bigint), incarnation: uuid,
      },
      key: ['grant_id'],
      references: [ofDistrict, ofRider, ofStation, ofLife],
      checks: [{ name: 'points are lent', holds: (row) => row.points > 0 }],
    }, surroundings),
    earning_slices: new Table('earning_slices', {
      columns: { grant_id: uuid, district_id: uuid, station_id: uuid, incarnation: uuid, points: bigint, granted_at_ms: bigint, received_at_ms: nullable(bigint) },
      key: ['grant_id'],
      references: [ofDistrict, ofStation, ofLife],
      checks: [{ name: 'points are lent', holds: (row) => row.points > 0 }],
    }, surroundings),
    standing_renewals: new Table('standing_renewals', {
      columns: { rider_id: uuid, district_id: uuid, day: integer },
      key: ['rider_id'],
      references: [ofDistrict, ofRider],
    }, surroundings),
    recalls: new Table('recalls', {
      columns: { rider_id: uuid, holder_id: uuid, district_id: uuid, asker_id: uuid, asked_at_ms: bigint },
      key: ['rider_id', 'holder_id'],
      references: [ofDistrict, ofRider, { columns: ['holder_id'], table: 'stations' }, { columns: ['asker_id'], table: 'stations' }],
    }, surroundings),
    redemptions: new Table('redemptions', {
      columns: {
        event_id: uuid, district_id: uuid, station_id: uuid, request_id: uuid, rider_id: uuid, points: bigint, overdrawn_points: bigint,
        lines: json<EventBody<'redemption.recorded/1'>['lines']>(), at_ms: bigint, incarnation: uuid, ledger_id: nullable(uuid), booked_at_ms: nullable(bigint),
      },
      key: ['event_id'],
      lookups: [['station_id', 'request_id'], ['rider_id']],
      checks: [
        { name: 'no more is overdrawn than was asked', holds: (row) => row.overdrawn_points >= 0 && row.overdrawn_points <= row.points },
        { name: 'what is the transfer too was paid whole', holds: (row) => (row.ledger_id === null) === (row.booked_at_ms === null) && (row.ledger_id === null || row.overdrawn_points === 0) },
      ],
    }, surroundings),
    undone_redemptions: new Table('undone_redemptions', {
      columns: { redemption_id: uuid, district_id: uuid, event_id: uuid, at_ms: bigint },
      key: ['redemption_id'],
      unique: [['event_id']],
      references: [ofDistrict, { columns: ['redemption_id'], table: 'redemptions' }],
    }, surroundings),
    earnings: new Table('earnings', {
      columns: {
        event_id: uuid, district_id: uuid, station_id: uuid, request_id: uuid, rider_id: uuid, service_id: text, points: bigint, in_slice: boolean, at_ms: bigint,
      },
      key: ['event_id'],
      lookups: [['station_id', 'request_id']],
      references: [ofDistrict, ofStation],
      checks: [{ name: 'points are earned', holds: (row) => row.points > 0 }],
    }, surroundings),
    stock_mirror: new Table('stock_mirror', {
      columns: { district_id: uuid, station_id: uuid, item_id: text, on_hand: bigint, incarnation: uuid },
      key: ['station_id', 'incarnation', 'item_id'],
      references: [ofDistrict, ofStation],
    }, surroundings),
    lots_mirror: new Table('lots_mirror', {
      columns: {
        district_id: uuid, station_id: uuid, incarnation: uuid, lot: bigint, item_id: text, expiry_day: nullable(integer), donor_id: nullable(uuid), on_hand: bigint,
      },
      key: ['station_id', 'incarnation', 'lot'],
      references: [ofDistrict, ofStation],
    }, surroundings),
  }
}

function isSlice(kind: string): boolean {
  return kind === 'rider_station' || kind === 'program_station'
}
