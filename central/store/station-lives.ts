// SQL over what central knows of a station's lives beyond their sequence: states, hellos, rows of stations that join or come
// back. Decides nothing.

import type { IncarnationState } from '../../contract/sync/sync-protocol.ts'
import type { StationDetails } from '../keys/outside-log.ts'
import { onlyRow, type Queryable } from './database.ts'

export interface LifeRow {
  incarnation: string
  state: IncarnationState
  beganAtMs: number
  lastSeq: number
  /** The file that it replaced, as it said itself. */
  previous: string | null
}

export interface HelloRow {
  station: string
  incarnation: string
  claimedSeq: number
  /** Station minus central. */
  clockOffsetMs: number
  program: string
  previous: string | null
  /** The history under which it was said. */
  history: string
}

export interface JoiningStation {
  station: string
  district: string
  number: number
  /** Raw Ed25519, 32 bytes as base64url. */
  publicKey: string
  details: StationDetails
}

/** All lives of a station, in the order they began. */
export async function readLives(queryable: Queryable, station: string): Promise<LifeRow[]> {
  return queryable.query<LifeRow>(
    `SELECT incarnation, state, began_at_ms AS "beganAtMs", last_seq AS "lastSeq", previous FROM incarnations WHERE station_id = $1 ORDER BY began_at_ms, incarnation`,
    [station],
  )
}

export async function setLifeStates(transaction: Queryable, station: string, incarnations: readonly string[], state: IncarnationState): Promise<void> {
  if (incarnations.length === 0) return
  await transaction.query('UPDATE incarnations SET state = $3 WHERE station_id = $1 AND incarnation = ANY($2::uuid[])', [station, incarnations, state])
}

export async function writeHello(transaction: Queryable, hello: HelloRow, nowMs: number): Promise<void> {
  await transaction.query(
    `UPDATE incarnations SET hello_at_ms = $3, heard_at_ms = $3, claimed_seq = $4, clock_offset_ms = $5, program = $6,
       previous = coalesce(previous, $7), hello_history = $8
     WHERE station_id = $1 AND incarnation = $2`,
    [hello.station, hello.incarnation, nowMs, hello.claimedSeq, hello.clockOffsetMs, hello.program, hello.previous, hello.history],
  )
}

/** Whether staff have put another machine here since the last hello; asked once. */
export async function takeAdmission(transaction: Queryable, station: string): Promise<boolean> {
  const rows = await transaction.query('UPDATE stations SET admits_next = false WHERE station_id = $1 AND admits_next RETURNING 1', [station])
  return rows.length > 0
}

export async function admitNext(transaction: Queryable, station: string): Promise<void> {
  await transaction.query('UPDATE stations SET admits_next = true WHERE station_id = $1', [station])
}

export async function isDistrictKnown(queryable: Queryable, district: string): Promise<boolean> {
  return (await queryable.query('SELECT 1 FROM districts WHERE district_id = $1', [district])).length > 0
}

/** A new row, or a new key for the one that is there, whose other columns stay. false: the number is another station's. */
export async function writeStation(transaction: Queryable, joining: JoiningStation, nowMs: number): Promise<boolean> {
  const { station, district, number, publicKey, details } = joining
  const taken = await transaction.query('SELECT 1 FROM stations WHERE district_id = $1 AND number = $2 AND station_id <> $3', [district, number, station])
  if (taken.length > 0) return false
  await transaction.query(
    `INSERT INTO stations (station_id, district_id, number, name, brand, hotline, facilities, panel_pitch_mm, public_key, status, enrolled_at_ms)
     VALUES ($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7::jsonb, $8, $9, 'active', $10)
     ON CONFLICT (station_id) DO UPDATE SET public_key = excluded.public_key, enrolled_at_ms = excluded.enrolled_at_ms`,
    [
      station, district, number, JSON.stringify(details.name), JSON.stringify(details.brand), details.hotline, JSON.stringify(details.facilities),
      details.panelPitchMm, publicKey, nowMs,
    ],
  )
  return true
}

export async function setStationStatus(transaction: Queryable, station: string, status: 'active' | 'revoked'): Promise<void> {
  await transaction.query('UPDATE stations SET status = $2 WHERE station_id = $1', [station, status])
}

export async function readStationDetails(queryable: Queryable, station: string): Promise<StationDetails | null> {
  const sql = 'SELECT name, brand, hotline, facilities, panel_pitch_mm AS "panelPitchMm" FROM stations WHERE station_id = $1'
  return (await queryable.query<StationDetails>(sql, [station]))[0] ?? null
}

export async function isNumberTaken(queryable: Queryable, district: string, number: number): Promise<boolean> {
  return (await queryable.query('SELECT 1 FROM stations WHERE district_id = $1 AND number = $2', [district, number])).length > 0
}

/** Of the station of the district with the smallest number, for one of which nothing but its certificate is left. */
export async function readNeighbourDetails(queryable: Queryable, district: string): Promise<StationDetails | null> {
  const [row] = await queryable.query<StationDetails>(
    `SELECT name, brand, hotline, facilities, panel_pitch_mm AS "panelPitchMm" FROM stations WHERE district_id = $1 ORDER BY number LIMIT 1`,
    [district],
  )
  return row ?? null
}

export async function nextStationNumber(queryable: Queryable, district: string): Promise<number> {
  const sql = 'SELECT (coalesce(max(number), 0) + 1)::integer AS number FROM stations WHERE district_id = $1'
  return onlyRow(await queryable.query<{ number: number }>(sql, [district])).number
}

export interface OwnEvent {
  header: string
  body: Uint8Array
}

/** What a life of the station's file has sent, in its order, after `after`. */
export async function readOwnEvents(queryable: Queryable, station: string, incarnation: string, after: number, limit: number): Promise<OwnEvent[]> {
  return queryable.query<OwnEvent>(
    `SELECT header, body FROM events WHERE station_id = $1 AND incarnation = $2 AND seq > $3 ORDER BY seq LIMIT $4`,
    [station, incarnation, after, limit],
  )
}
