// Fills an empty central with the demo: people, goods, cards, half a year of points in double entry. In one transaction,
// through the same writers as the real thing. Everything but keys and PIN salts follows from the data and the day. Nothing is
// lent: a slice belongs to a file, and no file has spoken yet.

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { dayOf } from '../../domain/calendar.ts'
import { type Account, GRANT_POINTS_MAX, type Transfer } from '../../domain/ledger.ts'
import { officeBoxInMemory } from '../keys/office-box.ts'
import { type PeopleIndex, personRow } from '../people/person-words.ts'
import { makePassKey, type PassKeyPair } from '../passes.ts'
import { hashPin } from '../pin-hash.ts'
import { appendChanges, type ChangedRow, DISTRICT_SCOPE, ridersScope, stationScope } from '../store/changes.ts'
import type { Database, Queryable } from '../store/database.ts'
import { writeEntries } from '../store/entries.ts'
import { type Posting, writePostings } from '../store/ledger.ts'
import { writePersons } from '../store/people.ts'
import { makePersonKeys } from '../store/words.ts'
import { PERSON_KEY_BYTES } from '../words/person-key.ts'
import { revokedCardKey } from '../store/mirror-changes.ts'
import { DEMO, DEMO_RIDERS, type DemoOrder, stationNumbered, UTC_OFFSET_MINUTES } from './demo-data.ts'
import { demoCards, VISITING_RIDERS } from './demo-cards.ts'
import { makePast, type PastEntry } from './demo-history.ts'
import { insertRows } from './insert-rows.ts'

/** Cards of the first key go on being good after the second took over. */
const PASS_KEY_IDS = [1, 2]

/** The private halves are kept by whoever asks; the database holds the public ones. */
export function makeDemoPassKeys(): PassKeyPair[] {
  return PASS_KEY_IDS.map(makePassKey)
}

/** Every rule there is, as the demo's districts have it. */
export const DEMO_RULES: Readonly<Record<string, number>> = {
  utc_offset_minutes: UTC_OFFSET_MINUTES,
  pass_valid_days: DEMO.rules.passValidDays,
  checkin_again_minutes: DEMO.rules.checkinAgainMinutes,
  cart_units_max: DEMO.rules.cartUnitsMax,
  low_stock_units: DEMO.rules.lowStockUnits,
  expiry_warning_days: DEMO.rules.expiryWarningDays,
  outbox_events_max: DEMO.rules.sendBeforeStopEvents,
  standing_allowance_points: DEMO.rules.standingAllowancePoints,
  earning_slice_points: DEMO.rules.earningSlicePoints,
  top_up_points_max: GRANT_POINTS_MAX,
  spend_before_hello: 1,
  outbox_alarm_hours: 24,
  wishes_open_max: 3,
  claim_days: 7,
  claim_extension_days: 7,
  claim_extensions_max: 2,
  claim_members_max: 10,
}

/** Once a process: they are slow on purpose, and tests seed by the hundred. */
let demoPinHashes: Promise<string[]> | undefined

export async function seedDemo(database: Database, order: DemoOrder, nowMs: number, passKeys: readonly Pick<PassKeyPair, 'keyId' | 'publicKey'>[] = makeDemoPassKeys(), index: PeopleIndex = officeBoxInMemory().derive): Promise<void> {
  const today = dayOf(nowMs, UTC_OFFSET_MINUTES)
  const pinHashes = await (demoPinHashes ??= Promise.all(DEMO.staff.map((person) => hashPin(person.pin))))
  await database.transaction('write', async (transaction) => {
    await insertParties(transaction, order, pinHashes)
    await nameRiders(transaction, index, nowMs)
    await insertCatalogue(transaction)
    await insertRows(transaction, 'pass_keys', { key_id: 'integer', public_key: 'text' }, passKeys.map((key) => ({ key_id: key.keyId, public_key: key.publicKey })))
    const cards = demoCards(today)
    await insertRows(
      transaction, 'cards',
      { district_id: 'uuid', holder_kind: 'text', holder_id: 'uuid', card: 'integer', issue_day: 'integer', key_id: 'integer', revoked_at_ms: 'bigint' },
      cards.map((card) => ({ ...card, revoked_at_ms: card.revoked ? nowMs : null })),
    )
    await insertScopes(transaction, nowMs)
    const changes = await insertPoints(transaction, today)
    await appendChanges(transaction, [
      ...catalogueChanges(),
      ...cards.filter((card) => card.revoked).map(({ district_id: district, holder_id, card }): ChangedRow => ({
        district, scope: DISTRICT_SCOPE, kind: 'revoked_card', key: revokedCardKey(holder_id, card),
      })),
      ...changes,
    ])
  })
}

