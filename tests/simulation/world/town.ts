// The district a run begins with, as rows of central's tables: stations with their keys, riders with an opening balance and a
// home, staff, goods, rules, and the changes that tell stations of all of it. Everything comes from the seed.

import type { Random } from '../engine/random.ts'
import { keysOf, type SeededKeys } from './keys.ts'

export interface Site {
  id: string
  number: number
  keys: SeededKeys
  staff: string
}

export interface TownRider {
  id: string
  home: Site
}

export interface TownItem {
  id: string
  pricePoints: number
}

export interface Town {
  district: string
  history: string
  sites: readonly Site[]
  riders: readonly TownRider[]
  items: readonly TownItem[]
  donor: string
  /** What central begins with, by table. */
  rows: Record<string, Record<string, unknown>[]>
}

export interface TownRules {
  standing_allowance_points: number
  top_up_points_max: number
  earning_slice_points: number
  spend_before_hello: number
  outbox_alarm_hours: number
  outbox_events_max: number
}

const PRICES = [5, 10, 10, 20, 20, 30, 50, 80, 120, 200]
const RULES = { utc_offset_minutes: 480, pass_valid_days: 1095, checkin_again_minutes: 30, cart_units_max: 10, low_stock_units: 3, expiry_warning_days: 30,
  wishes_open_max: 3, claim_days: 1, claim_extension_days: 1, claim_extensions_max: 2, claim_members_max: 3,
  training_closing_minutes: 60, training_blocks_back_minutes: 120, training_answer_minutes: 180,
}
export const TOWN_RULES: TownRules = { standing_allowance_points: 50, top_up_points_max: 1_000_000, earning_slice_points: 500, spend_before_hello: 1, outbox_alarm_hours: 24, outbox_events_max: 20_000 }

export function buildTown(random: Random, size: { stations: number; riders: number }, nowMs: number, rules: TownRules = TOWN_RULES): Town {
  const district = random.uuid()
  const sites = Array.from({ length: size.stations }, (_, index): Site => ({ id: random.uuid(), number: index + 1, keys: keysOf(random), staff: random.uuid() }))
  const riders = Array.from({ length: size.riders }, (): TownRider => ({ id: random.uuid(), home: random.pick(sites) }))
  const items = PRICES.map((pricePoints, index): TownItem => ({ id: `item-${index + 1}`, pricePoints }))
  const town: Town = { district, history: random.uuid(), sites, riders, items, donor: random.uuid(), rows: {} }
  Object.assign(town.rows, partyRows(town), catalogueRows(town, { ...RULES, ...rules }), pointRows(town, random, nowMs))
  const changes = changeRows(town)
  town.rows['changes'] = changes.filter(({ kind }) => kind !== 'entry')
  town.rows['entry_changes'] = changes.filter(({ kind }) => kind === 'entry').map(({ district_id, scope, number, key }) => ({ district_id, scope, number, keys: [key] }))
  town.rows['change_counters'] = [{ district_id: district, number: changes.length }]
  return town
}

function partyRows({ district, history, sites, riders }: Town): Town['rows'] {
  const shared = { district_id: district }
  return {
    centrals: [{ only_one: true, history }],
    districts: [{ ...shared, name_zh: '区', name_en: 'District' }],
    stations: sites.map(({ id, number, keys }) => ({
      station_id: id, ...shared, number, name: { zh: `站${number}`, en: `Station ${number}` },
      brand: { key: 'boai', name: { zh: '站', en: 'Station' }, programme: { zh: '计划', en: 'Programme' }, accent: '#D8452B', accentDeep: '#862411', tint: '#F7DFD2', mark: 'house-heart' },
      hotline: '0991', facilities: ['seats'], panel_pitch_mm: 0.248, public_key: keys.publicKey, status: 'active',
    })),
    riders: riders.map(({ id, home }) => ({
      rider_id: id, ...shared, masked_name: '张*', platform: 'p', site: 's', phone_tail: '0000', standing: 'active', hide_balance: false, home_station_id: home.id,
    })),
    staff: sites.map(({ id, staff }) => ({ staff_id: staff, ...shared, station_id: id, full_name: '王五', role: 'station_head', pin_hash: 'ab:cd', active: true })),
    cards: riders.map(({ id }) => ({ ...shared, holder_kind: 'rider', holder_id: id, card: 1, issue_day: 20_000, key_id: 1, revoked_at_ms: null })),
    pass_keys: [{ key_id: 1, public_key: 'none', private_key_pem: null }],
    station_riders: riders.map(({ id, home }) => ({ ...shared, station_id: home.id, rider_id: id, added_at_ms: 0 })),
  }
}

