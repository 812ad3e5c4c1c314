// SQL over wishes, their texts, leases and history, and over the wall of a district. What may happen to a wish is the domain's.

import type { Wish } from '../../domain/wish.ts'
import type { ClaimantNews, WishFlag } from '../../domain/wish.ts'
import type { WishAct } from '../../domain/wish-history.ts'
import type { WishCategory } from '../../contract/kiosk/wish-view.ts'
import type { Queryable } from './database.ts'

export interface WishRow extends Wish {
  id: string
  /** The rider's. */
  district: string
  rider: string
  station: string | null
  category: WishCategory
  shown: 'named' | 'anonymous'
  reach: 'station' | 'staff_phone'
  postedAtMs: number
  changedAtMs: number
  isPublic: boolean
  publicText: string | null
  publicWho: string | null
  staffWords: string | null
  fulfilmentWords: string | null
  fulfilmentPhoto: string | null
  /** Lines of its history. */
  lines: number
}

export interface WishVersionRow {
  wish: string
  version: number
  district: string
  wordsRef: string
  commitment: string
  writtenAtMs: number
}

export interface WishLine {
  wish: string
  line: number
  district: string
  atMs: number
  act: WishAct
  claim: number
  version: number | null
  untilMs: number | null
  partner: string | null
  account: string | null
  event: string | null
  flag: WishFlag | null
  words: string | null
}

export interface ClaimNewsRow extends ClaimantNews {
  wish: string
  line: number
  district: string
  claim: number
  atMs: number
}

export type ClaimEnd = 'lapsed' | 'given_back' | 'partner_closed' | 'withdrawn' | 'confirmed'

export interface ClaimRow {
  wish: string
  number: number
  district: string
  grantedAtMs: number
  untilMs: number
  fulfilledAtMs: number | null
  endedAtMs: number | null
  endedAs: ClaimEnd | null
}

export interface ClaimMemberRow {
  wish: string
  number: number
  partner: string
  district: string
  name: { zh: string; en: string }
  joinedAtMs: number
  leftAtMs: number | null
}

const WISH_COLUMNS = `wish_id AS id, district_id AS district, rider_id AS rider, station_id AS station, category, shown, reach, posted_at_ms AS "postedAtMs",
  stage, claim, until_ms AS "untilMs", extensions, again, version, review, approved_version AS "approvedVersion", seen_version AS "seenVersion", not_yet AS "notYet",
  changed_at_ms AS "changedAtMs", is_public AS "isPublic", public_text AS "publicText", public_who AS "publicWho", staff_words AS "staffWords",
  fulfilment_words AS "fulfilmentWords", fulfilment_photo AS "fulfilmentPhoto", lines`

const WISH_RECORD = `"id" uuid, "district" uuid, "rider" uuid, "station" uuid, "category" text, "shown" text, "reach" text, "postedAtMs" bigint, "stage" text, "claim" integer,
  "untilMs" bigint, "extensions" integer, "again" boolean, "version" integer, "review" text, "approvedVersion" integer, "seenVersion" integer, "notYet" boolean,
  "changedAtMs" bigint, "isPublic" boolean, "publicText" text, "publicWho" text, "staffWords" text, "fulfilmentWords" text, "fulfilmentPhoto" text, "lines" integer`

/** Whose each is, for those that exist. */
export async function readWishRiders(queryable: Queryable, wishes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (wishes.length === 0) return new Map()
  const rows = await queryable.query<{ wish: string; rider: string }>('SELECT wish_id AS wish, rider_id AS rider FROM wishes WHERE wish_id = ANY($1::uuid[])', [wishes])
  return new Map(rows.map(({ wish, rider }) => [wish, rider]))
}