async function insertParties(transaction: Queryable, order: DemoOrder, pinHashes: readonly string[]): Promise<void> {
  const districts = new Map(DEMO.stations.map(({ district }) => [district.id, district]))
  await insertRows(transaction, 'districts', { district_id: 'uuid', name_zh: 'text', name_en: 'text' }, [...districts.values()].map((district) => ({
    district_id: district.id, name_zh: district.zh, name_en: district.en,
  })))
  await insertRows(
    transaction, 'stations',
    {
      station_id: 'uuid', district_id: 'uuid', number: 'integer', name: 'jsonb', brand: 'jsonb', hotline: 'text', facilities: 'jsonb',
      panel_pitch_mm: 'double precision', public_key: 'text', status: 'text',
    },
    DEMO.stations.map((station) => ({
      station_id: station.id, district_id: station.district.id, number: station.number, name: station.name, brand: station.brand, hotline: station.hotline,
      facilities: station.facilities, panel_pitch_mm: station.panel.pitchMm, status: 'active',
      public_key: order.stations.find((ordered) => ordered.number === station.number)?.publicKey ?? keyOfNobody(),
    })),
  )
  await insertRows(
    transaction, 'riders',
    {
      rider_id: 'uuid', district_id: 'uuid', platform: 'text', site: 'text', phone_tail: 'text', standing: 'text', hide_balance: 'boolean',
      home_station_id: 'uuid',
    },
    DEMO.riders.map((rider) => ({
      rider_id: rider.id, district_id: stationNumbered(rider.homeStation).district.id, platform: rider.platform, site: rider.site,
      phone_tail: rider.phoneTail, standing: rider.status, hide_balance: rider.hideBalance, home_station_id: stationNumbered(rider.homeStation).id,
    })),
  )
  await insertRows(
    transaction, 'staff',
    { staff_id: 'uuid', district_id: 'uuid', station_id: 'uuid', full_name: 'text', role: 'text', pin_hash: 'text', active: 'boolean' },
    DEMO.staff.map((person, index) => ({
      staff_id: person.id, district_id: stationNumbered(person.station).district.id, station_id: stationNumbered(person.station).id, full_name: person.name,
      role: person.role, pin_hash: pinHashes[index] ?? '', active: true,
    })),
  )
}

/** Each under a key of his own. */
async function nameRiders(transaction: Queryable, index: PeopleIndex, nowMs: number): Promise<void> {
  const keyed = DEMO.riders.map((rider) => ({ rider, key: randomBytes(PERSON_KEY_BYTES) }))
  await makePersonKeys(transaction, keyed.map(({ rider, key }) => ({ rider: rider.id, district: stationNumbered(rider.homeStation).district.id, key })), nowMs)
  await writePersons(transaction, keyed.map(({ rider, key }) => personRow({ rider: rider.id, site: rider.site, personKey: key, index }, { name: rider.name, phone: null }, rider.phoneTail)))
}

/** A station that nobody runs in this demo: a key whose private half is forgotten at once. */
function keyOfNobody(): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
  if (x === undefined) throw new Error('an Ed25519 key has its public part')
  return x
}

function districtIds(): string[] {
  return [...new Set(DEMO.stations.map((station) => station.district.id))]
}

async function insertCatalogue(transaction: Queryable): Promise<void> {
  for (const district of districtIds()) {
    await insertRows(transaction, 'rules', { district_id: 'uuid', name: 'text', value: 'integer' }, Object.entries(DEMO_RULES).map(([name, value]) => ({
      district_id: district, name, value,
    })))
    await insertRows(transaction, 'donors', { donor_id: 'uuid', district_id: 'uuid', name: 'jsonb' }, DEMO.donors.map((donor) => ({
      donor_id: donor.id, district_id: district, name: { zh: donor.zh, en: donor.en },
    })))
    await insertRows(
      transaction, 'services',
      { district_id: 'uuid', service_id: 'text', name: 'jsonb', points: 'integer', per: 'text', cap_per_activity: 'integer' },
      DEMO.services.map((service) => ({
        district_id: district, service_id: service.id, name: { zh: service.zh, en: service.en }, points: service.points, per: service.per,
        cap_per_activity: service.capPerActivity ?? null,
      })),
    )
    await insertRows(
      transaction, 'items',
      {
        district_id: 'uuid', item_id: 'text', name: 'jsonb', category: 'text', price_points: 'integer', cost_fen: 'integer', picture: 'text', tint: 'text',
        limit_quantity: 'integer', limit_period: 'text', perishable: 'boolean', offered: 'boolean', position: 'integer',
      },
      DEMO.items.map((item, index) => ({
        district_id: district, item_id: item.id, name: { zh: item.zh, en: item.en }, category: item.category, price_points: item.pricePoints,
        cost_fen: item.costFen, picture: item.picture, tint: item.tint, limit_quantity: item.limit?.quantity ?? null, limit_period: item.limit?.period ?? null,
        perishable: item.perishable, offered: true, position: index + 1,
      })),
    )
    await insertRows(
      transaction, 'barcodes',
      { district_id: 'uuid', code: 'text', item_id: 'text', units: 'integer' },
      DEMO.items.flatMap((item) => item.barcodes.map(({ code, units }) => ({ district_id: district, code, item_id: item.id, units }))),
    )
  }
}

