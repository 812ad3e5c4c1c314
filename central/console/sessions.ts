// Sessions of the office, in the database, so that any of them can be ended: by its owner, by staff, by idling, by age. A
// browser holds a random token; the database only its hash.

import { createHash } from 'node:crypto'
import type { SESSION_ENDS } from '../../contract/console/session.ts'
import type { OfficeRole } from '../../contract/console/console-door.ts'
import type { Queryable } from '../store/database.ts'
import type { SignedIn } from './office-moment.ts'

export const IDLE_MS_MAX = 30 * 60_000
export const SESSION_MS_MAX = 12 * 3_600_000
/** A person has a few browsers; the oldest session makes room. */
export const SESSIONS_MAX = 8
/** How exactly it is known when a session was last used. */
const SEEN_EVERY_MS = 60_000
const KEPT_MS = 30 * 86_400_000

export type SessionEnd = (typeof SESSION_ENDS)[number]

export function hashToken(token: string): string {
  return createHash('sha256').update(`boai/office-session/1\n${token}`).digest('base64url')
}

/** Whose session it is, if it is open; from now on it was seen. */
export async function findSession(sql: Queryable, token: string, nowMs: number): Promise<SignedIn | null> {
  const [row] = await sql.query<SignedIn & { role: OfficeRole; seenAtMs: number }>(
    `SELECT a.account_id AS account, s.session_id AS session, a.shown_name AS name, a.role, a.district_id AS district, a.station_id AS station, a.partner_id AS partner, s.seen_at_ms AS "seenAtMs"
     FROM office_sessions AS s JOIN office_accounts AS a USING (account_id) LEFT JOIN partners USING (partner_id)
     WHERE s.token_hash = $1 AND s.ended_at_ms IS NULL AND s.seen_at_ms > $2 AND s.began_at_ms > $3 AND a.state = 'active' AND partners.state IS DISTINCT FROM 'closed'`,
    [hashToken(token), nowMs - IDLE_MS_MAX, nowMs - SESSION_MS_MAX],
  )
  if (row === undefined) return null
  const { seenAtMs, ...who } = row
  if (nowMs - seenAtMs >= SEEN_EVERY_MS) await sql.query('UPDATE office_sessions SET seen_at_ms = greatest(seen_at_ms, $2) WHERE session_id = $1', [who.session, nowMs])
  return who
}

export interface NewSession {
  id: string
  account: string
  token: string
  browser: string
}

export async function beginSession(transaction: Queryable, session: NewSession, nowMs: number): Promise<void> {
  await transaction.query('DELETE FROM office_sessions WHERE account_id = $1 AND began_at_ms < $2', [session.account, nowMs - KEPT_MS])
  await transaction.query(
    `UPDATE office_sessions SET ended_at_ms = $2, ended_why = 'too_many' WHERE session_id IN (
       SELECT session_id FROM office_sessions WHERE account_id = $1 AND ended_at_ms IS NULL ORDER BY began_at_ms DESC, session_id OFFSET $3)`,
    [session.account, nowMs, SESSIONS_MAX - 1],
  )
  await transaction.query(
    'INSERT INTO office_sessions (session_id, account_id, token_hash, browser, began_at_ms, seen_at_ms) VALUES ($1, $2, $3, $4, $5, $5)',
    [session.id, session.account, hashToken(session.token), session.browser, nowMs],
  )
}

/** false: it had ended, or is not of the district. */
export async function endSession(transaction: Queryable, which: { session: string; account: string | null; district: string }, why: SessionEnd, nowMs: number): Promise<string | null> {
  const [row] = await transaction.query<{ account: string }>(
    `UPDATE office_sessions SET ended_at_ms = $4, ended_why = $5 FROM office_accounts AS a
     WHERE session_id = $1 AND a.account_id = office_sessions.account_id AND a.district_id = $2 AND ($3::uuid IS NULL OR a.account_id = $3) AND ended_at_ms IS NULL
     RETURNING a.account_id AS account`,
    [which.session, which.district, which.account, nowMs, why],
  )
  return row?.account ?? null
}

export async function endSessionsOf(transaction: Queryable, account: string, why: SessionEnd, nowMs: number): Promise<void> {
  await transaction.query('UPDATE office_sessions SET ended_at_ms = $2, ended_why = $3 WHERE account_id = $1 AND ended_at_ms IS NULL', [account, nowMs, why])
}

const BROWSERS = [['Edg/', 'Edge'], ['MicroMessenger', 'WeChat'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']] as const
const SYSTEMS = [['Windows', 'Windows'], ['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Mac OS', 'macOS'], ['Linux', 'Linux']] as const

/** A few words by which a person knows a session again; what the browser says of itself is not kept. */
export function nameBrowser(userAgent: string | undefined): string {
  const named = (list: readonly (readonly [string, string])[]): string | undefined => list.find(([part]) => userAgent?.includes(part) ?? false)?.[1]
  return [named(BROWSERS), named(SYSTEMS)].filter((word) => word !== undefined).join(' · ') || '?'
}