function catalogueRows({ district, items, donor }: Town, rules: Record<string, number>): Town['rows'] {
  const shared = { district_id: district }
  return {
    rules: Object.entries(rules).map(([name, value]) => ({ ...shared, name, value })),
    donors: [{ donor_id: donor, ...shared, name: { zh: '书店', en: 'Books' } }],
    services: [{ ...shared, service_id: 'help', name: { zh: '帮忙', en: 'Help' }, points: 10, per: 'hour', cap_per_activity: null }],
    items: items.map(({ id, pricePoints }, index) => ({
      ...shared, item_id: id, name: { zh: id, en: id }, category: 'home', price_points: pricePoints, cost_fen: 100, picture: 'x.svg', tint: 'sky',
      limit_quantity: index === 0 ? 2 : null, limit_period: index === 0 ? 'day' : null, perishable: false, offered: true, position: index + 1,
    })),
    barcodes: [],
  }
}

/** Each rider's points, issued by the programme before the run begins. */
function pointRows({ district, riders }: Town, random: Random, nowMs: number): Town['rows'] {
  const shared = { district_id: district }
  const openings = riders.map(({ id }) => ({ rider: id, entry: random.uuid(), points: random.int(4, 80) * 10 }))
  const issued = openings.reduce((sum, { points }) => sum + points, 0)
  return {
    accounts: [
      { ...shared, account_key: 'program', kind: 'program', rider_id: null, station_id: null, incarnation: null, balance: -issued },
      ...openings.map(({ rider, points }) => ({ ...shared, account_key: `rider:${rider}`, kind: 'rider_central', rider_id: rider, station_id: null, incarnation: null, balance: points })),
    ],
    transfers: openings.map(({ rider, entry, points }) => ({ event_id: entry, line: 1, ...shared, from_key: 'program', to_key: `rider:${rider}`, points, booked_at_ms: nowMs - 1 })),
    entries: openings.map(({ rider, entry, points }) => ({
      entry_id: entry, ...shared, rider_id: rider, at_ms: nowMs - 1, booked_at_ms: nowMs - 1, points, reason: 'opening', what: null, lines: [], station_id: null,
    })),
  }
}

function changeRows({ district, sites, riders, items, donor, rows }: Town): Record<string, unknown>[] {
  const openings = rows['entries'] ?? []
  const wanted: { scope: string; kind: string; key: string }[] = [
    { scope: 'district', kind: 'pass_key', key: '1' },
    { scope: 'district', kind: 'rules', key: 'rules' },
    ...items.map(({ id }) => ({ scope: 'district', kind: 'item', key: id })),
    { scope: 'district', kind: 'donor', key: donor },
    ...sites.flatMap(({ id, staff }) => [{ scope: `station@${id}`, kind: 'station', key: id }, { scope: `station@${id}`, kind: 'staff', key: staff }]),
    ...riders.flatMap(({ id, home }) => [
      { scope: `riders@${home.id}`, kind: 'rider', key: id },
      ...openings.filter((entry) => entry['rider_id'] === id).map((entry) => ({ scope: `riders@${home.id}`, kind: 'entry', key: String(entry['entry_id']) })),
    ]),
  ]
  return wanted.map((change, index) => ({ district_id: district, ...change, number: index + 1 }))
}