/** Locks those that exist, by id. */
export async function lockWishes(transaction: Queryable, wishes: readonly string[]): Promise<ReadonlyMap<string, WishRow>> {
  if (wishes.length === 0) return new Map()
  const rows = await transaction.query<WishRow>(
    `SELECT ${WISH_COLUMNS} FROM wishes WHERE wish_id = ANY($1::uuid[]) ORDER BY wish_id FOR NO KEY UPDATE`, [wishes],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export async function insertWishes(transaction: Queryable, wishes: readonly WishRow[]): Promise<void> {
  if (wishes.length === 0) return
  await transaction.query(
    `INSERT INTO wishes (wish_id, district_id, rider_id, station_id, category, shown, reach, posted_at_ms, stage, claim, until_ms, extensions, again, version, review,
       approved_version, seen_version, not_yet, changed_at_ms, is_public, public_text, public_who, staff_words, fulfilment_words, fulfilment_photo, lines)
     SELECT * FROM json_to_recordset($1::json) AS r(${WISH_RECORD})`,
    [JSON.stringify(wishes)],
  )
}

export async function updateWishes(transaction: Queryable, wishes: readonly WishRow[]): Promise<void> {
  if (wishes.length === 0) return
  await transaction.query(
    `UPDATE wishes SET stage = r.stage, claim = r.claim, until_ms = r."untilMs", extensions = r.extensions, again = r.again, version = r.version, review = r.review,
       approved_version = r."approvedVersion", seen_version = r."seenVersion", not_yet = r."notYet", changed_at_ms = r."changedAtMs", is_public = r."isPublic",
       public_text = r."publicText", public_who = r."publicWho", staff_words = r."staffWords", fulfilment_words = r."fulfilmentWords",
       fulfilment_photo = r."fulfilmentPhoto", lines = r.lines
     FROM json_to_recordset($1::json) AS r(${WISH_RECORD}) WHERE wish_id = r.id`,
    [JSON.stringify(wishes)],
  )
}

export async function writeWishVersions(transaction: Queryable, versions: readonly WishVersionRow[]): Promise<void> {
  if (versions.length === 0) return
  await transaction.query(
    `INSERT INTO wish_versions (wish_id, version, district_id, words_ref, commitment, written_at_ms)
     SELECT * FROM json_to_recordset($1::json) AS r("wish" uuid, "version" integer, "district" uuid, "wordsRef" uuid, "commitment" text, "writtenAtMs" bigint)`,
    [JSON.stringify(versions)],
  )
}

export async function writeWishLines(transaction: Queryable, lines: readonly WishLine[]): Promise<void> {
  if (lines.length === 0) return
  await transaction.query(
    `INSERT INTO wish_history (wish_id, line, district_id, at_ms, act, claim, version, until_ms, partner_id, account_id, event_id, flag, words)
     SELECT * FROM json_to_recordset($1::json) AS r("wish" uuid, "line" integer, "district" uuid, "atMs" bigint, "act" text, "claim" integer, "version" integer,
       "untilMs" bigint, "partner" uuid, "account" uuid, "event" uuid, "flag" text, "words" text)`,
    [JSON.stringify(lines)],
  )
}

export async function writeClaimNews(transaction: Queryable, news: readonly ClaimNewsRow[]): Promise<void> {
  if (news.length === 0) return
  await transaction.query(
    `INSERT INTO claim_news (wish_id, line, district_id, claim, what, took, at_ms)
     SELECT * FROM json_to_recordset($1::json) AS r("wish" uuid, "line" integer, "district" uuid, "claim" integer, "what" text, "took" boolean, "atMs" bigint)`,
    [JSON.stringify(news)],
  )
}

/** New ones, and those that are there as they are now. */
export async function writeClaims(transaction: Queryable, claims: readonly ClaimRow[]): Promise<void> {
  if (claims.length === 0) return
  await transaction.query(
    `INSERT INTO claims (wish_id, number, district_id, granted_at_ms, until_ms, fulfilled_at_ms, ended_at_ms, ended_as)
     SELECT * FROM json_to_recordset($1::json) AS r("wish" uuid, "number" integer, "district" uuid, "grantedAtMs" bigint, "untilMs" bigint, "fulfilledAtMs" bigint,
       "endedAtMs" bigint, "endedAs" text)
     ON CONFLICT (wish_id, number) DO UPDATE SET until_ms = excluded.until_ms, fulfilled_at_ms = excluded.fulfilled_at_ms, ended_at_ms = excluded.ended_at_ms,
       ended_as = excluded.ended_as`,
    [JSON.stringify(claims)],
  )
}

/** Of these wishes, the lease that holds; under their locks. */
export async function readHoldingClaims(queryable: Queryable, wishes: readonly string[]): Promise<ReadonlyMap<string, ClaimRow>> {
  if (wishes.length === 0) return new Map()
  const rows = await queryable.query<ClaimRow>(
    `SELECT wish_id AS wish, number, district_id AS district, granted_at_ms AS "grantedAtMs", until_ms AS "untilMs", fulfilled_at_ms AS "fulfilledAtMs",
       ended_at_ms AS "endedAtMs", ended_as AS "endedAs"
     FROM claims WHERE wish_id = ANY($1::uuid[]) AND ended_at_ms IS NULL`,
    [wishes],
  )
  return new Map(rows.map((row) => [row.wish, row]))
}

export async function writeClaimMembers(transaction: Queryable, members: readonly ClaimMemberRow[]): Promise<void> {
  if (members.length === 0) return
  await transaction.query(
    `INSERT INTO claim_members (wish_id, number, partner_id, district_id, name, joined_at_ms, left_at_ms)
     SELECT * FROM json_to_recordset($1::json) AS r("wish" uuid, "number" integer, "partner" uuid, "district" uuid, "name" jsonb, "joinedAtMs" bigint, "leftAtMs" bigint)
     ON CONFLICT (wish_id, number, partner_id) DO UPDATE SET left_at_ms = excluded.left_at_ms`,
    [JSON.stringify(members)],
  )
}

/** By when they joined, then by partner; those who left too. */
export async function readClaimMembers(queryable: Queryable, wish: string, number: number): Promise<ClaimMemberRow[]> {
  return queryable.query<ClaimMemberRow>(
    `SELECT wish_id AS wish, number, partner_id AS partner, district_id AS district, name, joined_at_ms AS "joinedAtMs", left_at_ms AS "leftAtMs"
     FROM claim_members WHERE wish_id = $1 AND number = $2 ORDER BY joined_at_ms, partner_id`,
    [wish, number],
  )
}

/** Claimed, and the lease is over at `nowMs`; the longest over first. */
export async function readLapsedWishes(queryable: Queryable, nowMs: number, limit: number): Promise<string[]> {
  const rows = await queryable.query<{ id: string }>(
    "SELECT wish_id AS id FROM wishes WHERE stage = 'claimed' AND until_ms <= $1 ORDER BY until_ms, wish_id LIMIT $2", [nowMs, limit],
  )
  return rows.map(({ id }) => id)
}

/** Wishes that a partner holds alone or with others, by id. */
export async function readWishesHeldBy(queryable: Queryable, partner: string): Promise<string[]> {
  const rows = await queryable.query<{ id: string }>(
    `SELECT wish_id AS id FROM claim_members JOIN claims USING (wish_id, number) WHERE partner_id = $1 AND left_at_ms IS NULL AND ended_at_ms IS NULL ORDER BY wish_id`,
    [partner],
  )
  return rows.map(({ id }) => id)
}

export async function markClaimNewsSeen(transaction: Queryable, wish: string, claim: number, nowMs: number): Promise<void> {
  await transaction.query('UPDATE claim_news SET seen_at_ms = $3 WHERE wish_id = $1 AND claim = $2 AND seen_at_ms IS NULL', [wish, claim, nowMs])
}

export async function eraseWishWords(transaction: Queryable, wishes: readonly string[]): Promise<void> {
  await transaction.query('UPDATE wish_history SET words = NULL WHERE wish_id = ANY($1::uuid[]) AND words IS NOT NULL', [wishes])
}

/** Of these riders, the last posted first. */
export async function readWishesOfRiders(queryable: Queryable, riders: readonly string[], limit: number): Promise<string[]> {
  const rows = await queryable.query<{ id: string }>(
    'SELECT wish_id AS id FROM wishes WHERE rider_id = ANY($1::uuid[]) ORDER BY posted_at_ms DESC, wish_id LIMIT $2', [riders, limit],
  )
  return rows.map(({ id }) => id)
}

/**
 * Locks the wall of the district until the end, the last lock before the counters. What hangs there is what should: those that
 * wait before those that are lit, `placesMax` at most. Answers which came or went, by id, and which of `touched` stayed.
 */
export async function refreshWall(transaction: Queryable, district: string, touched: readonly string[], placesMax: number): Promise<{ moved: string[]; stayed: string[] }> {
  await transaction.query('SELECT 1 FROM districts WHERE district_id = $1 FOR NO KEY UPDATE', [district])
  const moved = await transaction.query<{ id: string }>(
    `WITH waiting AS (
       SELECT wish_id, 0 AS half, row_number() OVER (ORDER BY again DESC, changed_at_ms, wish_id) AS place FROM (
         SELECT wish_id, again, changed_at_ms FROM wishes WHERE district_id = $1 AND is_public AND stage IN ('open', 'claimed')
         ORDER BY again DESC, changed_at_ms, wish_id LIMIT $2) AS first_waiting
     ), lit AS (
       SELECT wish_id, 1 AS half, row_number() OVER (ORDER BY changed_at_ms DESC, wish_id) AS place FROM (
         SELECT wish_id, changed_at_ms FROM wishes WHERE district_id = $1 AND is_public AND stage IN ('fulfilled', 'confirmed')
         ORDER BY changed_at_ms DESC, wish_id LIMIT $2) AS last_lit
     ), wanted AS (
       SELECT wish_id FROM (SELECT * FROM waiting UNION ALL SELECT * FROM lit) AS all_of_them ORDER BY half, place LIMIT $2
     ), gone AS (
       DELETE FROM wall_places WHERE district_id = $1 AND wish_id NOT IN (SELECT wish_id FROM wanted) RETURNING wish_id
     ), come AS (
       INSERT INTO wall_places (wish_id, district_id) SELECT wish_id, $1 FROM wanted ON CONFLICT DO NOTHING RETURNING wish_id
     )
     SELECT wish_id AS id FROM (SELECT wish_id FROM gone UNION ALL SELECT wish_id FROM come) AS both_ways ORDER BY wish_id`,
    [district, placesMax],
  )
  const away = new Set(moved.map(({ id }) => id))
  const stayed = await transaction.query<{ id: string }>(
    'SELECT wish_id AS id FROM wall_places WHERE district_id = $1 AND wish_id = ANY($2::uuid[]) ORDER BY wish_id', [district, touched],
  )
  return { moved: [...away], stayed: stayed.map(({ id }) => id).filter((id) => !away.has(id)) }
}
