// Rows of accounts and invitations. An invitation is a code that opens one account once, within three days; the database
// holds its hash. Using one gives the account a new password and authenticator and ends every session of before.

import { createHash } from 'node:crypto'
import { encodeCrockford } from '../../contract/pass/crockford.ts'
import type { OfficeRole } from '../../contract/console/console-door.ts'
import { INVITATION_CODE } from '../../contract/console/session.ts'
import type { Queryable } from '../store/database.ts'

export const INVITATION_MS = 3 * 86_400_000
export const INVITATION_BYTES = 16

export interface AccountRow {
  id: string
  district: string
  station: string | null
  partner: string | null
  signInName: string
  name: string
  role: OfficeRole
  state: 'invited' | 'active' | 'closed'
  passwordHash: string | null
  totpBox: Uint8Array | null
  totpStepUsed: number
}

const COLUMNS = `office_accounts.account_id AS id, office_accounts.district_id AS district, station_id AS station, office_accounts.partner_id AS partner, sign_in_name AS "signInName", shown_name AS name, role, office_accounts.state,
  password_hash AS "passwordHash", totp_box AS "totpBox", totp_step_used AS "totpStepUsed"`

/** One who may sign in: neither he nor his organisation is closed. */
export async function findAccountToSignIn(sql: Queryable, signInName: string): Promise<AccountRow | null> {
  const [row] = await sql.query<AccountRow>(
    `SELECT ${COLUMNS} FROM office_accounts LEFT JOIN partners USING (partner_id)
     WHERE sign_in_name = $1 AND office_accounts.state = 'active' AND partners.state IS DISTINCT FROM 'closed'`,
    [signInName],
  )
  return row ?? null
}

export async function findAccountNamed(sql: Queryable, signInName: string): Promise<string | null> {
  const [row] = await sql.query<{ account: string }>('SELECT account_id AS account FROM office_accounts WHERE sign_in_name = $1', [signInName])
  return row?.account ?? null
}

export async function findAccount(sql: Queryable, account: string): Promise<Pick<AccountRow, 'id' | 'district'> | null> {
  const [row] = await sql.query<Pick<AccountRow, 'id' | 'district'>>('SELECT account_id AS id, district_id AS district FROM office_accounts WHERE account_id = $1', [account])
  return row ?? null
}

/** Locks it. */
export async function lockAccount(transaction: Queryable, district: string, account: string): Promise<AccountRow | null> {
  const [row] = await transaction.query<AccountRow>(`SELECT ${COLUMNS} FROM office_accounts WHERE account_id = $1 AND district_id = $2 FOR UPDATE`, [account, district])
  return row ?? null
}

export type NewAccountRow = Pick<AccountRow, 'id' | 'district' | 'station' | 'partner' | 'signInName' | 'name' | 'role'>

/** false: the name is taken. */
export async function insertAccount(transaction: Queryable, account: NewAccountRow, nowMs: number): Promise<boolean> {
  const rows = await transaction.query(
    `INSERT INTO office_accounts (account_id, district_id, station_id, partner_id, sign_in_name, shown_name, role, state, made_at_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'invited', $8) ON CONFLICT (sign_in_name) DO NOTHING RETURNING 1`,
    [account.id, account.district, account.station, account.partner, account.signInName, account.name, account.role, nowMs],
  )
  return rows.length > 0
}

/** false: those digits were used by another sign-in meanwhile. */
export async function useStep(transaction: Queryable, account: string, step: number): Promise<boolean> {
  const rows = await transaction.query('UPDATE office_accounts SET totp_step_used = $2 WHERE account_id = $1 AND totp_step_used < $2 RETURNING 1', [account, step])
  return rows.length > 0
}

export async function setSecrets(transaction: Queryable, account: string, secrets: { passwordHash: string; totpBox: Uint8Array; step: number }): Promise<void> {
  await transaction.query(
    `UPDATE office_accounts SET password_hash = $2, totp_box = $3, totp_step_used = $4, state = 'active' WHERE account_id = $1 AND state <> 'closed'`,
    [account, secrets.passwordHash, secrets.totpBox, secrets.step],
  )
}

export async function closeAccount(transaction: Queryable, account: string, nowMs: number): Promise<void> {
  await transaction.query(`UPDATE office_accounts SET state = 'closed', closed_at_ms = $2 WHERE account_id = $1`, [account, nowMs])
  await transaction.query('DELETE FROM office_invitations WHERE account_id = $1', [account])
}

export function makeInvitationCode(bytes: Uint8Array): string {
  return encodeCrockford(bytes)
}

export function readInvitationCode(typed: string): string | null {
  const code = typed.trim().toUpperCase()
  return INVITATION_CODE.test(code) ? code : null
}

export function hashInvitation(code: string): string {
  return createHash('sha256').update(`boai/office-invitation/1\n${code}`).digest('base64url')
}

/** The one before it opens nothing any more. */
export async function writeInvitation(transaction: Queryable, code: string, account: string, nowMs: number): Promise<number> {
  await transaction.query('DELETE FROM office_invitations WHERE account_id = $1 OR expires_at_ms <= $2', [account, nowMs])
  await transaction.query('INSERT INTO office_invitations (code_hash, account_id, made_at_ms, expires_at_ms) VALUES ($1, $2, $3, $4)', [
    hashInvitation(code), account, nowMs, nowMs + INVITATION_MS,
  ])
  return nowMs + INVITATION_MS
}

export async function findInvited(sql: Queryable, code: string, nowMs: number): Promise<AccountRow | null> {
  const [row] = await sql.query<AccountRow>(
    `SELECT ${COLUMNS} FROM office_invitations JOIN office_accounts USING (account_id) LEFT JOIN partners USING (partner_id)
     WHERE code_hash = $1 AND expires_at_ms > $2 AND office_accounts.state <> 'closed' AND partners.state IS DISTINCT FROM 'closed'`,
    [hashInvitation(code), nowMs],
  )
  return row ?? null
}

/** false: it was used meanwhile. */
export async function takeInvitation(transaction: Queryable, code: string): Promise<boolean> {
  return (await transaction.query('DELETE FROM office_invitations WHERE code_hash = $1 RETURNING 1', [hashInvitation(code)])).length > 0
}
