// SQL over the time after a restore: the history that stations believe, and which lives of their files are still missing.

import type { Queryable } from './database.ts'
import { onlyRow } from './database.ts'

export interface CentralRow {
  history: string
  recoveringSinceMs: number | null
  /** When it was last noticed that this is a backup. */
  restoredAtMs: number | null
}

/** Stations may not move while what they are waited for is decided: every row of theirs, in the order of their ids. */
export async function lockEveryStation(transaction: Queryable): Promise<void> {
  await transaction.query('SELECT 1 FROM stations ORDER BY station_id FOR NO KEY UPDATE')
}

/** Locks it, after every lock on a station. */
export async function lockCentral(transaction: Queryable): Promise<CentralRow> {
  return onlyRow(
    await transaction.query<CentralRow>('SELECT history, recovering_since_ms AS "recoveringSinceMs", restored_at_ms AS "restoredAtMs" FROM centrals FOR UPDATE'),
  )
}

export async function writeCentral(transaction: Queryable, central: CentralRow): Promise<void> {
  await transaction.query('UPDATE centrals SET history = $1, recovering_since_ms = $2, restored_at_ms = $3', [
    central.history, central.recoveringSinceMs, central.restoredAtMs,
  ])
}

/** A file that was silent for longer before the last word of all, and holds nothing, is not waited for. */
const HEARD_WITHIN_MS = 60 * 86_400_000

/** Waits, from nothing, for each life that is not banned and holds slices or was heard lately. Answers how many. */
export async function waitForLives(transaction: Queryable, nowMs: number): Promise<number> {
  await transaction.query('DELETE FROM recovery_waits')
  const rows = await transaction.query(
    `INSERT INTO recovery_waits (station_id, district_id, incarnation, since_ms)
     SELECT station_id, district_id, incarnation, $2 FROM incarnations
     WHERE state <> 'banned' AND (
       heard_at_ms >= (SELECT max(heard_at_ms) FROM incarnations) - $1
       OR EXISTS (SELECT 1 FROM accounts WHERE accounts.station_id = incarnations.station_id AND accounts.incarnation = incarnations.incarnation AND balance > 0)
     )
     ORDER BY station_id, incarnation RETURNING 1`,
    [HEARD_WITHIN_MS, nowMs],
  )
  return rows.length
}

/** Nothing is known of how far it has got. One that is waited for already, or is back, stays as it is. */
export async function waitForLife(transaction: Queryable, life: { station: string; district: string; incarnation: string }, nowMs: number): Promise<void> {
  await transaction.query('INSERT INTO recovery_waits (station_id, district_id, incarnation, since_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (station_id, incarnation) DO NOTHING', [
    life.station, life.district, life.incarnation, nowMs,
  ])
}

export interface RecoveryClaim {
  station: string
  district: string
  incarnation: string
  claimedSeq: number
  /** Its own hello; else the word of the file that replaced it. */
  isOwnWord: boolean
}

/** How far that file has got, by the station's word since the restore. A new one is waited for like the others; who claims more than before is not back yet. */
export async function claimInRecovery(transaction: Queryable, claim: RecoveryClaim, nowMs: number): Promise<void> {
  await transaction.query(
    `INSERT INTO recovery_waits AS waits (station_id, district_id, incarnation, claimed_seq, hello_at_ms, since_ms) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (station_id, incarnation) DO UPDATE SET
       claimed_seq = greatest(waits.claimed_seq, excluded.claimed_seq), hello_at_ms = coalesce(excluded.hello_at_ms, waits.hello_at_ms),
       since_ms = CASE WHEN waits.back_at_ms IS NULL OR waits.claimed_seq >= excluded.claimed_seq THEN waits.since_ms ELSE excluded.since_ms END,
       back_at_ms = CASE WHEN waits.claimed_seq >= excluded.claimed_seq THEN waits.back_at_ms END`,
    [claim.station, claim.district, claim.incarnation, claim.claimedSeq, claim.isOwnWord ? nowMs : null, nowMs],
  )
}

/** Of the life, where it is waited for and has now brought all that was claimed. false: nothing has changed. */
export async function markBack(transaction: Queryable, station: string, incarnation: string, lastSeq: number, nowMs: number): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE recovery_waits SET back_at_ms = $4 WHERE station_id = $1 AND incarnation = $2 AND claimed_seq <= $3 AND back_at_ms IS NULL RETURNING 1`,
    [station, incarnation, lastSeq, nowMs],
  )
  return rows.length > 0
}

/** Nobody waits for the lives of a station that are banned, nor for any of one that is revoked. false: nothing has changed. */
export async function stopWaitingFor(transaction: Queryable, station: string, nowMs: number): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE recovery_waits AS waits SET back_at_ms = $2 WHERE station_id = $1 AND back_at_ms IS NULL AND (
       EXISTS (SELECT 1 FROM incarnations AS lives WHERE lives.station_id = $1 AND lives.incarnation = waits.incarnation AND state = 'banned')
       OR EXISTS (SELECT 1 FROM stations WHERE stations.station_id = $1 AND status = 'revoked')
     ) RETURNING 1`,
    [station, nowMs],
  )
  return rows.length > 0
}

export async function countMissing(queryable: Queryable): Promise<number> {
  const { missing } = onlyRow(await queryable.query<{ missing: number }>('SELECT count(*) AS missing FROM recovery_waits WHERE back_at_ms IS NULL'))
  return missing
}

export async function readRestoredAtMs(queryable: Queryable): Promise<number | null> {
  return onlyRow(await queryable.query<{ at: number | null }>('SELECT restored_at_ms AS at FROM centrals')).at
}
