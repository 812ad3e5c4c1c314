// Talks at which needs are gathered, and the answers to them.

import { addMeetingDoor, answerMeetingDoor, type MeetingRow, meetingsDoor } from '../../../contract/console/meetings.ts'
import { servesTable } from '../keyset-table.ts'
import { acts, answered, refuse, type ServedDoor } from '../office-moment.ts'

export const MEETING_DOORS: readonly ServedDoor[] = [
  servesTable(meetingsDoor, {
    from: 'meetings',
    id: { sql: 'meetings.meeting_id', type: 'uuid' },
    sorts: { held: { sql: 'meetings.held_day', type: 'integer' } },
    columns: `meetings.meeting_id AS id, kind, title, held_day AS "heldDay", stations.name AS station, notes, answer, answered_at_ms AS "answeredAtMs",
      (SELECT count(*) FROM meeting_wishes WHERE meeting_wishes.meeting_id = meetings.meeting_id) AS wishes`,
    columnsFrom: '(meetings LEFT JOIN stations USING (station_id))',
    where: ({ who }, { filters, search }, bind) => [
      `meetings.district_id = ${bind(who.district)}`,
      // Partners read what was answered, and no notes of who said what.
      ...(who.role === 'partner' ? ['answer IS NOT NULL'] : []),
      ...(filters['kind'] === undefined ? [] : [`kind = ${bind(filters['kind'])}`]),
      ...(search.trim() === '' ? [] : [`strpos(title, ${bind(search.trim())}) > 0`]),
    ],
    rows: (raws: readonly MeetingRow[], { who }) => raws.map((row) => (who.role === 'partner' ? { ...row, notes: '' } : row)),
  }),

  acts(addMeetingDoor, async ({ sql, who, nowMs, note }, { id, kind, title, heldDay, station, notes }) => {
    if (station !== null && (await sql.query('SELECT 1 FROM stations WHERE station_id = $1 AND district_id = $2', [station, who.district])).length === 0) return refuse('unknown_station')
    const rows = await sql.query(
      `INSERT INTO meetings (meeting_id, district_id, kind, title, held_day, station_id, notes, made_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1`,
      [id, who.district, kind, title, heldDay, station, notes, nowMs],
    )
    // Sent twice: it is there.
    if (rows.length > 0) await note({ act: 'meeting_added', kind: 'meeting', row: id, after: { kind, heldDay, station } })
    return answered({})
  }),

  acts(answerMeetingDoor, async ({ sql, who, nowMs, note }, { meeting, answer }) => {
    const rows = await sql.query('UPDATE meetings SET answer = $3, answered_at_ms = $4 WHERE meeting_id = $1 AND district_id = $2 RETURNING 1', [meeting, who.district, answer, nowMs])
    if (rows.length === 0) return refuse('unknown_meeting')
    await note({ act: 'meeting_answered', kind: 'meeting', row: meeting })
    return answered({})
  }),
]
