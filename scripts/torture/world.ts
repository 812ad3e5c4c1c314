// The district that is tortured: five stations with their keys, riders with opening points, volunteers, a small catalogue.
// Written into an empty central by SQL, as the demo's is; everything after that goes through the real doors.

import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { hashPin } from '../../central/pin-hash.ts'
import { insertRows } from '../../central/demo/insert-rows.ts'
import { makePassKey } from '../../central/passes.ts'
import { appendChanges, type ChangedRow, DISTRICT_SCOPE, ridersScope, stationScope } from '../../central/store/changes.ts'
import type { Database, Queryable } from '../../central/store/database.ts'
import { writeEntries } from '../../central/store/entries.ts'
import { writePostings } from '../../central/store/ledger.ts'
import { encodePass, type PassBody, passSigningBytes } from '../../contract/pass/pass-code.ts'
import { dayOf } from '../../domain/calendar.ts'
import type { Draw } from './draw.ts'

export interface WorldStation {
  id: string
  number: number
  /** Ed25519, 32 bytes as base64url. */
  publicKey: string
  privateKeyPem: string
}

export interface WorldItem {
  id: string
  pricePoints: number
  limit: { quantity: number; period: 'day' } | null
}

export interface World {
  district: string
  stations: WorldStation[]
  riders: { id: string; home: string; pass: string; openingPoints: number }[]
  staff: { id: string; station: string; pass: string; pin: string }[]
  items: WorldItem[]
  /** Far fewer places than riders; of two stations. */
  trainings: { id: string; host: string; capacity: number }[]
  /** Who claim wishes. */
  partners: string[]
}

const RIDERS = 40
const TRAININGS = 2
const PLACES = 6
const PARTNERS = 2
const UTC_OFFSET_MINUTES = 480
const CARD_AGE_DAYS = 40
const PASS_KEY_ID = 1
const PIN = '246810'

const ITEMS: readonly WorldItem[] = [
  { id: 'soap', pricePoints: 5, limit: null },
  { id: 'towel', pricePoints: 20, limit: null },
  { id: 'noodles', pricePoints: 8, limit: { quantity: 6, period: 'day' } },
  { id: 'gloves', pricePoints: 35, limit: null },
  { id: 'plasters', pricePoints: 1, limit: null },
  { id: 'thermos', pricePoints: 100, limit: { quantity: 2, period: 'day' } },
]

/** Small enough that sync is what is tortured, and that a limit is reached now and then. */
const RULES: Record<string, number> = {
  utc_offset_minutes: UTC_OFFSET_MINUTES,
  pass_valid_days: 1095,
  checkin_again_minutes: 30,
  cart_units_max: 10,
  low_stock_units: 3,
  expiry_warning_days: 30,
  outbox_events_max: 20_000,
  standing_allowance_points: 50,
  earning_slice_points: 500,
  top_up_points_max: 400,
  spend_before_hello: 1,
  outbox_alarm_hours: 24,
  wishes_open_max: 3,
  claim_days: 7,
  claim_extension_days: 7,
  claim_extensions_max: 2,
  claim_members_max: 10,
}

const passKey = makePassKey(PASS_KEY_ID)
const passPrivateKey = createPrivateKey(passKey.privateKeyPem)

export function makeWorld(draw: Draw, stationCount: number, nowMs: number): World {
  const issueDay = dayOf(nowMs, UTC_OFFSET_MINUTES) - CARD_AGE_DAYS
  const passOf = (holder: PassBody['holder'], holderId: string): string => {
    const body: PassBody = { holder, holderId, card: 1, issueDay, keyId: PASS_KEY_ID }
    return encodePass(body, new Uint8Array(sign(null, passSigningBytes(body), passPrivateKey)))
  }
  const stations = Array.from({ length: stationCount }, (_, index): WorldStation => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    return {
      id: draw.uuid(), number: index + 1, publicKey: publicKey.export({ format: 'jwk' }).x ?? '', privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }
  })
  const staff = stations.map((station) => {
    const id = draw.uuid()
    return { id, station: station.id, pass: passOf('staff', id), pin: PIN }
  })
  const riders = Array.from({ length: RIDERS }, () => {
    const id = draw.uuid()
    return { id, home: draw.pick(stations).id, pass: passOf('rider', id), openingPoints: draw.between(40, 3_000) }
  })
  const district = draw.uuid()
  const trainings = stations.slice(0, TRAININGS).map(({ id }) => ({ id: draw.uuid(), host: id, capacity: PLACES }))
  return { district, stations, riders, staff, items: [...ITEMS], trainings, partners: Array.from({ length: PARTNERS }, () => draw.uuid()) }
}

export async function seedWorld(database: Database, world: World, nowMs: number): Promise<void> {
  const pinHash = await hashPin(PIN)
  await database.transaction('write', async (transaction) => {
    await insertParties(transaction, world, pinHash, nowMs)
    await insertCatalogue(transaction, world)
    const entries = await insertPoints(transaction, world, nowMs)
    await appendChanges(transaction, changesOf(world, entries))
  })
}

