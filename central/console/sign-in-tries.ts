// How often a name was tried in vain: after a few times it rests, whether it exists or not, for every central process. Names
// are kept as hashes, for a quarter of an hour, and only so many.

import { createHash } from 'node:crypto'
import type { Queryable } from '../store/database.ts'

export const FAILED_MAX = 6
export const REST_MS = 15 * 60_000
const NAMES_MAX = 20_000

function hashName(signInName: string): string {
  return createHash('sha256').update(`boai/office-tries/1\n${signInName}`).digest('base64url')
}

export async function mustRest(sql: Queryable, signInName: string, nowMs: number): Promise<boolean> {
  const rows = await sql.query('SELECT 1 FROM office_tries WHERE name_hash = $1 AND failed >= $2 AND since_ms > $3', [hashName(signInName), FAILED_MAX, nowMs - REST_MS])
  return rows.length > 0
}

export async function noteFailure(transaction: Queryable, signInName: string, nowMs: number): Promise<void> {
  await transaction.query(
    `DELETE FROM office_tries WHERE since_ms <= $1
       OR name_hash IN (SELECT name_hash FROM office_tries ORDER BY since_ms DESC, name_hash OFFSET $2)`,
    [nowMs - REST_MS, NAMES_MAX],
  )
  await transaction.query(
    `INSERT INTO office_tries (name_hash, failed, since_ms) VALUES ($1, 1, $2)
     ON CONFLICT (name_hash) DO UPDATE SET failed = office_tries.failed + 1`,
    [hashName(signInName), nowMs],
  )
}

export async function forgetFailures(transaction: Queryable, signInName: string): Promise<void> {
  await transaction.query('DELETE FROM office_tries WHERE name_hash = $1', [hashName(signInName)])
}
