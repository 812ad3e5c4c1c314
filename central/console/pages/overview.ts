// The first page in one moment: every station with its shelf in a word, what waits for a person, and a quarter of a year of points.

import { LEASE_ENDS_SOON_MS } from '../../../contract/console/claims.ts'
import { overviewDoor } from '../../../contract/console/overview.ts'
import type { WISH_STATES } from '../../../contract/console/wishes.ts'
import type { TrainingTopic } from '../../../contract/kiosk/training-view.ts'
import { dayOf, dayStartMs, periodStartDay } from '../../../domain/calendar.ts'
import { onlyRow } from '../../store/database.ts'
import { answered, type OfficeMoment, reads, type ServedDoor } from '../office-moment.ts'
import { readUtcOffset } from '../who-is-signed-in.ts'
import { WISH_STATE_SQL } from './wishes.ts'
import { healthOf, presentFilesSql, readAlarmHours, WAITING_FACT_SQL } from './station-health.ts'

const WEEKS = 13
const WEEK_MS = 7 * 86_400_000
const YEAR_MS = 365 * 86_400_000

interface StationRaw {
  id: string
  number: number
  name: { zh: string; en: string }
  status: 'active' | 'revoked'
  heardAtMs: number | null
  unitsOnHand: number
  kindsLow: number
  flagged: number
}

export const OVERVIEW_DOORS: readonly ServedDoor[] = [
  reads(overviewDoor, async (moment) => {
    const { sql, who, nowMs } = moment
    const alarmHours = await readAlarmHours(sql, who.district)
    const raws = await readStations(moment)
    const stations = raws.map(({ status, ...raw }) => ({ ...raw, health: healthOf({ status, heardAtMs: raw.heardAtMs }, alarmHours, nowMs) }))
    const sum = (count: (station: (typeof stations)[number]) => number): number => stations.reduce((total, station) => total + count(station), 0)
    const totals = onlyRow(
      await sql.query<{ riders: number; riderPoints: number; facts: number; corrections: number; waitingFiles: number; wishTexts: number; leasesEnding: number }>(
        `SELECT (SELECT count(*) FROM riders WHERE district_id = $1) AS riders,
           (SELECT coalesce(sum(balance), 0)::bigint FROM accounts WHERE district_id = $1 AND rider_id IS NOT NULL) AS "riderPoints",
           (SELECT count(*) FROM events WHERE district_id = $1 AND ${WAITING_FACT_SQL}) AS facts,
           (SELECT count(*) FROM corrections WHERE district_id = $1 AND state = 'waiting') AS corrections,
           (SELECT count(*) FROM incarnations WHERE district_id = $1 AND state IN ('waiting', 'quarantined')) AS "waitingFiles",
           (SELECT count(*) FROM wishes WHERE district_id = $1 AND review = 'in_review' AND stage IN ('new', 'open', 'claimed')) AS "wishTexts",
           (SELECT count(*) FROM wishes WHERE district_id = $1 AND stage = 'claimed' AND until_ms < $2) AS "leasesEnding"`,
        [who.district, nowMs + LEASE_ENDS_SOON_MS],
      ),
    )
    return answered({
      stations, riders: totals.riders, riderPoints: totals.riderPoints,
      waiting: {
        facts: totals.facts, corrections: totals.corrections, waitingFiles: totals.waitingFiles, wishTexts: totals.wishTexts, leasesEnding: totals.leasesEnding, kindsLow: sum(({ kindsLow }) => kindsLow),
        silentStations: sum(({ health }) => (health === 'silent' || health === 'never' ? 1 : 0)),
      },
      weeks: await readWeeks(moment),
      wishes: await sql.query<{ state: (typeof WISH_STATES)[number]; count: number }>(`SELECT ${WISH_STATE_SQL} AS state, count(*) AS count FROM wishes WHERE district_id = $1 GROUP BY 1 ORDER BY 1`, [who.district]),
      trainings: await readTopics(moment),
    })
  }),
]

/** Of the last year and to come. */
async function readTopics({ sql, who, nowMs }: OfficeMoment): Promise<{ topic: TrainingTopic; trainings: number; attended: number }[]> {
  return sql.query(
    `SELECT topic, count(*) AS trainings, coalesce(sum((SELECT count(*) FROM attendances WHERE attendances.training_id = trainings.training_id)), 0)::bigint AS attended
     FROM trainings WHERE district_id = $1 AND starts_at_ms > $2 AND state = 'open' GROUP BY topic ORDER BY topic`,
    [who.district, nowMs - YEAR_MS],
  )
}

async function readStations({ sql, who }: OfficeMoment): Promise<StationRaw[]> {
  return sql.query<StationRaw>(
    `WITH present AS MATERIALIZED (${presentFilesSql('$1')})
     SELECT s.station_id AS id, s.number, s.name, s.status, present.heard_at_ms AS "heardAtMs",
       coalesce(stock.units, 0)::bigint AS "unitsOnHand", coalesce(stock.low, 0)::bigint AS "kindsLow", coalesce(odd.flagged, 0)::bigint AS flagged
     FROM stations AS s LEFT JOIN present USING (station_id)
     LEFT JOIN LATERAL (
       SELECT sum(greatest(on_hand, 0)) AS units, count(*) FILTER (WHERE on_hand <= coalesce((SELECT value FROM rules WHERE rules.district_id = $1 AND rules.name = 'low_stock_units'), 0)) AS low
       FROM stock_mirror JOIN items ON items.district_id = $1 AND items.item_id = stock_mirror.item_id AND items.offered
       WHERE stock_mirror.station_id = s.station_id AND stock_mirror.incarnation = present.incarnation
     ) AS stock ON true
     LEFT JOIN (SELECT station_id, count(*) AS flagged FROM events WHERE district_id = $1 AND ${WAITING_FACT_SQL} GROUP BY station_id) AS odd USING (station_id)
     WHERE s.district_id = $1 ORDER BY s.number`,
    [who.district],
  )
}

/** What riders were given and what they took, by the week in which central booked it; carried-over books are neither. */
async function readWeeks({ sql, who, nowMs }: OfficeMoment): Promise<{ beganAtMs: number; issued: number; redeemed: number }[]> {
  const offset = await readUtcOffset(sql, who.district)
  const thisWeekMs = dayStartMs(periodStartDay('week', dayOf(nowMs, offset)), offset)
  const firstMs = thisWeekMs - (WEEKS - 1) * WEEK_MS
  const rows = await sql.query<{ week: number; issued: number; redeemed: number }>(
    `SELECT (booked_at_ms - $2::bigint) / ${WEEK_MS} AS week,
       coalesce(sum(points) FILTER (WHERE points > 0 AND reason IN ('service', 'training', 'report', 'correction')), 0)::bigint AS issued,
       greatest(coalesce(-sum(points) FILTER (WHERE reason IN ('redemption', 'undone')), 0), 0)::bigint AS redeemed
     FROM every_entry WHERE district_id = $1 AND booked_at_ms >= $2 GROUP BY 1`,
    [who.district, firstMs],
  )
  const byWeek = new Map(rows.map((row) => [row.week, row]))
  return Array.from({ length: WEEKS }, (_, week) => ({ beganAtMs: firstMs + week * WEEK_MS, issued: byWeek.get(week)?.issued ?? 0, redeemed: byWeek.get(week)?.redeemed ?? 0 }))
}
