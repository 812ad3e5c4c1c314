// The catalogue with its prices and limits, and every shelf: what lies there by the station's own word, how fast it went in the
// last four weeks, and what to bring so that it lasts for the next four.

import { type ItemRow, itemsDoor, changeItemDoor, stockDoor, type StockRow } from '../../../contract/console/goods.ts'
import { appendChanges, DISTRICT_SCOPE } from '../../store/changes.ts'
import { type Bind, servesTable } from '../keyset-table.ts'
import { acts, answered, type OfficeMoment, refuse, type ServedDoor } from '../office-moment.ts'
import { presentFilesSql } from './station-health.ts'

const PACE_DAYS = 28
const SOON_DAYS = 7
const DAY_MS = 86_400_000
/** Sorted behind all that runs out: nothing was taken, so it lasts. */
const LASTS_DAYS = 99_999

const LIMIT_SQL = `CASE WHEN limit_quantity IS NULL THEN NULL ELSE json_build_object('quantity', limit_quantity, 'period', limit_period) END`

/** One row for each kind on each shelf: what the present file of the station says, and how much was taken. */
function shelvesSql({ who, nowMs }: OfficeMoment, bind: Bind): string {
  const district = bind(who.district)
  const since = bind(nowMs - PACE_DAYS * DAY_MS)
  return `(
    WITH present AS MATERIALIZED (${presentFilesSql(district)}),
    taken AS MATERIALIZED (
      SELECT entries.station_id, line->>'item' AS item_id, sum((line->>'quantity')::bigint)::bigint AS units
      FROM every_entry AS entries, jsonb_array_elements(entries.lines) AS line
      WHERE entries.district_id = ${district} AND entries.booked_at_ms >= ${since} AND entries.reason = 'redemption' AND entries.station_id IS NOT NULL GROUP BY 1, 2
    ), low AS (SELECT coalesce((SELECT value FROM rules WHERE rules.district_id = ${district} AND rules.name = 'low_stock_units'), 3) AS units)
    SELECT stations.station_id::text || '/' || items.item_id AS key, stations.station_id, stations.number, stations.name AS station_name, items.item_id, items.name AS item_name,
      mirror.on_hand, coalesce(taken.units, 0)::bigint AS taken_units, low.units AS low_units,
      CASE WHEN coalesce(taken.units, 0) = 0 THEN ${LASTS_DAYS} ELSE least(${LASTS_DAYS}, greatest(0, mirror.on_hand) * ${PACE_DAYS} / taken.units) END::integer AS days,
      (SELECT min(expiry_day) FROM lots_mirror WHERE lots_mirror.station_id = stations.station_id AND lots_mirror.incarnation = mirror.incarnation
        AND lots_mirror.item_id = items.item_id AND lots_mirror.on_hand > 0) AS next_expiry_day
    FROM stations JOIN present USING (station_id) JOIN stock_mirror AS mirror USING (station_id, incarnation)
    JOIN items ON items.district_id = ${district} AND items.item_id = mirror.item_id CROSS JOIN low
    LEFT JOIN taken ON taken.station_id = stations.station_id AND taken.item_id = items.item_id
    WHERE stations.district_id = ${district} AND stations.status = 'active' AND (items.offered OR mirror.on_hand > 0)
  ) AS shelves`
}

const NEED_SQL = `CASE WHEN shelves.on_hand <= 0 THEN 'out' WHEN shelves.on_hand <= shelves.low_units THEN 'low' WHEN shelves.days < ${SOON_DAYS} THEN 'soon_out' ELSE 'enough' END`

