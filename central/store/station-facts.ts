// SQL behind the booking of a station's facts: what central knows of the things they name, and the rows they leave. Stock
// here is a mirror made of movements; the station alone owns it (invariant 6), so it is never checked, only added up.

import type { EventBody } from '../../contract/sync/event-bodies.ts'
import type { Queryable } from './database.ts'
import type { Outbox } from './outboxes.ts'

export interface RedemptionRow {
  event: string
  request: string
  rider: string
  points: number
  overdrawnPoints: number
  lines: EventBody<'redemption.recorded/1'>['lines']
  atMs: number
}

export interface StockMovement {
  item: string
  lot: number
  /** Signed: what came in is above zero. */
  quantity: number
  expiryDay: number | null
  donor: string | null
}

/** District by rider, for those that exist. Until the transaction ends nobody begins to mirror them (sync/rider). */
export async function readRidersKnown(queryable: Queryable, riders: readonly string[]): Promise<Map<string, string>> {
  if (riders.length === 0) return new Map()
  const rows = await queryable.query<{ rider: string; district: string }>(
    'SELECT rider_id AS rider, district_id AS district FROM riders WHERE rider_id = ANY($1::uuid[]) ORDER BY rider_id FOR SHARE',
    [riders],
  )
  return new Map(rows.map((row) => [row.rider, row.district]))
}

export async function readItemsKnown(queryable: Queryable, district: string, items: readonly string[]): Promise<Set<string>> {
  if (items.length === 0) return new Set()
  const rows = await queryable.query<{ item_id: string }>('SELECT item_id FROM items WHERE district_id = $1 AND item_id = ANY($2::text[])', [
    district,
    items,
  ])
  return new Set(rows.map((row) => row.item_id))
}

export async function readStaffKnown(queryable: Queryable, staff: readonly string[]): Promise<Set<string>> {
  if (staff.length === 0) return new Set()
  const rows = await queryable.query<{ staff_id: string }>('SELECT staff_id FROM staff WHERE staff_id = ANY($1::uuid[])', [staff])
  return new Set(rows.map((row) => row.staff_id))
}

/** Of these grants, those that were made to this file of the station. */
export async function readGrants(
  queryable: Queryable,
  { station, incarnation }: Outbox,
  grants: readonly string[],
): Promise<Map<string, { rider: string; points: number }>> {
  if (grants.length === 0) return new Map()
  const rows = await queryable.query<{ grant: string; rider: string; points: number }>(
    'SELECT grant_id AS "grant", rider_id AS rider, points FROM grants WHERE station_id = $1 AND incarnation = $2 AND grant_id = ANY($3::uuid[])',
    [station, incarnation, grants],
  )
  return new Map(rows.map(({ grant, rider, points }) => [grant, { rider, points }]))
}

/** Of these requests of a station's screen, those that a recorded redemption came from. */
export async function readRequestsKnown(queryable: Queryable, station: string, requests: readonly string[]): Promise<Set<string>> {
  if (requests.length === 0) return new Set()
  const rows = await queryable.query<{ request_id: string }>(
    'SELECT request_id FROM redemptions WHERE station_id = $1 AND request_id = ANY($2::uuid[])',
    [station, requests],
  )
  return new Set(rows.map((row) => row.request_id))
}

export async function writeRedemptions(transaction: Queryable, outbox: Outbox, redemptions: readonly RedemptionRow[]): Promise<void> {
  if (redemptions.length === 0) return
  await transaction.query(
    `INSERT INTO redemptions (event_id, district_id, station_id, incarnation, request_id, rider_id, points, overdrawn_points, lines, at_ms)
     SELECT event, $1, $2, $3, request, rider, points, "overdrawnPoints", lines, "atMs"
     FROM json_to_recordset($4::json) AS r(event uuid, request uuid, rider uuid, points bigint, "overdrawnPoints" bigint, lines jsonb, "atMs" bigint)`,
    [outbox.district, outbox.station, outbox.incarnation, JSON.stringify(redemptions)],
  )
}

