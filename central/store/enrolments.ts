// SQL over enrolment codes. A code itself stands nowhere: only its hash.

import type { StationDetails } from '../keys/outside-log.ts'
import type { Queryable } from './database.ts'

export interface EnrolmentCodeRow {
  /** SHA-256 of the code, lower-case hex. */
  codeHash: string
  district: string
  /** Who joins; there already where its machine is replaced. */
  station: string
  number: number
  details: StationDetails
  expiresAtMs: number
  /** The key that it brought in. */
  usedByKey: string | null
}

/** Earlier ones for the same station that nobody has used are over: a second machine by them would put the first one out. */
export async function writeEnrolmentCode(transaction: Queryable, row: Omit<EnrolmentCodeRow, 'usedByKey'>, nowMs: number): Promise<void> {
  await transaction.query('UPDATE enrolment_codes SET expires_at_ms = least(expires_at_ms, $2::bigint) WHERE station_id = $1 AND used_at_ms IS NULL', [row.station, nowMs])
  await transaction.query(
    `INSERT INTO enrolment_codes (code_hash, district_id, station_id, number, details, made_at_ms, expires_at_ms) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)`,
    [row.codeHash, row.district, row.station, row.number, JSON.stringify(row.details), nowMs, row.expiresAtMs],
  )
}

/** Codes of more than a day ago go. */
export async function forgetEnrolmentCodes(transaction: Queryable, beforeMs: number): Promise<void> {
  await transaction.query('DELETE FROM enrolment_codes WHERE expires_at_ms < $1', [beforeMs])
}

/** Locks it: of two machines with one code, one joins. */
export async function lockEnrolmentCode(transaction: Queryable, codeHash: string): Promise<EnrolmentCodeRow | null> {
  const [row] = await transaction.query<EnrolmentCodeRow>(
    `SELECT code_hash AS "codeHash", district_id AS district, station_id AS station, number, details, expires_at_ms AS "expiresAtMs", used_by_key AS "usedByKey"
     FROM enrolment_codes WHERE code_hash = $1 FOR UPDATE`,
    [codeHash],
  )
  return row ?? null
}

export async function markEnrolmentCodeUsed(transaction: Queryable, codeHash: string, key: string, nowMs: number): Promise<void> {
  await transaction.query('UPDATE enrolment_codes SET used_at_ms = $3, used_by_key = $2 WHERE code_hash = $1', [codeHash, key, nowMs])
}
