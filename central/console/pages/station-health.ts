// How a station is, in one word: by when its present file was last heard. A station says hello every six hours even when nothing
// happens there, so half a day of silence is late; the district's rule says when it is an alarm.

import { HELLO_AGAIN_MS } from '../../../contract/sync/hello.ts'
import type { StationHealth } from '../../../contract/console/overview.ts'
import type { Queryable } from '../../store/database.ts'

const LATE_MS = 2 * HELLO_AGAIN_MS
const HOUR_MS = 3_600_000
const OUTBOX_ALARM_HOURS = 24

export function healthOf({ status, heardAtMs }: { status: 'active' | 'revoked'; heardAtMs: number | null }, alarmHours: number, nowMs: number): StationHealth {
  if (status === 'revoked') return 'revoked'
  if (heardAtMs === null) return 'never'
  const silentMs = nowMs - heardAtMs
  if (silentMs > Math.max(LATE_MS, alarmHours * HOUR_MS)) return 'silent'
  return silentMs > LATE_MS ? 'late' : 'well'
}

export async function readAlarmHours(sql: Queryable, district: string): Promise<number> {
  const [row] = await sql.query<{ value: number }>(`SELECT value FROM rules WHERE district_id = $1 AND name = 'outbox_alarm_hours'`, [district])
  return row?.value ?? OUTBOX_ALARM_HOURS
}

/** The file that a station runs now: its active one, or the newest that is not banned. `district` is a place in the statement, or `ANY` of several. */
export function presentFilesSql(district: string): string {
  return `SELECT DISTINCT ON (station_id) station_id, incarnation, heard_at_ms, last_seq, claimed_seq, clock_offset_ms, program
    FROM incarnations WHERE district_id = ${district} AND state <> 'banned' ORDER BY station_id, state = 'active' DESC, began_at_ms DESC, incarnation`
}

/** A fact that a person should look at. Granted and refused are central's answers to a sign-up, and nothing odd. */
export const ODD_FACT_SQL = `events.outcome IN ('flagged', 'parked')`

/** One that nobody has dealt with yet. */
export const WAITING_FACT_SQL = `${ODD_FACT_SQL} AND NOT EXISTS (SELECT 1 FROM remedies WHERE remedies.event_id = events.event_id)
  AND NOT EXISTS (SELECT 1 FROM acknowledgements WHERE acknowledgements.event_id = events.event_id)`
