// Facts that were flagged or could not be read, with what they cost. To acknowledge one says that a person has looked; to accept one
// lets the programme pay, by the operator's own act.

import { acceptFactDoor, acknowledgeFactDoor, exceptionsDoor, type FactRow } from '../../../contract/console/exceptions.ts'
import { acceptFact } from '../../operator/acts/accept-fact.ts'
import { sqlTransaction } from '../../store/sql-store.ts'
import { servesTable } from '../keyset-table.ts'
import { acts, answered, type OfficeMoment, refuse, type ServedDoor } from '../office-moment.ts'
import { ODD_FACT_SQL } from './station-health.ts'

const ACCEPTED_SQL = 'EXISTS (SELECT 1 FROM remedies WHERE remedies.event_id = events.event_id)'
const SEEN_SQL = 'EXISTS (SELECT 1 FROM acknowledgements WHERE acknowledgements.event_id = events.event_id)'
const STATE_SQL = `CASE WHEN ${ACCEPTED_SQL} THEN 'accepted' WHEN ${SEEN_SQL} THEN 'acknowledged' ELSE 'waiting' END`
const POINTS_SQL = `(SELECT coalesce(sum(points), 0)::bigint FROM transfers WHERE transfers.event_id = events.event_id AND from_key = 'discrepancy')`

export const EXCEPTION_DOORS: readonly ServedDoor[] = [
  servesTable(exceptionsDoor, {
    from: 'events',
    id: { sql: 'events.event_id', type: 'uuid' },
    sorts: { received: { sql: 'events.received_at_ms', type: 'bigint' } },
    columns: `events.event_id AS id, events.station_id AS station, stations.name AS "stationName", kind, outcome, code, wall_ms AS "wallAtMs", received_at_ms AS "receivedAtMs", ${POINTS_SQL} AS points,
      ${STATE_SQL} AS state, code = 'banned' AND NOT ${ACCEPTED_SQL} AND ${POINTS_SQL} > 0 AS "canAccept"`,
    columnsFrom: '(events JOIN stations USING (station_id))',
    where: ({ who }, { filters }, bind) => [
      `events.district_id = ${bind(who.district)}`,
      ODD_FACT_SQL,
      // Who works at one station sees that one's.
      ...(who.station === null ? [] : [`events.station_id = ${bind(who.station)}`]),
      ...(filters['outcome'] === undefined ? [] : [`events.outcome = ${bind(filters['outcome'])}`]),
      ...(filters['station'] === undefined ? [] : [`events.station_id = ${bind(filters['station'])}`]),
      ...(filters['state'] === undefined ? [] : [`${STATE_SQL} = ${bind(filters['state'])}`]),
    ],
    rows: (raws: readonly FactRow[]) => [...raws],
  }),

  acts(acknowledgeFactDoor, async (moment, { event }) => {
    const code = await codeOf(moment, event)
    if (code === null) return refuse('unknown_fact')
    const { sql, who, nowMs, note } = moment
    const rows = await sql.query('INSERT INTO acknowledgements (event_id, district_id, account_id, at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1', [event, who.district, who.account, nowMs])
    if (rows.length === 0) return refuse('already_acknowledged')
    await note({ act: 'fact_acknowledged', kind: 'event', row: event, after: { code } })
    return answered({})
  }),

  acts(acceptFactDoor, async (moment, { event }) => {
    if ((await codeOf(moment, event)) === null) return refuse('unknown_fact')
    const done = await acceptFact({ transaction: sqlTransaction(moment.sql), nowMs: moment.nowMs }, { event })
    if (!done.ok) return refuse(done.error === 'already_accepted' ? 'already_acknowledged' : done.error === 'nothing_to_accept' ? 'nothing_to_accept' : 'unknown_fact')
    await moment.note({ act: 'fact_accepted', kind: 'event', row: event, after: { points: done.answer.points } })
    return answered(done.answer)
  }),
]

/** What is odd about it; null: nothing is, or it is not of his district or station. */
async function codeOf({ sql, who }: OfficeMoment, event: string): Promise<string | null> {
  const [row] = await sql.query<{ code: string }>(
    `SELECT code FROM events WHERE event_id = $1 AND district_id = $2 AND ${ODD_FACT_SQL} AND ($3::uuid IS NULL OR station_id = $3)`,
    [event, who.district, who.station],
  )
  return row?.code ?? null
}
