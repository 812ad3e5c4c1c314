// SQL over phone hand-offs: made for a station, opened once by a phone, told back to the station. Codes and tokens are hashes here.

import type { HandOffPurpose } from '../../contract/kiosk/hand-off.ts'
import { stationScope } from './change-scopes.ts'
import type { Queryable } from './database.ts'
import { WAKEUP_CHANNEL, wakeupPayload } from './wakeups.ts'

export interface HandOffRow {
  id: string
  district: string
  station: string
  rider: string | null
  purpose: HandOffPurpose
  codeEndsAtMs: number
  openedAtMs: number | null
  sessionEndsAtMs: number | null
  receivedAtMs: number | null
  closedAtMs: number | null
  registered: string | null
}

const COLUMNS = `hand_off_id AS id, district_id AS district, station_id AS station, rider_id AS rider, purpose, code_ends_at_ms AS "codeEndsAtMs", opened_at_ms AS "openedAtMs",
  session_ends_at_ms AS "sessionEndsAtMs", received_at_ms AS "receivedAtMs", closed_at_ms AS "closedAtMs", registered_id AS registered`

export interface NewHandOff extends Pick<HandOffRow, 'id' | 'district' | 'station' | 'rider' | 'purpose' | 'codeEndsAtMs'> {
  codeHash: Uint8Array
}

/** false: one of that id is there. */
export async function insertHandOff(transaction: Queryable, row: NewHandOff, nowMs: number): Promise<boolean> {
  const made = await transaction.query(
    `INSERT INTO hand_offs (hand_off_id, district_id, station_id, rider_id, purpose, code_hash, made_at_ms, code_ends_at_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (hand_off_id) DO NOTHING RETURNING 1`,
    [row.id, row.district, row.station, row.rider, row.purpose, row.codeHash, nowMs, row.codeEndsAtMs],
  )
  return made.length > 0
}

export async function countHandOffs(queryable: Queryable, station: string, sinceMs: number): Promise<number> {
  const [row] = await queryable.query<{ count: number }>('SELECT count(*) AS count FROM hand_offs WHERE station_id = $1 AND made_at_ms >= $2', [station, sinceMs])
  return row?.count ?? 0
}

export async function forgetHandOffs(transaction: Queryable, madeBeforeMs: number): Promise<void> {
  await transaction.query('DELETE FROM hand_offs WHERE made_at_ms < $1', [madeBeforeMs])
}

export async function findHandOff(queryable: Queryable, station: string, id: string): Promise<HandOffRow | null> {
  const [row] = await queryable.query<HandOffRow>(`SELECT ${COLUMNS} FROM hand_offs WHERE hand_off_id = $1 AND station_id = $2`, [id, station])
  return row ?? null
}

/** Locks it: of two phones one is first. */
export async function lockByCode(transaction: Queryable, codeHash: Uint8Array): Promise<HandOffRow | null> {
  const [row] = await transaction.query<HandOffRow>(`SELECT ${COLUMNS} FROM hand_offs WHERE code_hash = $1 FOR UPDATE`, [codeHash])
  return row ?? null
}

/** Locks it: what one session does it does one after the other. */
export async function lockBySession(transaction: Queryable, sessionHash: Uint8Array): Promise<HandOffRow | null> {
  const [row] = await transaction.query<HandOffRow>(`SELECT ${COLUMNS} FROM hand_offs WHERE session_hash = $1 FOR UPDATE`, [sessionHash])
  return row ?? null
}

export async function markOpened(transaction: Queryable, id: string, session: { hash: Uint8Array; endsAtMs: number }, nowMs: number): Promise<void> {
  await transaction.query('UPDATE hand_offs SET opened_at_ms = $2, session_hash = $3, session_ends_at_ms = $4 WHERE hand_off_id = $1', [id, nowMs, session.hash, session.endsAtMs])
}

export async function markReceived(transaction: Queryable, id: string, registered: string | null, nowMs: number): Promise<void> {
  await transaction.query('UPDATE hand_offs SET received_at_ms = coalesce(received_at_ms, $2), registered_id = coalesce(registered_id, $3) WHERE hand_off_id = $1', [id, nowMs, registered])
}

export async function markClosed(transaction: Queryable, station: string, id: string, nowMs: number): Promise<void> {
  await transaction.query('UPDATE hand_offs SET closed_at_ms = coalesce(closed_at_ms, $3) WHERE hand_off_id = $1 AND station_id = $2', [id, station, nowMs])
}

/** One stands at a kiosk at a time: whatever its station had open before this one is over, also where the word of that is still on its way. */
export async function closeOthers(transaction: Queryable, station: string, id: string, nowMs: number): Promise<void> {
  await transaction.query('UPDATE hand_offs SET closed_at_ms = $3 WHERE station_id = $1 AND hand_off_id <> $2 AND closed_at_ms IS NULL', [station, id, nowMs])
}

/** With the commit its station hears that something is new, and looks. */
export async function wakeStation(transaction: Queryable, { district, station }: Pick<HandOffRow, 'district' | 'station'>): Promise<void> {
  await transaction.query(`SELECT pg_notify('${WAKEUP_CHANNEL}', $1)`, [wakeupPayload(district, [stationScope(station)])])
}
