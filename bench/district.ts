// A district of any size at a real central's database, made through the writers the demo uses: stations, goods, and riders
// with the points they earned, all of them mirrored by the first station. Names and goods are the demo's, repeated.

import { maskName } from '../domain/mask-name.ts'
import { v7 as uuidv7 } from 'uuid'
import { DEMO } from '../central/demo/demo-data.ts'
import { DEMO_RULES } from '../central/demo/seed-demo.ts'
import { insertRows } from '../central/demo/insert-rows.ts'
import { makePassKey } from '../central/passes.ts'
import { appendChanges, type ChangedRow, DISTRICT_SCOPE, ridersScope, stationScope } from '../central/store/changes.ts'
import type { Database, Queryable } from '../central/store/database.ts'
import { writeEntries } from '../central/store/entries.ts'
import { type Posting, writePostings } from '../central/store/ledger.ts'

export interface DistrictOrder {
  /** Raw Ed25519 keys, base64url: one a station. */
  stationKeys: readonly string[]
  riders: number
  items: number
  /** What each rider has earned; all of it lies at central. */
  pointsEach: number
  nowMs: number
  /** Each rider is at home at one of the stations, in turn; absent: all of them at the first. */
  isSpread?: boolean
}

export interface District {
  id: string
  stations: string[]
  riders: string[]
  items: { id: string; pricePoints: number }[]
}

const PASS_KEY_ID = 1
const RIDERS_AT_ONCE = 2_000
const DAY_MS = 86_400_000
/** Room for all that a bench records while it is cut off. */
const RULES = { ...DEMO_RULES, outbox_events_max: 50_000 }

export async function makeDistrict(database: Database, order: DistrictOrder): Promise<District> {
  const district: District = {
    id: uuidv7(),
    stations: order.stationKeys.map(() => uuidv7()),
    riders: Array.from({ length: order.riders }, () => uuidv7()),
    items: Array.from({ length: order.items }, (_, index) => ({ id: `${repeated(DEMO.items, index).id}-${index}`, pricePoints: 10 + (index % 9) * 5 })),
  }
  await database.transaction('write', async (transaction) => {
    await insertStations(transaction, district, order)
    await insertGoods(transaction, district)
    await appendChanges(transaction, sharedChanges(district))
  })
  for (let from = 0; from < district.riders.length; from += RIDERS_AT_ONCE) {
    const riders = district.riders.slice(from, from + RIDERS_AT_ONCE)
    await database.transaction('write', (transaction) => insertRiders(transaction, district, order, riders, from))
  }
  return district
}

/** The last number of the district's log. */
export async function lastNumber(database: Database, district: District): Promise<number> {
  const [row] = await database.query<{ number: number }>('SELECT number FROM change_counters WHERE district_id = $1', [district.id])
  return row?.number ?? 0
}

async function insertStations(transaction: Queryable, { id, stations }: District, { stationKeys }: DistrictOrder): Promise<void> {
  await insertRows(transaction, 'districts', { district_id: 'uuid', name_zh: 'text', name_en: 'text' }, [{ district_id: id, name_zh: '水磨沟区', name_en: 'Shuimogou District' }])
  await insertRows(
    transaction, 'stations',
    {
      station_id: 'uuid', district_id: 'uuid', number: 'integer', name: 'jsonb', brand: 'jsonb', hotline: 'text', facilities: 'jsonb',
      panel_pitch_mm: 'double precision', public_key: 'text', status: 'text',
    },
    stations.map((station, index) => {
      const { name, brand, hotline, facilities, panel } = repeated(DEMO.stations, index)
      return {
        station_id: station, district_id: id, number: index + 1, name, brand, hotline, facilities, panel_pitch_mm: panel.pitchMm,
        public_key: stationKeys[index], status: 'active',
      }
    }),
  )
  await insertRows(transaction, 'rules', { district_id: 'uuid', name: 'text', value: 'integer' }, Object.entries(RULES).map(([name, value]) => ({ district_id: id, name, value })))
  const { keyId, publicKey, privateKeyPem } = makePassKey(PASS_KEY_ID)
  await insertRows(transaction, 'pass_keys', { key_id: 'integer', public_key: 'text', private_key_pem: 'text' }, [{ key_id: keyId, public_key: publicKey, private_key_pem: privateKeyPem }])
  await insertRows(
    transaction, 'staff',
    { staff_id: 'uuid', district_id: 'uuid', station_id: 'uuid', full_name: 'text', role: 'text', pin_hash: 'text', active: 'boolean' },
    DEMO.staff.map((person) => ({ staff_id: person.id, district_id: id, station_id: stations[0], full_name: person.name, role: person.role, pin_hash: '00:00', active: true })),
  )
}

