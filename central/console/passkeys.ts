// Passkeys by @simplewebauthn/server: it reads what a browser sends and checks signature, origin and challenge; this file keeps
// challenges that count once, and which key is whose. A key signs in by itself only because the device has verified the person.

import {
  type AuthenticationResponseJSON, generateAuthenticationOptions, generateRegistrationOptions, type RegistrationResponseJSON, verifyAuthenticationResponse, verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { PASSKEYS_MAX } from '../../contract/console/passkeys.ts'
import type { Queryable } from '../store/database.ts'

const NAME = '博爱小站 Boai Station'
const ANSWER_MS_MAX = 5 * 60_000
const CHALLENGES_MAX = 10_000
/** EdDSA, ES256, RS256: what devices have. */
const ALGORITHMS = [-8, -7, -257]

interface PasskeyRaw {
  account: string
  publicKey: Uint8Array
  counter: number
  transports: string[]
}

/** For a key of a person who has signed in. null: he has as many as there may be. */
export async function newPasskeyOptions(sql: Queryable, origin: string, person: { account: string; signInName: string; name: string }, nowMs: number): Promise<object | null> {
  const known = await sql.query<{ id: string }>('SELECT credential_id AS id FROM office_passkeys WHERE account_id = $1', [person.account])
  if (known.length >= PASSKEYS_MAX) return null
  const options = await generateRegistrationOptions({
    rpName: NAME, rpID: hostOf(origin), userID: new Uint8Array(Buffer.from(person.account)), userName: person.signInName, userDisplayName: person.name, attestationType: 'none', supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, excludeCredentials: known, timeout: ANSWER_MS_MAX,
  })
  await keepChallenge(sql, options.challenge, person.account, nowMs)
  return options
}

/** false: what came is no good new key. */
export async function addPasskey(sql: Queryable, origin: string, key: { id: string; account: string; name: string; response: object }, nowMs: number): Promise<boolean> {
  const checked = await verifyRegistrationResponse({
    response: key.response as RegistrationResponseJSON, expectedOrigin: origin, expectedRPID: hostOf(origin), requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS,
    expectedChallenge: (challenge) => takeChallenge(sql, challenge, key.account, nowMs),
  }).catch(refusedBy)
  if (checked === null || !checked.verified) return false
  const { credential } = checked.registrationInfo
  const rows = await sql.query(
    `INSERT INTO office_passkeys (passkey_id, account_id, credential_id, public_key, counter, transports, name, made_at_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1`,
    [key.id, key.account, credential.id, credential.publicKey, credential.counter, credential.transports ?? [], key.name, nowMs],
  )
  return rows.length > 0
}

/** For whoever wants to sign in: which keys there are is not said. */
export async function passkeyOptions(sql: Queryable, origin: string, nowMs: number): Promise<object> {
  const options = await generateAuthenticationOptions({ rpID: hostOf(origin), userVerification: 'required', timeout: ANSWER_MS_MAX })
  await keepChallenge(sql, options.challenge, null, nowMs)
  return options
}

/** Whose key has signed; null: nobody's that we know, or not this. */
export async function takePasskey(sql: Queryable, origin: string, response: { id: string }, nowMs: number): Promise<string | null> {
  const [key] = await sql.query<PasskeyRaw>(
    `SELECT office_passkeys.account_id AS account, public_key AS "publicKey", counter, transports FROM office_passkeys JOIN office_accounts AS a USING (account_id) LEFT JOIN partners USING (partner_id)
     WHERE credential_id = $1 AND a.state = 'active' AND partners.state IS DISTINCT FROM 'closed' FOR UPDATE OF office_passkeys`,
    [response.id],
  )
  if (key === undefined) return null
  const checked = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON, expectedOrigin: origin, expectedRPID: hostOf(origin), requireUserVerification: true,
    expectedChallenge: (challenge) => takeChallenge(sql, challenge, null, nowMs),
    credential: { id: response.id, publicKey: new Uint8Array(key.publicKey), counter: key.counter, transports: key.transports },
  }).catch(refusedBy)
  if (checked === null || !checked.verified) return null
  await sql.query('UPDATE office_passkeys SET counter = $2, used_at_ms = $3 WHERE credential_id = $1', [response.id, checked.authenticationInfo.newCounter, nowMs])
  return key.account
}

export async function removePasskey(sql: Queryable, account: string, passkey: string): Promise<boolean> {
  return (await sql.query('DELETE FROM office_passkeys WHERE passkey_id = $1 AND account_id = $2 RETURNING 1', [passkey, account])).length > 0
}

/** A person who is invited anew begins with none. */
export async function removePasskeysOf(sql: Queryable, account: string): Promise<void> {
  await sql.query('DELETE FROM office_passkeys WHERE account_id = $1', [account])
}

async function keepChallenge(sql: Queryable, challenge: string, account: string | null, nowMs: number): Promise<void> {
  await sql.query('DELETE FROM office_challenges WHERE made_at_ms <= $1 OR challenge IN (SELECT challenge FROM office_challenges ORDER BY made_at_ms DESC, challenge OFFSET $2)', [nowMs - ANSWER_MS_MAX, CHALLENGES_MAX])
  await sql.query('INSERT INTO office_challenges (challenge, account_id, made_at_ms) VALUES ($1, $2, $3)', [challenge, account, nowMs])
}

async function takeChallenge(sql: Queryable, challenge: string, account: string | null, nowMs: number): Promise<boolean> {
  const rows = await sql.query('DELETE FROM office_challenges WHERE challenge = $1 AND account_id IS NOT DISTINCT FROM $2::uuid AND made_at_ms > $3 RETURNING 1', [challenge, account, nowMs - ANSWER_MS_MAX])
  return rows.length > 0
}

function hostOf(origin: string): string {
  return new URL(origin).hostname
}

/** The library says with an error what is wrong with what came; the database's own errors go on. */
function refusedBy(error: unknown): null {
  if (error instanceof Error && !('code' in error && /^[0-9A-Z]{5}$/.test(String(error.code)))) return null
  throw error
}
