// SQL behind the look at limits: how far each life of a station's file was looked at, what riders took of limited goods, and the
// mark of what went beyond. Each question is asked a life or a rider at a time, by index, whatever the tables have grown to.

import type { Period } from '../../domain/calendar.ts'
import type { Queryable } from './database.ts'
import type { Outbox } from './outboxes.ts'
import { bigints, texts, uuids } from './sql-columns.ts'

type Life = Pick<Outbox, 'station' | 'incarnation'>

/** Events of a life that nobody has looked at: those after `afterSeq` up to `lastSeq`. */
export interface LimitLook extends Life {
  afterSeq: number
  lastSeq: number
}

/** Of an article in one district. */
export interface LimitRow {
  district: string
  item: string
  quantity: number
  period: Period
  /** null: the district says nothing. */
  utcOffsetMinutes: number | null
}

/** A limited article in a redemption that was booked and not undone. */
export interface TakenRow {
  event: string
  rider: string
  item: string
  /** Not after central has heard of it. */
  atMs: number
}

/** With whose shelf it came from. */
export interface TakenUnits extends TakenRow {
  district: string
  quantity: number
}

/** Locks those of which something is new, the least first: a station that was away for weeks lets nobody wait. Those that another process looks at are its. */
export async function lockLooksBehind(transaction: Queryable, limit: number): Promise<LimitLook[]> {
  await transaction.query(
    `INSERT INTO limit_looks (district_id, station_id, incarnation, looked_seq)
     SELECT district_id, station_id, incarnation, 0 FROM incarnations
     WHERE last_seq > 0 AND NOT EXISTS (SELECT 1 FROM limit_looks AS looks WHERE looks.station_id = incarnations.station_id AND looks.incarnation = incarnations.incarnation)
     ORDER BY station_id, incarnation ON CONFLICT DO NOTHING`,
  )
  return transaction.query<LimitLook>(
    `SELECT looks.station_id AS station, looks.incarnation, looked_seq AS "afterSeq", last_seq AS "lastSeq"
     FROM limit_looks AS looks JOIN incarnations USING (station_id, incarnation) WHERE last_seq > looked_seq
     ORDER BY last_seq - looked_seq, looks.station_id, looks.incarnation LIMIT $1 FOR UPDATE OF looks SKIP LOCKED`,
    [limit],
  )
}

/** Under their locks: each was looked at up to its `lastSeq`. */
export async function advanceLooks(transaction: Queryable, looks: readonly LimitLook[]): Promise<void> {
  if (looks.length === 0) return
  await transaction.query(
    `UPDATE limit_looks SET looked_seq = r.last_seq FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS r(station_id, incarnation, last_seq)
     WHERE limit_looks.station_id = r.station_id AND limit_looks.incarnation = r.incarnation`,
    [uuids(looks, ({ station }) => station), uuids(looks, ({ incarnation }) => incarnation), bigints(looks, ({ lastSeq }) => lastSeq)],
  )
}

/** Those that were booked long after they came, once: with this transaction nobody has to look at them any more. */
export async function takeLooksAgain(transaction: Queryable, limit: number): Promise<LimitLook[]> {
  return transaction.query<LimitLook>(
    `DELETE FROM limit_looks_again WHERE (station_id, incarnation, seq) IN (
       SELECT station_id, incarnation, seq FROM limit_looks_again ORDER BY station_id, incarnation, seq LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING station_id AS station, incarnation, seq - 1 AS "afterSeq", seq AS "lastSeq"`,
    [limit],
  )
}

export async function readLimits(queryable: Queryable): Promise<LimitRow[]> {
  return queryable.query<LimitRow>(
    `SELECT items.district_id AS district, item_id AS item, limit_quantity AS quantity, limit_period AS period, value AS "utcOffsetMinutes"
     FROM items LEFT JOIN rules ON rules.district_id = items.district_id AND rules.name = 'utc_offset_minutes' WHERE limit_quantity IS NOT NULL`,
  )
}

/** What these say, as far as it is of these articles. */
export async function readTaken(queryable: Queryable, looks: readonly LimitLook[], items: readonly string[]): Promise<TakenRow[]> {
  // OFFSET 0: asked for each by itself. Joined freely the planner may read a whole table for what is a few hundred rows.
  return queryable.query<TakenRow>(
    `SELECT told.event_id AS event, rider_id AS rider, item, least(wall_ms, received_at_ms) AS "atMs"
     FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[]) AS asked(station_id, incarnation, after_seq, last_seq)
     CROSS JOIN LATERAL (
       SELECT event_id, wall_ms, received_at_ms FROM events
       WHERE events.station_id = asked.station_id AND events.incarnation = asked.incarnation AND seq > after_seq AND seq <= last_seq AND kind = 'redemption.recorded' OFFSET 0
     ) AS told
     CROSS JOIN LATERAL (
       SELECT rider_id, line ->> 'item' AS item FROM redemptions CROSS JOIN LATERAL jsonb_array_elements(lines) AS line
       WHERE redemptions.event_id = told.event_id AND NOT EXISTS (SELECT 1 FROM undone_redemptions WHERE redemption_id = redemptions.event_id) OFFSET 0
     ) AS taken WHERE item = ANY($5::text[])`,
    [
      uuids(looks, ({ station }) => station), uuids(looks, ({ incarnation }) => incarnation), bigints(looks, ({ afterSeq }) => afterSeq),
      bigints(looks, ({ lastSeq }) => lastSeq), texts(items),
    ],
  )
}

/** All that these riders took of these articles since, at whichever station: what is among their entries, as stations count it. */
export async function readUnitsSince(queryable: Queryable, asked: readonly { rider: string; item: string; sinceMs: number }[]): Promise<TakenUnits[]> {
  return queryable.query<TakenUnits>(
    `SELECT entry_id AS event, asked.rider_id AS rider, asked.item, at_ms AS "atMs", quantity, stations.district_id AS district
     FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS asked(rider_id, item, since_ms)
     CROSS JOIN LATERAL (
       SELECT entry_id, station_id, at_ms, (SELECT sum((line ->> 'quantity')::bigint)::bigint FROM jsonb_array_elements(lines) AS line WHERE line ->> 'item' = asked.item) AS quantity
       FROM every_entry WHERE every_entry.rider_id = asked.rider_id AND booked_at_ms >= since_ms AND at_ms >= since_ms AND reason = 'redemption'
         AND lines @> jsonb_build_array(jsonb_build_object('item', asked.item))
         AND NOT EXISTS (SELECT 1 FROM undone_redemptions WHERE redemption_id = entry_id) OFFSET 0
     ) AS taken JOIN stations USING (station_id) WHERE quantity IS NOT NULL`,
    [uuids(asked, ({ rider }) => rider), texts(asked, ({ item }) => item), bigints(asked, ({ sinceMs }) => sinceMs)],
  )
}

/** Those that nothing else is odd about. Answers how many. */
export async function markBeyondLimit(transaction: Queryable, events: readonly string[]): Promise<number> {
  const marked = await transaction.query(
    `UPDATE events SET outcome = 'flagged', code = 'limit_exceeded' WHERE event_id = ANY($1::uuid[]) AND outcome = 'recorded' RETURNING 1`, [uuids(events)],
  )
  return marked.length
}
