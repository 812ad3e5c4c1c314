// SQL over the time after a restore: the history that stations believe, and which of them are still missing.

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

/** Waits, from nothing, for each station that has a life which is not banned. Answers how many. */
export async function waitForStations(transaction: Queryable): Promise<number> {
  await transaction.query('DELETE FROM recovery_waits')
  const rows = await transaction.query(
    `INSERT INTO recovery_waits (station_id, district_id)
     SELECT station_id, district_id FROM stations
     WHERE EXISTS (SELECT 1 FROM incarnations WHERE incarnations.station_id = stations.station_id AND state <> 'banned')
     ORDER BY station_id RETURNING 1`,
  )
  return rows.length
}

/** The station's word since the restore: which file it runs and how far that has got. A new one is waited for like the others. */
export async function claimInRecovery(
  transaction: Queryable,
  claim: { station: string; district: string; incarnation: string; claimedSeq: number },
  nowMs: number,
): Promise<void> {
  await transaction.query(
    `INSERT INTO recovery_waits (station_id, district_id, incarnation, claimed_seq, hello_at_ms) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (station_id) DO UPDATE SET incarnation = excluded.incarnation, claimed_seq = excluded.claimed_seq, hello_at_ms = excluded.hello_at_ms`,
    [claim.station, claim.district, claim.incarnation, claim.claimedSeq, nowMs],
  )
}

/** Of the station, where it is waited for and has now brought all that this file claimed. false: nothing has changed. */
export async function markBack(transaction: Queryable, station: string, incarnation: string, lastSeq: number, nowMs: number): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE recovery_waits SET back_at_ms = $4 WHERE station_id = $1 AND incarnation = $2 AND claimed_seq <= $3 AND back_at_ms IS NULL RETURNING 1`,
    [station, incarnation, lastSeq, nowMs],
  )
  return rows.length > 0
}

/** Nobody waits for a station whose lives are all banned. false: nothing has changed. */
export async function stopWaitingFor(transaction: Queryable, station: string, nowMs: number): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE recovery_waits SET back_at_ms = $2 WHERE station_id = $1 AND back_at_ms IS NULL
       AND NOT EXISTS (SELECT 1 FROM incarnations WHERE incarnations.station_id = $1 AND state <> 'banned') RETURNING 1`,
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