function scopeOfRiders(): { district: string; station: string; rider: string }[] {
  const atHome = DEMO_RIDERS.map((rider) => ({ rider: rider.id, at: stationNumbered(rider.homeStation) }))
  const visiting = VISITING_RIDERS.map(({ rider, station }) => ({ rider, at: stationNumbered(station) }))
  return [...atHome, ...visiting].map(({ rider, at }) => ({ district: at.district.id, station: at.id, rider }))
}

async function insertScopes(transaction: Queryable, nowMs: number): Promise<void> {
  await insertRows(
    transaction, 'station_riders',
    { district_id: 'uuid', station_id: 'uuid', rider_id: 'uuid', added_at_ms: 'bigint' },
    scopeOfRiders().map(({ district, station, rider }) => ({ district_id: district, station_id: station, rider_id: rider, added_at_ms: nowMs })),
  )
}

/** The past of every rider; answers what stations have to be told of it. */
async function insertPoints(transaction: Queryable, today: number): Promise<ChangedRow[]> {
  const postings: Posting[] = []
  const changes: ChangedRow[] = []
  const scopes = scopeOfRiders()
  for (const rider of DEMO_RIDERS) {
    const home = stationNumbered(rider.homeStation)
    const district = home.district.id
    const past = makePast(rider, today)
    for (const entry of past) {
      postings.push({ eventId: entry.id, line: 1, district, transfer: transferOf(entry, rider.id, home.id), bookedAtMs: entry.atMs })
    }
    await writeEntries(transaction, past.map((entry) => ({
      ...entry, district, rider: rider.id, bookedAtMs: entry.atMs, station: entry.reason === 'redemption' ? home.id : null,
    })))
    for (const scope of scopes.filter((candidate) => candidate.rider === rider.id)) {
      const shared = { district: scope.district, scope: ridersScope(scope.station) }
      changes.push({ ...shared, kind: 'rider', key: rider.id }, ...past.map((entry): ChangedRow => ({ ...shared, kind: 'entry', key: entry.id })))
    }
  }
  await writePostings(transaction, postings)
  return changes
}

function transferOf(entry: PastEntry, rider: string, station: string): Transfer {
  const own: Account = { kind: 'rider_central', rider }
  if (entry.points > 0) return { from: { kind: 'program' }, to: own, points: entry.points }
  return { from: own, to: { kind: 'redeemed_station', station }, points: -entry.points }
}

function catalogueChanges(): ChangedRow[] {
  return districtIds().flatMap((district): ChangedRow[] => {
    const shared = { district, scope: DISTRICT_SCOPE }
    return [
      ...PASS_KEY_IDS.map((keyId): ChangedRow => ({ ...shared, kind: 'pass_key', key: String(keyId) })),
      { ...shared, kind: 'rules', key: 'rules' },
      ...DEMO.items.map((item): ChangedRow => ({ ...shared, kind: 'item', key: item.id })),
      ...DEMO.donors.map((donor): ChangedRow => ({ ...shared, kind: 'donor', key: donor.id })),
      ...DEMO.stations
        .filter((station) => station.district.id === district)
        .map((station): ChangedRow => ({ district, scope: stationScope(station.id), kind: 'station', key: station.id })),
      ...DEMO.staff
        .map((person) => ({ person, station: stationNumbered(person.station) }))
        .filter(({ station }) => station.district.id === district)
        .map(({ person, station }): ChangedRow => ({ district, scope: stationScope(station.id), kind: 'staff', key: person.id })),
    ]
  })
}