export const GOODS_DOORS: readonly ServedDoor[] = [
  servesTable(itemsDoor, {
    from: 'items',
    id: { sql: 'items.item_id', type: 'text' },
    sorts: { position: { sql: 'items.position', type: 'integer' }, price: { sql: 'items.price_points', type: 'integer' } },
    columns: `items.item_id AS id, items.name, category, price_points AS "pricePoints", offered AS "isOffered", ${LIMIT_SQL} AS "limit",
      (SELECT coalesce(sum(on_hand), 0)::bigint FROM stock_mirror JOIN (${presentFilesSql('$1')}) AS present USING (station_id, incarnation) WHERE stock_mirror.item_id = items.item_id) AS "unitsOnHand"`,
    where: ({ who }, { filters, search }, bind) => [
      `items.district_id = ${bind(who.district)}`,
      ...(filters['offered'] === undefined ? [] : [`items.offered = ${bind(filters['offered'] === 'true')}`]),
      ...(search.trim() === '' ? [] : [`(strpos(items.name->>'zh', ${bind(search.trim())}) > 0 OR strpos(lower(items.name->>'en'), lower(${bind(search.trim())})) > 0)`]),
    ],
    columnsWhere: 'items.district_id = $1',
    rows: (raws: readonly ItemRow[]) => [...raws],
  }),

  acts(changeItemDoor, async ({ sql, who, note }, { item, before, after }) => {
    const [now] = await sql.query<typeof before>(
      `SELECT price_points AS "pricePoints", offered AS "isOffered", ${LIMIT_SQL} AS "limit" FROM items WHERE district_id = $1 AND item_id = $2 FOR UPDATE`,
      [who.district, item],
    )
    if (now === undefined) return refuse('unknown_item')
    if (isSame(now, after)) return answered({})
    if (!isSame(now, before)) return refuse('changed_meanwhile')
    await sql.query('UPDATE items SET price_points = $3, offered = $4, limit_quantity = $5, limit_period = $6 WHERE district_id = $1 AND item_id = $2', [
      who.district, item, after.pricePoints, after.isOffered, after.limit?.quantity ?? null, after.limit?.period ?? null,
    ])
    await note({ act: 'item_changed', kind: 'item', row: item, before: flat(now), after: flat(after) })
    await appendChanges(sql, [{ district: who.district, scope: DISTRICT_SCOPE, kind: 'item', key: item }])
    return answered({})
  }),

  servesTable(stockDoor, {
    from: shelvesSql,
    id: { sql: 'shelves.key', type: 'text' },
    sorts: {
      daysLeft: { sql: 'shelves.days', type: 'integer' },
      station: { sql: 'shelves.number', type: 'integer' },
      onHand: { sql: 'shelves.on_hand', type: 'bigint' },
    },
    columns: `shelves.station_id AS station, station_name AS "stationName", number, item_id AS item, item_name AS "itemName", on_hand AS "onHand", taken_units AS "takenUnits",
      CASE WHEN taken_units = 0 THEN NULL ELSE days END AS "daysLeft", next_expiry_day AS "nextExpiryDay", ${NEED_SQL} AS need,
      CASE WHEN ${NEED_SQL} = 'enough' THEN 0 ELSE greatest(0, greatest(taken_units, 2 * low_units) - greatest(0, on_hand)) END::bigint AS bring`,
    where: ({ who }, { filters, search }, bind) => [
      ...(filters['need'] === undefined ? [] : [filters['need'] === 'refill' ? `${NEED_SQL} <> 'enough'` : `${NEED_SQL} = ${bind(filters['need'])}`]),
      // Who works at one station sees that one's shelf.
      ...(who.station === null ? [] : [`shelves.station_id = ${bind(who.station)}`]),
      ...(filters['station'] === undefined ? [] : [`shelves.station_id = ${bind(filters['station'])}`]),
      ...(search.trim() === '' ? [] : [`(strpos(shelves.item_name->>'zh', ${bind(search.trim())}) > 0 OR strpos(lower(shelves.item_name->>'en'), lower(${bind(search.trim())})) > 0)`]),
    ],
    rows: (raws: readonly StockRow[]) => [...raws],
  }),
]

type Terms = Pick<ItemRow, 'pricePoints' | 'isOffered' | 'limit'>

function flat({ pricePoints, isOffered, limit }: Terms): Record<string, string | number | boolean> {
  return { pricePoints, isOffered, limit: limit === null ? 'none' : `${limit.quantity}/${limit.period}` }
}

function isSame(one: Terms, other: Terms): boolean {
  return JSON.stringify(flat(one)) === JSON.stringify(flat(other))
}

