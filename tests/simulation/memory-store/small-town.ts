// A little of everything, as rows of central's tables, under ids that are decided by the town's number: two districts, three
// stations, five riders. Towns of different numbers have nothing in common, so many of them fit into one database.

import type { TableRows } from './memory-store.ts'

export interface SmallTown {
  districts: readonly string[]
  /** The first two in the first district, the third in the second. */
  stations: readonly string[]
  /** Two lives of each station, in the stations' order. */
  incarnations: readonly (readonly string[])[]
  /** The first four in the first district; the third suspended. */
  riders: readonly string[]
  staff: readonly string[]
  items: readonly string[]
  donors: readonly string[]
  /** A UUID of this town by its kind and number; those of one kind and number are the same. */
  id(kind: IdKind, index: number): string
  rows: TableRows
}

const ID_KINDS = ['district', 'station', 'incarnation', 'rider', 'staff', 'donor', 'event', 'grant', 'request', 'nobody', 'past', 'history', 'words', 'registered', 'wish', 'partner', 'training', 'block', 'certificate', 'signup'] as const
export type IdKind = (typeof ID_KINDS)[number]

export const FIRST_MS = Date.UTC(2026, 10, 21, 4)
const ITEMS = ['soap-two-bars', 'soap-a', 'soapb', 'tea']
const RULES = {
  utc_offset_minutes: 480, pass_valid_days: 1095, checkin_again_minutes: 30, cart_units_max: 10, low_stock_units: 3, expiry_warning_days: 30,
  outbox_events_max: 20_000, standing_allowance_points: 40, top_up_points_max: 90, earning_slice_points: 60, spend_before_hello: 1, outbox_alarm_hours: 24, wishes_open_max: 3,
  claim_days: 7, claim_extension_days: 7, claim_extensions_max: 2, claim_members_max: 3,
}
const BALANCES = [200, 35, 90, 60, 120]

export function buildSmallTown(number: number, publicKeys: readonly string[]): SmallTown {
  const id = (kind: IdKind, index: number): string => {
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
    return `${hex(number, 8)}-${hex(ID_KINDS.indexOf(kind), 4)}-4000-8000-${hex(index, 12)}`
  }
  const many = (kind: IdKind, count: number): string[] => Array.from({ length: count }, (_, index) => id(kind, index))
  const districts = many('district', 2)
  const [near = '', far = ''] = districts
  const stations = many('station', 3)
  const [home = '', , abroad = ''] = stations
  const riders = many('rider', BALANCES.length)
  const districtOfRider = (index: number): string => (index < 4 ? near : far)
  const name = (zh: string): { zh: string; en: string } => ({ zh, en: `${zh} ${number}` })
  const past = riders.map((rider, index) => ({ rider, district: districtOfRider(index), points: BALANCES[index] ?? 0, event: id('past', index) }))
  const rows: TableRows = {
    districts: districts.map((district) => ({ district_id: district, name_zh: '区', name_en: 'District' })),
    stations: stations.map((station, index) => ({
      station_id: station, district_id: index < 2 ? near : far, number: index + 1, name: name(`站${index}`), brand: { key: 'boai' }, hotline: '0991', facilities: ['seats'],
      panel_pitch_mm: 0.248, public_key: publicKeys[index] ?? 'none', status: 'active',
    })),
    riders: riders.map((rider, index) => ({
      rider_id: rider, district_id: districtOfRider(index), masked_name: '欧阳*', platform: 'p', site: 's', phone_tail: '0000',
      standing: index === 2 ? 'suspended' : 'active', hide_balance: index === 1, home_station_id: index < 4 ? home : abroad,
    })),
    staff: many('staff', 2).map((person, index) => ({
      staff_id: person, district_id: near, station_id: stations[index] ?? '', full_name: '王五', role: index === 0 ? 'station_head' : 'volunteer', pin_hash: 'ab:cd', active: true,
    })),
    cards: riders.slice(0, 3).flatMap((rider, index) => [1, 2, 3].map((card) => ({
      district_id: near, holder_kind: 'rider', holder_id: rider, card, issue_day: 20_000, key_id: 1, revoked_at_ms: card <= index ? FIRST_MS : null,
    }))),
    donors: many('donor', 2).map((donor, index) => ({ donor_id: donor, district_id: districts[index] ?? '', name: name('书店') })),
    items: districts.flatMap((district) => ITEMS.map((item, index) => ({
      district_id: district, item_id: item, name: name(item), category: 'home', price_points: 10 * index, cost_fen: 100, picture: 'x.svg', tint: 'sky',
      limit_quantity: index === 0 ? 2 : null, limit_period: index === 0 ? 'week' : null, perishable: index === 1, offered: true, position: index + 1,
    }))),
    barcodes: [6, 1, 6].map((units, index) => ({ district_id: near, code: `69${index}`, item_id: 'tea', units })),
    services: districts.map((district) => ({ district_id: district, service_id: 'help', name: name('帮忙'), points: 10, per: 'hour', cap_per_activity: null })),
    rules: districts.flatMap((district) => Object.entries(RULES).map(([rule, value]) => ({ district_id: district, name: rule, value }))),
    station_riders: riders.slice(0, 4).map((rider) => ({ district_id: near, station_id: home, rider_id: rider, added_at_ms: FIRST_MS })),
    accounts: [
      ...districts.map((district) => ({
        district_id: district, account_key: 'program', kind: 'program', balance: -past.reduce((sum, one) => sum + (one.district === district ? one.points : 0), 0),
      })),
      ...past.map(({ rider, district, points }) => ({ district_id: district, account_key: `rider:${rider}`, kind: 'rider_central', rider_id: rider, balance: points })),
    ],
    transfers: past.map(({ rider, district, points, event }) => ({
      event_id: event, line: 1, district_id: district, from_key: 'program', to_key: `rider:${rider}`, points, booked_at_ms: FIRST_MS - 1,
    })),
    entries: past.map(({ rider, district, points, event }) => ({
      entry_id: event, district_id: district, rider_id: rider, at_ms: FIRST_MS - 1, booked_at_ms: FIRST_MS - 1, points, reason: 'opening', lines: [],
    })),
    ...changesOf(near, [
      ...ITEMS.map((item) => ['district', 'item', item] as const), ['district', 'rules', 'rules'], ['district', 'donor', id('donor', 0)],
      [`station@${home}`, 'station', home], [`station@${home}`, 'staff', id('staff', 0)],
      ...past.slice(0, 4).flatMap(({ rider, event }) => [[`riders@${home}`, 'rider', rider] as const, [`riders@${home}`, 'entry', event] as const]),
      [`riders@${home}`, 'revoked_card', `${riders[1] ?? ''}:1`],
    ]),
  }
  return {
    districts, stations, riders, staff: many('staff', 2), items: ITEMS, donors: many('donor', 2), id, rows,
    incarnations: stations.map((_, index) => [id('incarnation', 2 * index), id('incarnation', 2 * index + 1)]),
  }
}

function changesOf(district: string, wanted: readonly (readonly [scope: string, kind: string, key: string])[]): TableRows {
  return {
    change_counters: [{ district_id: district, number: wanted.length }],
    changes: wanted.flatMap(([scope, kind, key], index) => (kind === 'entry' ? [] : [{ district_id: district, scope, kind, key, number: index + 1 }])),
    entry_changes: wanted.flatMap(([scope, kind, key], index) => (kind === 'entry' ? [{ district_id: district, scope, number: index + 1, keys: [key] }] : [])),
  }
}