async function insertParties(transaction: Queryable, world: World, pinHash: string, nowMs: number): Promise<void> {
  const { district } = world
  const words = (text: string): { zh: string; en: string } => ({ zh: text, en: text })
  await insertRows(transaction, 'districts', { district_id: 'uuid', name_zh: 'text', name_en: 'text' }, [{ district_id: district, name_zh: '试炼区', name_en: 'Torture district' }])
  await insertRows(
    transaction, 'stations',
    {
      station_id: 'uuid', district_id: 'uuid', number: 'integer', name: 'jsonb', brand: 'jsonb', hotline: 'text', facilities: 'jsonb', panel_pitch_mm: 'double precision',
      public_key: 'text', status: 'text',
    },
    world.stations.map((station) => ({
      station_id: station.id, district_id: district, number: station.number, name: words(`S${station.number}`), hotline: '0991-0000000', facilities: ['seats'], panel_pitch_mm: 0.25,
      brand: { key: 'boai', name: words('B'), programme: words('P'), accent: '#D8452B', accentDeep: '#862411', tint: '#F7DFD2', mark: 'house-heart' },
      public_key: station.publicKey, status: 'active',
    })),
  )
  await insertRows(
    transaction, 'riders',
    { rider_id: 'uuid', district_id: 'uuid', masked_name: 'text', platform: 'text', site: 'text', phone_tail: 'text', standing: 'text', hide_balance: 'boolean', home_station_id: 'uuid' },
    world.riders.map((rider) => ({
      rider_id: rider.id, district_id: district, masked_name: '骑手', platform: 'p', site: 's', phone_tail: '0000', standing: 'active', hide_balance: false, home_station_id: rider.home,
    })),
  )
  await insertRows(
    transaction, 'staff',
    { staff_id: 'uuid', district_id: 'uuid', station_id: 'uuid', full_name: 'text', role: 'text', pin_hash: 'text', active: 'boolean' },
    world.staff.map((person) => ({
      staff_id: person.id, district_id: district, station_id: person.station, full_name: '志愿', role: 'station_head', pin_hash: pinHash, active: true,
    })),
  )
  await insertRows(transaction, 'pass_keys', { key_id: 'integer', public_key: 'text' }, [{ key_id: PASS_KEY_ID, public_key: passKey.publicKey }])
  await insertRows(
    transaction, 'station_riders',
    { district_id: 'uuid', station_id: 'uuid', rider_id: 'uuid', added_at_ms: 'bigint' },
    world.riders.map((rider) => ({ district_id: district, station_id: rider.home, rider_id: rider.id, added_at_ms: nowMs })),
  )
}

async function insertCatalogue(transaction: Queryable, { district, items }: World): Promise<void> {
  await insertRows(transaction, 'rules', { district_id: 'uuid', name: 'text', value: 'integer' }, Object.entries(RULES).map(([name, value]) => ({ district_id: district, name, value })))
  await insertRows(
    transaction, 'items',
    {
      district_id: 'uuid', item_id: 'text', name: 'jsonb', category: 'text', price_points: 'integer', cost_fen: 'integer', picture: 'text', tint: 'text', limit_quantity: 'integer',
      limit_period: 'text', perishable: 'boolean', offered: 'boolean', position: 'integer',
    },
    items.map((item, index) => ({
      district_id: district, item_id: item.id, name: { zh: item.id, en: item.id }, category: 'home', price_points: item.pricePoints, cost_fen: 100, picture: `${item.id}.svg`, tint: 'sky',
      limit_quantity: item.limit?.quantity ?? null, limit_period: item.limit?.period ?? null, perishable: false, offered: true, position: index + 1,
    })),
  )
}

async function insertPoints(transaction: Queryable, world: World, nowMs: number): Promise<{ rider: string; entry: string; home: string }[]> {
  const opened = world.riders.map((rider, index) => ({ rider: rider.id, home: rider.home, points: rider.openingPoints, entry: openingEntryId(rider.id, index) }))
  await writePostings(transaction, opened.map(({ rider, points, entry }) => ({
    eventId: entry, line: 1, district: world.district, transfer: { from: { kind: 'program' as const }, to: { kind: 'rider_central' as const, rider }, points }, bookedAtMs: nowMs,
  })))
  await writeEntries(transaction, opened.map(({ rider, points, entry }) => ({
    id: entry, district: world.district, rider, atMs: nowMs, bookedAtMs: nowMs, points, reason: 'opening' as const, what: null, lines: [], station: null,
  })))
  return opened
}

/** Told apart from the rider's own id in one place. */
function openingEntryId(rider: string, index: number): string {
  return `${index.toString(16).padStart(8, '0')}${rider.slice(8)}`
}

function changesOf(world: World, entries: readonly { rider: string; entry: string; home: string }[]): ChangedRow[] {
  const shared = { district: world.district, scope: DISTRICT_SCOPE }
  return [
    { ...shared, kind: 'pass_key', key: String(PASS_KEY_ID) },
    { ...shared, kind: 'rules', key: 'rules' },
    ...world.items.map((item): ChangedRow => ({ ...shared, kind: 'item', key: item.id })),
    ...world.stations.map((station): ChangedRow => ({ ...shared, scope: stationScope(station.id), kind: 'station', key: station.id })),
    ...world.staff.map((person): ChangedRow => ({ ...shared, scope: stationScope(person.station), kind: 'staff', key: person.id })),
    ...entries.flatMap(({ rider, entry, home }): ChangedRow[] => [
      { ...shared, scope: ridersScope(home), kind: 'rider', key: rider },
      { ...shared, scope: ridersScope(home), kind: 'entry', key: entry },
    ]),
  ]
}
