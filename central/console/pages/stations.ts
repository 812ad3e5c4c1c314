// Stations with how they fare, and one station with every life of its file, from the same view as the operator's.

import { stationDoor, stationsDoor } from '../../../contract/console/stations.ts'
import type { Bilingual } from '../../../contract/console/console-door.ts'
import { readStations } from '../../store/operator-views.ts'
import { servesTable } from '../keyset-table.ts'
import { answered, reads, refuse, type ServedDoor } from '../office-moment.ts'
import { healthOf, presentFilesSql, readAlarmHours, WAITING_FACT_SQL } from './station-health.ts'

interface StationRaw {
  id: string
  number: number
  name: Bilingual
  status: 'active' | 'revoked'
  heardAtMs: number | null
  lastSeq: number | null
  claimedSeq: number | null
  program: string | null
  clockOffsetMs: number | null
  riders: number
  flagged: number
}

export const STATION_DOORS: readonly ServedDoor[] = [
  servesTable(stationsDoor, {
    from: 'stations',
    id: { sql: 'stations.station_id', type: 'uuid' },
    sorts: { number: { sql: 'stations.number', type: 'integer' } },
    columns: `stations.station_id AS id, stations.number, stations.name, status, present.heard_at_ms AS "heardAtMs", present.last_seq AS "lastSeq", present.claimed_seq AS "claimedSeq",
      present.program, present.clock_offset_ms AS "clockOffsetMs",
      (SELECT count(*) FROM riders WHERE riders.home_station_id = stations.station_id) AS riders,
      (SELECT count(*) FROM events WHERE events.station_id = stations.station_id AND events.district_id = stations.district_id AND ${WAITING_FACT_SQL}) AS flagged`,
    columnsFrom: `(stations LEFT JOIN (${presentFilesSql('$1')}) AS present USING (station_id))`,
    where: ({ who }, { search }, bind) => [
      `stations.district_id = ${bind(who.district)}`,
      ...(search.trim() === '' ? [] : [`(stations.number::text = ${bind(search.trim())} OR strpos(stations.name->>'zh', ${bind(search.trim())}) > 0 OR strpos(lower(stations.name->>'en'), lower(${bind(search.trim())})) > 0)`]),
    ],
    rows: async (raws: readonly StationRaw[], { sql, who, nowMs }) => {
      const alarmHours = await readAlarmHours(sql, who.district)
      return raws.map(({ status, lastSeq, claimedSeq, ...raw }) => ({
        ...raw,
        health: healthOf({ status, heardAtMs: raw.heardAtMs }, alarmHours, nowMs),
        // As it said in its last hello; what happened there since then nobody here knows.
        waitingEvents: lastSeq === null || claimedSeq === null ? null : Math.max(0, claimedSeq - lastSeq),
      }))
    },
  }),

  reads(stationDoor, async ({ sql, who, nowMs }, { station }) => {
    const [row] = await sql.query<{ id: string; number: number; name: Bilingual; hotline: string; status: 'active' | 'revoked' }>(
      'SELECT station_id AS id, number, name, hotline, status FROM stations WHERE station_id = $1 AND district_id = $2',
      [station, who.district],
    )
    if (row === undefined) return refuse('unknown_station')
    const { status, ...shown } = row
    const views = (await readStations(sql)).find((view) => view.station === station)?.files ?? []
    const outboxAlarmHours = await readAlarmHours(sql, who.district)
    const heardAtMs = views.filter(({ state }) => state !== 'banned').reduce<number | null>((latest, file) => Math.max(latest ?? 0, file.heardAtMs), null)
    const files = views.map(({ oldestLentAtMs: _lent, programPoints: _program, ...file }) => file)
    return answered({ ...shown, health: healthOf({ status, heardAtMs }, outboxAlarmHours, nowMs), outboxAlarmHours, files })
  }),
]
