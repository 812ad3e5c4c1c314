// SQL behind the booking of a station's facts: what central knows of the things they name, and the rows they leave. Stock
// here is a mirror made of movements; the station alone owns it (invariant 6), so it is never checked, only added up.

import type { EventBody } from '../../contract/sync/event-bodies.ts'
import { allEnded } from './all-ended.ts'
import type { Queryable } from './database.ts'
import type { Outbox } from './outboxes.ts'
import { placesOf } from './places.ts'
import { bigints, inPieces, integers, texts, uuids } from './sql-columns.ts'

export interface RedemptionRow extends Outbox {
  event: string
  request: string
  rider: string
  points: number
  overdrawnPoints: number
  lines: EventBody<'redemption.recorded/1'>['lines']
  atMs: number
  /** null: what it moved and the rider's entry have rows of their own. */
  paid: PaidRedemption | null
}

/** Whole by the slice: the redemption's row is the transfer, in the ledger of that district, and the rider's entry. */
export interface PaidRedemption {
  ledger: string
  bookedAtMs: number
}

export interface StockMovement extends Outbox {
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
  // A row a district: three hundred rows of two ids cost more on the way than all else about them.
  const rows = await queryable.query<{ district: string; riders: string }>(
    `WITH known AS MATERIALIZED (SELECT rider_id, district_id FROM unnest($1::uuid[]) AS asked(rider_id) JOIN riders USING (rider_id) ORDER BY rider_id FOR SHARE OF riders)
     SELECT district_id AS district, string_agg(rider_id::text, ' ') AS riders FROM known GROUP BY district_id`,
    [uuids(riders)],
  )
  const districts = new Map<string, string>()
  for (const { district, riders: known } of rows) for (const rider of known.split(' ')) districts.set(rider, district)
  return districts
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

/** What a screen of a station calls one wish of somebody's. */
export interface ScreenRequest {
  station: string
  request: string
}

/** Of these requests of stations' screens, those that a recorded redemption came from, by station. */
export async function readRequestsKnown(queryable: Queryable, requests: readonly ScreenRequest[]): Promise<Map<string, Set<string>>> {
  return readKnown(queryable, 'redemptions', requests)
}

/** Of these requests of stations' screens, those that a recorded earning came from, by station. */
export async function readEarningRequestsKnown(queryable: Queryable, requests: readonly ScreenRequest[]): Promise<Map<string, Set<string>>> {
  return readKnown(queryable, 'earnings', requests)
}

async function readKnown(queryable: Queryable, table: 'redemptions' | 'earnings', requests: readonly ScreenRequest[]): Promise<Map<string, Set<string>>> {
  const known = new Map<string, Set<string>>()
  if (requests.length === 0) return known
  const rows = await queryable.query<ScreenRequest>(
    `SELECT station_id AS station, request_id AS request FROM unnest($1::uuid[], $2::uuid[]) AS asked(station_id, request_id)
     WHERE EXISTS (SELECT 1 FROM ${table} AS made WHERE made.station_id = asked.station_id AND made.request_id = asked.request_id)`,
    [uuids(requests, ({ station }) => station), uuids(requests, ({ request }) => request)],
  )
  for (const { station, request } of rows) known.set(station, (known.get(station) ?? new Set()).add(request))
  return known
}

export async function writeRedemptions(transaction: Queryable, redemptions: readonly RedemptionRow[]): Promise<void> {
  if (redemptions.length > 0) await allEnded(inPieces(redemptions).map((piece) => insertRedemptions(transaction, piece)))
}

async function insertRedemptions(transaction: Queryable, redemptions: readonly RedemptionRow[]): Promise<void> {
  // Lives and ledgers are few, rows many: each row says only which. Columns in the list of a SELECT: see outboxes.ts, insertEvents.
  const lives = placesOf(redemptions, (one, other) => one.station === other.station && one.incarnation === other.incarnation)
  const ledgers: string[] = []
  for (const { paid } of redemptions) if (paid !== null && !ledgers.includes(paid.ledger)) ledgers.push(paid.ledger)
  await transaction.query(
    `INSERT INTO redemptions (event_id, district_id, station_id, incarnation, request_id, rider_id, points, overdrawn_points, lines, at_ms, ledger_id, booked_at_ms)
     SELECT event, ($1::uuid[])[life], ($2::uuid[])[life], ($3::uuid[])[life], request, rider, points, overdrawn, lines::jsonb, at_ms, ($4::uuid[])[ledger], booked_at_ms
     FROM (SELECT unnest($5::integer[]) AS life, unnest($6::uuid[]) AS event, unnest($7::uuid[]) AS request, unnest($8::uuid[]) AS rider, unnest($9::bigint[]) AS points,
       unnest($10::bigint[]) AS overdrawn, unnest($11::text[]) AS lines, unnest($12::bigint[]) AS at_ms, unnest($13::integer[]) AS ledger, unnest($14::bigint[]) AS booked_at_ms) AS r`,
    [
      uuids(lives.firsts, ({ district }) => district), uuids(lives.firsts, ({ station }) => station), uuids(lives.firsts, ({ incarnation }) => incarnation),
      uuids(ledgers),
      integers(lives.places), uuids(redemptions, ({ event }) => event), uuids(redemptions, ({ request }) => request),
      uuids(redemptions, ({ rider }) => rider), bigints(redemptions, ({ points }) => points), bigints(redemptions, ({ overdrawnPoints }) => overdrawnPoints),
      texts(redemptions, ({ lines }) => JSON.stringify(lines)), bigints(redemptions, ({ atMs }) => atMs),
      integers(redemptions, ({ paid }) => (paid === null ? null : ledgers.indexOf(paid.ledger) + 1)),
      bigints(redemptions, ({ paid }) => paid?.bookedAtMs ?? null),
    ],
  )
}

/** Added up here: the goods of a batch are few, its movements many. */
export async function writeStockMovements(transaction: Queryable, movements: readonly StockMovement[]): Promise<void> {
  if (movements.length === 0) return
  const lives = placesOf(movements, (one, other) => one.station === other.station && one.incarnation === other.incarnation)
  const goods = addUp(movements, ({ item }, index) => `${lives.places[index]} ${item}`)
  const goodsWritten = transaction.query(
    `INSERT INTO stock_mirror (district_id, station_id, incarnation, item_id, on_hand)
     SELECT district, station, incarnation, item, quantity
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[]) AS r(district, station, incarnation, item, quantity)
     ON CONFLICT (station_id, incarnation, item_id) DO UPDATE SET on_hand = stock_mirror.on_hand + excluded.on_hand`,
    [
      uuids(goods, ({ district }) => district), uuids(goods, ({ station }) => station), uuids(goods, ({ incarnation }) => incarnation),
      texts(goods, ({ item }) => item), bigints(goods, ({ quantity }) => quantity),
    ],
  )
  const lots = addUp(movements, ({ lot }, index) => `${lives.places[index]} ${lot}`)
  const lotsWritten = transaction.query(
    `INSERT INTO lots_mirror (district_id, station_id, incarnation, lot, item_id, expiry_day, donor_id, on_hand)
     SELECT district, station, incarnation, lot, item, expiry_day, donor, quantity
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[], $7::integer[], $8::uuid[])
       AS r(district, station, incarnation, item, lot, quantity, expiry_day, donor)
     ON CONFLICT (station_id, incarnation, lot) DO UPDATE SET on_hand = lots_mirror.on_hand + excluded.on_hand,
       expiry_day = coalesce(lots_mirror.expiry_day, excluded.expiry_day), donor_id = coalesce(lots_mirror.donor_id, excluded.donor_id)`,
    [
      uuids(lots, ({ district }) => district), uuids(lots, ({ station }) => station), uuids(lots, ({ incarnation }) => incarnation),
      texts(lots, ({ item }) => item), bigints(lots, ({ lot }) => lot), bigints(lots, ({ quantity }) => quantity),
      integers(lots, ({ expiryDay }) => expiryDay), uuids(lots, ({ donor }) => donor),
    ],
  )
  await allEnded([goodsWritten, lotsWritten])
}

/** One movement a key: the sum, the smallest item, the greatest expiry and donor that any of them has. */
function addUp(movements: readonly StockMovement[], keyOf: (movement: StockMovement, index: number) => string): StockMovement[] {
  const sums = new Map<string, StockMovement>()
  for (const [index, movement] of movements.entries()) {
    const key = keyOf(movement, index)
    const sum = sums.get(key)
    if (sum === undefined) sums.set(key, { ...movement })
    else {
      sum.quantity += movement.quantity
      if (movement.item < sum.item) sum.item = movement.item
      if (movement.expiryDay !== null && movement.expiryDay > (sum.expiryDay ?? Number.NEGATIVE_INFINITY)) sum.expiryDay = movement.expiryDay
      if (movement.donor !== null && movement.donor > (sum.donor ?? '')) sum.donor = movement.donor
    }
  }
  return [...sums.values()]
}

/** A redemption as far as taking it back needs it, with the life that made it. */
export interface RecordedRedemption extends Pick<Outbox, 'station' | 'incarnation'> {
  rider: string
  points: number
  overdrawnPoints: number
  /** The district in whose ledger it was booked; null where nothing moved. */
  ledger: string | null
  lines: RedemptionRow['lines']
  undone: boolean
}

/** Of these events, those that are redemptions. */
export async function readRedemptions(queryable: Queryable, events: readonly string[]): Promise<Map<string, RecordedRedemption>> {
  if (events.length === 0) return new Map()
  const rows = await queryable.query<RecordedRedemption & { event: string }>(
    `SELECT redemptions.event_id AS event, station_id AS station, incarnation, rider_id AS rider, points, overdrawn_points AS "overdrawnPoints", lines,
       coalesce(ledger_id, (SELECT min(district_id::text)::uuid FROM transfers WHERE transfers.event_id = redemptions.event_id)) AS ledger,
       undone.redemption_id IS NOT NULL AS undone
     FROM redemptions LEFT JOIN undone_redemptions AS undone ON undone.redemption_id = redemptions.event_id
     WHERE redemptions.event_id = ANY($1::uuid[])`,
    [events],
  )
  return new Map(rows.map(({ event, ...redemption }) => [event, redemption]))
}

export interface UndoneRow {
  /** Of the station. */
  district: string
  redemption: string
  event: string
  atMs: number
}

export async function writeUndone(transaction: Queryable, undone: readonly UndoneRow[]): Promise<void> {
  if (undone.length === 0) return
  await transaction.query(
    `INSERT INTO undone_redemptions (redemption_id, district_id, event_id, at_ms)
     SELECT redemption, district, event, "atMs" FROM json_to_recordset($1::json) AS r(redemption uuid, district uuid, event uuid, "atMs" bigint)`,
    [JSON.stringify(undone)],
  )
}

export interface EarningRow extends Pick<Outbox, 'district' | 'station'> {
  event: string
  request: string
  rider: string
  service: string
  points: number
  inSlice: boolean
  atMs: number
}

export async function writeEarnings(transaction: Queryable, earnings: readonly EarningRow[]): Promise<void> {
  if (earnings.length === 0) return
  await transaction.query(
    `INSERT INTO earnings (event_id, district_id, station_id, request_id, rider_id, service_id, points, in_slice, at_ms)
     SELECT event, district, station, request, rider, service, points, "inSlice", "atMs"
     FROM json_to_recordset($1::json) AS r(event uuid, district uuid, station uuid, request uuid, rider uuid, service text, points bigint, "inSlice" boolean, "atMs" bigint)`,
    [JSON.stringify(earnings)],
  )
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

/** What the programme stood in for when slices were relent after a restore, as his entries say it, less what came home since. */
export async function readRelendingDebts(queryable: Queryable, riders: readonly string[]): Promise<Map<string, number>> {
  if (riders.length === 0) return new Map()
  const rows = await queryable.query<{ rider: string; points: number }>(
    `SELECT entries.rider_id AS rider, sum(points)::bigint AS points FROM entries JOIN events ON events.event_id = entries.entry_id
     WHERE entries.rider_id = ANY($1::uuid[]) AND reason = 'correction' AND events.kind IN ('allowance.received', 'allowance.returned')
     GROUP BY entries.rider_id HAVING sum(points) > 0`,
    [uuids(riders)],
  )
  return new Map(rows.map(({ rider, points }) => [rider, points]))
}

export async function markGrantsReceived(transaction: Queryable, grants: readonly string[], nowMs: number): Promise<void> {
  if (grants.length === 0) return
  await transaction.query('UPDATE grants SET received_at_ms = coalesce(received_at_ms, $2) WHERE grant_id = ANY($1::uuid[])', [grants, nowMs])
}
