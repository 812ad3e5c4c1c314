// SQL over who registered: riders with their first card, what is kept of them (opened elsewhere), who gave the same phone, and
// which text was agreed to. Knows no name.

import type { Platform, RedCross } from '../../domain/registering.ts'
import type { Queryable } from './database.ts'

export interface RegisteredRider {
  rider: string
  district: string
  /** Where he registered and is at home. */
  station: string
  platform: Platform
  redCross: RedCross
  volunteerTeam: boolean
  consentVersion: number
  /** Of his first card. */
  issueDay: number
}

/** What is kept of a person, under his key and by keyed hashes, and what a screen may show. */
export interface PersonRow {
  rider: string
  maskedName: string
  phoneTail: string
  site: string
  person: Uint8Array
  nameIndex: Uint8Array
  phoneIndex: Uint8Array | null
}

export interface NewCard {
  card: number
  issueDay: number
  keyId: number
}

/** With his first card, if there is a key to issue it with, and mirrored by his station. One who is there already stays as he is. */
export async function registerRiders(transaction: Queryable, riders: readonly RegisteredRider[], nowMs: number): Promise<void> {
  if (riders.length === 0) return
  const rows = JSON.stringify(riders)
  const columns = `r(rider uuid, district uuid, station uuid, platform text, "redCross" text, "volunteerTeam" boolean, "consentVersion" integer, "issueDay" integer)`
  const made = await transaction.query<{ rider: string }>(
    `INSERT INTO riders (rider_id, district_id, platform, site, phone_tail, standing, hide_balance, home_station_id, red_cross, volunteer_team, consent_version,
       registered_at_ms, registered_station_id)
     SELECT rider, district, platform, '', '', 'active', false, station, "redCross", "volunteerTeam", "consentVersion", $2, station
     FROM json_to_recordset($1::json) AS ${columns} ORDER BY rider ON CONFLICT (rider_id) DO NOTHING RETURNING rider_id AS rider`,
    [rows, nowMs],
  )
  const fresh = made.map(({ rider }) => rider)
  await transaction.query(
    `INSERT INTO cards (district_id, holder_kind, holder_id, card, issue_day, key_id)
     SELECT district, 'rider', rider, 1, "issueDay", (SELECT max(key_id) FROM pass_keys) FROM json_to_recordset($1::json) AS ${columns}
     WHERE rider = ANY($2::uuid[]) AND EXISTS (SELECT 1 FROM pass_keys)`,
    [rows, fresh],
  )
  await transaction.query(
    `INSERT INTO station_riders (district_id, station_id, rider_id, added_at_ms)
     SELECT district, station, rider, $3 FROM json_to_recordset($1::json) AS ${columns} WHERE rider = ANY($2::uuid[])`,
    [rows, fresh, nowMs],
  )
}

export async function writePersons(transaction: Queryable, persons: readonly PersonRow[]): Promise<void> {
  const hex = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('hex'))
  if (persons.length === 0) return
  await transaction.query(
    `UPDATE riders SET masked_name = r."maskedName", phone_tail = r."phoneTail", site = r.site, person = decode(r.person, 'hex'), full_name = NULL,
       name_index = decode(r."nameIndex", 'hex'), phone_index = decode(r."phoneIndex", 'hex')
     FROM json_to_recordset($1::json) AS r(rider uuid, "maskedName" text, "phoneTail" text, site text, person text, "nameIndex" text, "phoneIndex" text)
     WHERE riders.rider_id = r.rider`,
    [JSON.stringify(persons.map((row) => ({ ...row, person: hex(row.person), nameIndex: hex(row.nameIndex), phoneIndex: hex(row.phoneIndex) })))],
  )
}

/** Notes for staff who else of the district gave the same phone; once a pair. */
export async function noteSamePhones(transaction: Queryable, riders: readonly string[], nowMs: number): Promise<void> {
  if (riders.length === 0) return
  await transaction.query(
    `INSERT INTO same_phones (rider_id, other_id, district_id, found_at_ms)
     SELECT least(riders.rider_id, others.rider_id), greatest(riders.rider_id, others.rider_id), riders.district_id, $2 FROM riders
       JOIN riders AS others ON others.district_id = riders.district_id AND others.phone_index = riders.phone_index AND others.rider_id <> riders.rider_id
     WHERE riders.rider_id = ANY($1::uuid[]) ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
    [riders, nowMs],
  )
}

/** The first card of whoever registered there since then and has it still; null: it is nobody's to hand out. */
export async function findNewCard(queryable: Queryable, { rider, station, sinceMs }: { rider: string; station: string; sinceMs: number }): Promise<NewCard | null> {
  const [row] = await queryable.query<NewCard>(
    `SELECT card, issue_day AS "issueDay", key_id AS "keyId" FROM riders JOIN cards ON holder_id = rider_id AND holder_kind = 'rider'
     WHERE rider_id = $1 AND registered_station_id = $2 AND registered_at_ms >= $3 AND card = 1 AND revoked_at_ms IS NULL`,
    [rider, station, sinceMs],
  )
  return row ?? null
}

export async function writeConsent(transaction: Queryable, district: string, text: { zh: string; en: string }, nowMs: number): Promise<number> {
  const version = (await readConsentVersion(transaction, district)) + 1
  await transaction.query('INSERT INTO consent_texts (district_id, version, text, made_at_ms) VALUES ($1, $2, $3, $4)', [district, version, JSON.stringify(text), nowMs])
  return version
}

export async function readConsentVersion(queryable: Queryable, district: string): Promise<number> {
  const [row] = await queryable.query<{ version: number | null }>('SELECT max(version) AS version FROM consent_texts WHERE district_id = $1', [district])
  return row?.version ?? 0
}

/** Of a rider who is there and is locked. */
export async function erasePerson(transaction: Queryable, rider: string, nowMs: number): Promise<void> {
  await transaction.query('INSERT INTO erased_persons (rider_id, district_id, erased_at_ms) SELECT rider_id, district_id, $2 FROM riders WHERE rider_id = $1', [rider, nowMs])
  await transaction.query('DELETE FROM person_keys WHERE rider_id = $1', [rider])
  await transaction.query('UPDATE words SET kept = NULL WHERE rider_id = $1', [rider])
  await transaction.query('UPDATE cards SET revoked_at_ms = coalesce(revoked_at_ms, $2) WHERE holder_id = $1', [rider, nowMs])
  await transaction.query('UPDATE same_phones SET settled_at_ms = coalesce(settled_at_ms, $2) WHERE rider_id = $1 OR other_id = $1', [rider, nowMs])
  await transaction.query('DELETE FROM station_riders WHERE rider_id = $1', [rider])
  await transaction.query(
    `UPDATE riders SET full_name = NULL, masked_name = '*', person = NULL, name_index = NULL, phone_index = NULL, phone_tail = '', site = '', platform = 'other',
       red_cross = 'none', volunteer_team = false, standing = 'suspended' WHERE rider_id = $1`,
    [rider],
  )
}