export async function writeStockMovements(transaction: Queryable, outbox: Outbox, movements: readonly StockMovement[]): Promise<void> {
  if (movements.length === 0) return
  const json = JSON.stringify(movements)
  await transaction.query(
    `INSERT INTO stock_mirror (district_id, station_id, incarnation, item_id, on_hand)
     SELECT $1, $2, $3, item, sum(quantity)::bigint FROM json_to_recordset($4::json) AS r(item text, quantity bigint) GROUP BY item
     ON CONFLICT (station_id, incarnation, item_id) DO UPDATE SET on_hand = stock_mirror.on_hand + excluded.on_hand`,
    [outbox.district, outbox.station, outbox.incarnation, json],
  )
  await transaction.query(
    `INSERT INTO lots_mirror (district_id, station_id, incarnation, lot, item_id, expiry_day, donor_id, on_hand)
     SELECT $1, $2, $3, lot, min(item), max("expiryDay"), max(donor)::uuid, sum(quantity)::bigint
     FROM json_to_recordset($4::json) AS r(item text, lot bigint, quantity bigint, "expiryDay" integer, donor text) GROUP BY lot
     ON CONFLICT (station_id, incarnation, lot) DO UPDATE SET on_hand = lots_mirror.on_hand + excluded.on_hand,
       expiry_day = coalesce(lots_mirror.expiry_day, excluded.expiry_day), donor_id = coalesce(lots_mirror.donor_id, excluded.donor_id)`,
    [outbox.district, outbox.station, outbox.incarnation, json],
  )
}

/** A redemption as far as taking it back needs it. */
export interface RecordedRedemption {
  rider: string
  points: number
  overdrawnPoints: number
  lines: RedemptionRow['lines']
  undone: boolean
}

/** Of these events, those that are redemptions of this file. */
export async function readRedemptions(
  queryable: Queryable,
  { station, incarnation }: Outbox,
  events: readonly string[],
): Promise<Map<string, RecordedRedemption>> {
  if (events.length === 0) return new Map()
  const rows = await queryable.query<RecordedRedemption & { event: string }>(
    `SELECT redemptions.event_id AS event, rider_id AS rider, points, overdrawn_points AS "overdrawnPoints", lines, undone.redemption_id IS NOT NULL AS undone
     FROM redemptions LEFT JOIN undone_redemptions AS undone ON undone.redemption_id = redemptions.event_id
     WHERE station_id = $1 AND incarnation = $2 AND redemptions.event_id = ANY($3::uuid[])`,
    [station, incarnation, events],
  )
  return new Map(rows.map(({ event, ...redemption }) => [event, redemption]))
}

export interface UndoneRow {
  redemption: string
  event: string
  atMs: number
}

export async function writeUndone(transaction: Queryable, outbox: Outbox, undone: readonly UndoneRow[]): Promise<void> {
  if (undone.length === 0) return
  await transaction.query(
    `INSERT INTO undone_redemptions (redemption_id, district_id, event_id, at_ms)
     SELECT redemption, $1, event, "atMs" FROM json_to_recordset($2::json) AS r(redemption uuid, event uuid, "atMs" bigint)`,
    [outbox.district, JSON.stringify(undone)],
  )
}

export interface EarningRow {
  event: string
  request: string
  rider: string
  service: string
  points: number
  inSlice: boolean
  atMs: number
}

export async function writeEarnings(transaction: Queryable, outbox: Outbox, earnings: readonly EarningRow[]): Promise<void> {
  if (earnings.length === 0) return
  await transaction.query(
    `INSERT INTO earnings (event_id, district_id, station_id, request_id, rider_id, service_id, points, in_slice, at_ms)
     SELECT event, $1, $2, request, rider, service, points, "inSlice", "atMs"
     FROM json_to_recordset($3::json) AS r(event uuid, request uuid, rider uuid, service text, points bigint, "inSlice" boolean, "atMs" bigint)`,
    [outbox.district, outbox.station, JSON.stringify(earnings)],
  )
}

/** Of these requests of a station's screen, those that a recorded earning came from. */
export async function readEarningRequestsKnown(queryable: Queryable, station: string, requests: readonly string[]): Promise<Set<string>> {
  if (requests.length === 0) return new Set()
  const rows = await queryable.query<{ request_id: string }>('SELECT request_id FROM earnings WHERE station_id = $1 AND request_id = ANY($2::uuid[])', [
    station,
    requests,
  ])
  return new Set(rows.map((row) => row.request_id))
}

/** Names of a district's services, for those that exist. */
export async function readServiceNames(queryable: Queryable, district: string, services: readonly string[]): Promise<Map<string, { zh: string; en: string }>> {
  if (services.length === 0) return new Map()
  const rows = await queryable.query<{ service: string; name: { zh: string; en: string } }>(
    'SELECT service_id AS service, name FROM services WHERE district_id = $1 AND service_id = ANY($2::text[])',
    [district, services],
  )
  return new Map(rows.map(({ service, name }) => [service, name]))
}

export async function markGrantsReceived(transaction: Queryable, grants: readonly string[], nowMs: number): Promise<void> {
  if (grants.length === 0) return
  await transaction.query('UPDATE grants SET received_at_ms = coalesce(received_at_ms, $2) WHERE grant_id = ANY($1::uuid[])', [grants, nowMs])
}