async function insertGoods(transaction: Queryable, { id, items }: District): Promise<void> {
  await insertRows(
    transaction, 'items',
    {
      district_id: 'uuid', item_id: 'text', name: 'jsonb', category: 'text', price_points: 'integer', cost_fen: 'integer', picture: 'text', tint: 'text',
      limit_quantity: 'integer', limit_period: 'text', perishable: 'boolean', offered: 'boolean', position: 'integer',
    },
    items.map((item, index) => {
      const { zh, en, category, costFen, picture, tint, perishable } = repeated(DEMO.items, index)
      return {
        district_id: id, item_id: item.id, name: { zh, en }, category, price_points: item.pricePoints, cost_fen: costFen, picture, tint,
        limit_quantity: null, limit_period: null, perishable, offered: true, position: index + 1,
      }
    }),
  )
  await insertRows(
    transaction, 'barcodes', { district_id: 'uuid', code: 'text', item_id: 'text', units: 'integer' },
    items.map((item, index) => ({ district_id: id, code: String(6_990_000_000_000 + index), item_id: item.id, units: 1 })),
  )
}

function sharedChanges({ id, stations, items }: District): ChangedRow[] {
  const shared = { district: id, scope: DISTRICT_SCOPE }
  return [
    { ...shared, kind: 'pass_key', key: String(PASS_KEY_ID) },
    { ...shared, kind: 'rules', key: 'rules' },
    ...items.map((item): ChangedRow => ({ ...shared, kind: 'item', key: item.id })),
    ...stations.map((station): ChangedRow => ({ district: id, scope: stationScope(station), kind: 'station', key: station })),
    ...DEMO.staff.map((person): ChangedRow => ({ district: id, scope: stationScope(stations[0] ?? ''), kind: 'staff', key: person.id })),
  ]
}

/** Each mirrored by his home. */
async function insertRiders(transaction: Queryable, district: District, order: DistrictOrder, riders: readonly string[], first: number): Promise<void> {
  const { id, stations } = district
  const { nowMs, pointsEach, isSpread } = order
  const homeOf = (index: number): string => stations[isSpread === true ? (first + index) % stations.length : 0] ?? ''
  await insertRows(
    transaction, 'riders',
    {
      rider_id: 'uuid', district_id: 'uuid', masked_name: 'text', platform: 'text', site: 'text', phone_tail: 'text', standing: 'text', hide_balance: 'boolean',
      home_station_id: 'uuid',
    },
    riders.map((rider, index) => {
      const { name, platform, site } = repeated(DEMO.riders, first + index)
      return {
        rider_id: rider, district_id: id, masked_name: maskName(name), platform, site, phone_tail: String((first + index) % 10_000).padStart(4, '0'), standing: 'active',
        hide_balance: false, home_station_id: homeOf(index),
      }
    }),
  )
  await insertRows(
    transaction, 'station_riders', { district_id: 'uuid', station_id: 'uuid', rider_id: 'uuid', added_at_ms: 'bigint' },
    riders.map((rider, index) => ({ district_id: id, station_id: homeOf(index), rider_id: rider, added_at_ms: nowMs })),
  )
  const postings = riders.map((rider): Posting => ({
    eventId: uuidv7(), line: 1, district: id, transfer: { from: { kind: 'program' }, to: { kind: 'rider_central', rider }, points: pointsEach }, bookedAtMs: nowMs,
  }))
  await writePostings(transaction, postings)
  const openings = postings.map((posting, index) => ({
    id: posting.eventId, district: id, rider: riders[index] ?? '', atMs: nowMs - DAY_MS, bookedAtMs: nowMs, points: pointsEach, reason: 'opening' as const,
    what: null, lines: [], station: null,
  }))
  await writeEntries(transaction, openings)
  await appendChanges(transaction, [
    ...riders.map((rider, index): ChangedRow => ({ district: id, scope: ridersScope(homeOf(index)), kind: 'rider', key: rider })),
    ...openings.map((entry, index): ChangedRow => ({ district: id, scope: ridersScope(homeOf(index)), kind: 'entry', key: entry.id })),
  ])
}

function repeated<Row>(rows: readonly Row[], index: number): Row {
  const row = rows[index % rows.length]
  if (row === undefined) throw new RangeError('the demo has at least one of each')
  return row
}
