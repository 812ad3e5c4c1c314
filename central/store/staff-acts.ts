// SQL over what the operator does: write-offs, accepted facts, backups, and the list of all acts. Decides nothing.

import type { Queryable } from './database.ts'
import { onlyRow } from './database.ts'

export const WRITE_OFF_REASONS = ['lost', 'stolen', 'broken', 'copied', 'other'] as const
export type WriteOffReason = (typeof WRITE_OFF_REASONS)[number]

export interface HeldSlice {
  kind: 'rider_station' | 'program_station'
  district: string
  rider: string | null
  points: number
}

/** What a life of a file holds, the riders' by their ids, then the programme's. Locks these accounts. */
export async function lockHeldSlices(transaction: Queryable, station: string, incarnation: string): Promise<HeldSlice[]> {
  const rows = await transaction.query<HeldSlice>(
    `SELECT kind, district_id AS district, rider_id AS rider, balance AS points FROM accounts
     WHERE station_id = $1 AND incarnation = $2 AND balance > 0 ORDER BY district_id, account_key FOR UPDATE`,
    [station, incarnation],
  )
  return rows
}

export interface WriteOffRow {
  id: string
  district: string
  station: string
  incarnation: string
  staff: readonly [string, string]
  reason: WriteOffReason
  riders: number
  riderPoints: number
  programPoints: number
}

export async function countWriteOffs(queryable: Queryable, station: string, incarnation: string): Promise<number> {
  const sql = 'SELECT count(*) AS rows FROM write_offs WHERE station_id = $1 AND incarnation = $2'
  return onlyRow(await queryable.query<{ rows: number }>(sql, [station, incarnation])).rows
}

export async function insertWriteOff(transaction: Queryable, row: WriteOffRow, nowMs: number): Promise<void> {
  await transaction.query(
    `INSERT INTO write_offs (write_off_id, district_id, station_id, incarnation, staff_one, staff_two, reason, riders, rider_points, program_points, at_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [row.id, row.district, row.station, row.incarnation, row.staff[0], row.staff[1], row.reason, row.riders, row.riderPoints, row.programPoints, nowMs],
  )
}

/** Of these people, those who are staff of the district and active. */
export async function readActiveStaff(queryable: Queryable, district: string, staff: readonly string[]): Promise<Set<string>> {
  const rows = await queryable.query<{ id: string }>('SELECT staff_id AS id FROM staff WHERE district_id = $1 AND active AND staff_id = ANY($2::uuid[])', [district, staff])
  return new Set(rows.map(({ id }) => id))
}

export interface LateFact {
  station: string
  incarnation: string
  /** In whose ledger it was booked. */
  district: string
  code: string | null
  /** What `discrepancy` paid for it; 0 where it paid nothing. */
  points: number
  accepted: boolean
}

export async function findLateFact(queryable: Queryable, event: string): Promise<LateFact | null> {
  const [row] = await queryable.query<LateFact>(
    `SELECT events.station_id AS station, events.incarnation, events.code,
       coalesce(paid.district_id, events.district_id) AS district, coalesce(paid.points, 0)::bigint AS points,
       EXISTS (SELECT 1 FROM remedies WHERE remedies.event_id = events.event_id) AS accepted
     FROM events LEFT JOIN LATERAL (
       SELECT district_id, sum(points) AS points FROM transfers WHERE transfers.event_id = events.event_id AND from_key = 'discrepancy' GROUP BY district_id
     ) AS paid ON true
     WHERE events.event_id = $1`,
    [event],
  )
  return row ?? null
}

/** false: it is there already. */
export async function writeRemedy(transaction: Queryable, remedy: { event: string; district: string; points: number }, nowMs: number): Promise<boolean> {
  const rows = await transaction.query(
    `INSERT INTO remedies (event_id, district_id, remedy, points, at_ms) VALUES ($1, $2, 'accepted', $3, $4) ON CONFLICT DO NOTHING RETURNING 1`,
    [remedy.event, remedy.district, remedy.points, nowMs],
  )
  return rows.length > 0
}

/** Marks how far each file has got: what is dumped from now on reaches at least that far. Answers the backup's number. */
export async function beginBackup(transaction: Queryable, nowMs: number): Promise<number> {
  // One after the other: two may begin at once.
  await transaction.query('SELECT 1 FROM centrals FOR UPDATE')
  const { number } = onlyRow(
    await transaction.query<{ number: number }>('INSERT INTO backups (number, begun_at_ms) SELECT coalesce(max(number), 0) + 1, $1 FROM backups RETURNING number', [nowMs]),
  )
  await transaction.query(
    'INSERT INTO backup_marks (number, station_id, incarnation, last_seq) SELECT $1, station_id, incarnation, last_seq FROM incarnations',
    [number],
  )
  await transaction.query('DELETE FROM backup_marks WHERE number < $1', [number - MARKS_KEPT])
  return number
}

const MARKS_KEPT = 30

/** The backup is whole and verified: every file's events up to its mark are in it. false: there is no such backup, or its marks are gone. */
export async function confirmBackup(transaction: Queryable, number: number, nowMs: number): Promise<boolean> {
  const rows = await transaction.query(
    'UPDATE backups SET done_at_ms = coalesce(done_at_ms, $2) WHERE number = $1 RETURNING 1',
    [number, nowMs],
  )
  if (rows.length === 0) return false
  await transaction.query(
    `UPDATE incarnations SET backed_up_seq = greatest(backed_up_seq, marks.last_seq) FROM backup_marks AS marks
     WHERE marks.number = $1 AND marks.station_id = incarnations.station_id AND marks.incarnation = incarnations.incarnation`,
    [number],
  )
  return true
}

/** When the last backup that was confirmed had begun. */
export async function lastBackupMs(queryable: Queryable): Promise<number | null> {
  const [row] = await queryable.query<{ at: number | null }>('SELECT max(begun_at_ms) AS at FROM backups WHERE done_at_ms IS NOT NULL')
  return row?.at ?? null
}

export interface OperatorAct {
  id: string
  act: string
  /** What it was asked for, without a code or a key. */
  subject: Readonly<Record<string, unknown>>
  result: string
}

export async function writeOperatorAct(transaction: Queryable, act: OperatorAct, nowMs: number): Promise<void> {
  await transaction.query('INSERT INTO operator_acts (act_id, at_ms, act, subject, result) VALUES ($1, $2, $3, $4::jsonb, $5)', [
    act.id, nowMs, act.act, JSON.stringify(act.subject), act.result,
  ])
}
