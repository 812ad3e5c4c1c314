// Who takes part and what is offered, as migration 0001 lays it out. Nothing of it is written by the rules of sync but the
// stations' rows; a run begins with it.

import type { MirrorRow } from '../../../contract/sync/sync-protocol.ts'
import { RED_CROSS } from '../../../domain/registering.ts'
import { bigint, boolean, bytes, double, integer, json, nullable, oneOf, text, textOf, uuid, withDefault } from './column.ts'
import { Table, type TableSurroundings } from './table.ts'

type Name = MirrorRow<'station'>['name']

const ofDistrict = { columns: ['district_id'], table: 'districts' } as const

export function partyTables(surroundings: TableSurroundings) {
  return {
    centrals: new Table('centrals', {
      columns: { only_one: withDefault(boolean, true), history: uuid, recovering_since_ms: nullable(bigint), restored_at_ms: nullable(bigint) },
      key: ['only_one'],
    }, surroundings),
    districts: new Table('districts', { columns: { district_id: uuid, name_zh: text, name_en: text }, key: ['district_id'] }, surroundings),
    stations: new Table('stations', {
      columns: {
        station_id: uuid, district_id: uuid, number: integer, name: json<Name>(), brand: json<MirrorRow<'station'>['brand']>(), hotline: text,
        facilities: json<string[]>(), panel_pitch_mm: double, public_key: text, status: oneOf('active', 'revoked'),
        enrolled_at_ms: nullable(bigint), admits_next: withDefault(boolean, false),
      },
      key: ['station_id'],
      unique: [['district_id', 'number']],
      references: [ofDistrict],
    }, surroundings),
    riders: new Table('riders', {
      columns: {
        rider_id: uuid, district_id: uuid, full_name: nullable(text), platform: text, site: text, phone_tail: text, standing: oneOf('active', 'suspended'),
        hide_balance: boolean, home_station_id: uuid, masked_name: withDefault(text, '*'), person: nullable(bytes), name_index: nullable(bytes), phone_index: nullable(bytes),
        red_cross: withDefault(oneOf(...RED_CROSS), 'none'), volunteer_team: withDefault(boolean, false), consent_version: nullable(integer), registered_at_ms: nullable(bigint),
        registered_station_id: nullable(uuid),
      },
      key: ['rider_id'],
      lookups: [['home_station_id'], ['district_id', 'phone_index']],
      references: [ofDistrict, { columns: ['home_station_id'], table: 'stations' }],
    }, surroundings),
    staff: new Table('staff', {
      columns: {
        staff_id: uuid, district_id: uuid, station_id: uuid, full_name: text, role: oneOf('volunteer', 'station_head'), pin_hash: text, active: boolean,
      },
      key: ['staff_id'],
      references: [ofDistrict, { columns: ['station_id'], table: 'stations' }],
    }, surroundings),
    cards: new Table('cards', {
      columns: {
        district_id: uuid, holder_kind: oneOf('rider', 'staff'), holder_id: uuid, card: integer, issue_day: integer, key_id: integer, revoked_at_ms: nullable(bigint),
      },
      key: ['holder_id', 'card'],
      lookups: [['holder_id']],
      references: [ofDistrict],
    }, surroundings),
    pass_keys: new Table('pass_keys', { columns: { key_id: integer, public_key: text, private_key_pem: nullable(text) }, key: ['key_id'] }, surroundings),
    donors: new Table('donors', { columns: { donor_id: uuid, district_id: uuid, name: json<Name>() }, key: ['donor_id'], references: [ofDistrict] }, surroundings),
    items: new Table('items', {
      columns: {
        district_id: uuid, item_id: text, name: json<Name>(), category: oneOf('road', 'home', 'food', 'care'), price_points: integer, cost_fen: integer,
        picture: text, tint: textOf<MirrorRow<'item'>['tint']>(), limit_quantity: nullable(integer), limit_period: nullable(oneOf('day', 'week', 'month', 'halfyear')),
        perishable: boolean, offered: boolean, position: integer,
      },
      key: ['district_id', 'item_id'],
      references: [ofDistrict],
      checks: [{ name: 'a limit is whole', holds: (row) => (row.limit_quantity === null) === (row.limit_period === null) }],
    }, surroundings),
    barcodes: new Table('barcodes', {
      columns: { district_id: uuid, code: text, item_id: text, units: integer },
      key: ['district_id', 'code'],
      lookups: [['district_id', 'item_id']],
      references: [{ columns: ['district_id', 'item_id'], table: 'items' }],
    }, surroundings),
    services: new Table('services', {
      columns: { district_id: uuid, service_id: text, name: json<Name>(), points: integer, per: oneOf('activity', 'hour', 'report'), cap_per_activity: nullable(integer) },
      key: ['district_id', 'service_id'],
      references: [ofDistrict],
    }, surroundings),
    rules: new Table('rules', {
      columns: { district_id: uuid, name: text, value: integer },
      key: ['district_id', 'name'],
      lookups: [['district_id']],
      references: [ofDistrict],
    }, surroundings),
  }
}
