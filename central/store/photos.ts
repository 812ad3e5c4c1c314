// SQL over photos and their uploads. Rows only: what lies in the object store is central/media's.

import type { Queryable } from './database.ts'

export interface PhotoUpload {
  id: string
  account: string
  bytes: number
  received: number
  state: 'open' | 'done'
  /** Once it is done; null again where the photo went since. */
  photo: string | null
}

export interface PhotoPart {
  startsAt: number
  bytes: number
  object: string
}

export interface PhotoRow {
  id: string
  district: string
  account: string
  width: number
  height: number
  bytes: number
}

const UPLOAD = 'upload_id AS id, account_id AS account, bytes, received, state, photo_id AS photo'

/** Asked again with the same id it is the same upload. */
export async function insertUpload(transaction: Queryable, upload: Pick<PhotoUpload, 'id' | 'account' | 'bytes'> & { district: string }, nowMs: number): Promise<void> {
  await transaction.query(
    `INSERT INTO photo_uploads (upload_id, district_id, account_id, bytes, state, began_at_ms) VALUES ($1, $2, $3, $4, 'open', $5) ON CONFLICT (upload_id) DO NOTHING`,
    [upload.id, upload.district, upload.account, upload.bytes, nowMs],
  )
}

/** His own, and no older than that; `lock`: for the rest of the transaction. */
export async function findUpload(sql: Queryable, upload: { id: string; account: string; sinceMs: number }, lock = false): Promise<PhotoUpload | null> {
  const [row] = await sql.query<PhotoUpload>(
    `SELECT ${UPLOAD} FROM photo_uploads WHERE upload_id = $1 AND account_id = $2 AND began_at_ms > $3${lock ? ' FOR UPDATE' : ''}`, [upload.id, upload.account, upload.sinceMs],
  )
  return row ?? null
}

/** What somebody has begun and not shown to anybody: uploads that are under way, and photos that no wish names. */
export async function countUnbound(sql: Queryable, account: string, sinceMs: number): Promise<{ uploads: number; photos: number }> {
  const [row] = await sql.query<{ uploads: number; photos: number }>(
    `SELECT (SELECT count(*) FROM photo_uploads WHERE account_id = $1 AND state = 'open' AND began_at_ms > $2) AS uploads,
       (SELECT count(*) FROM photos WHERE account_id = $1 AND wish_id IS NULL) AS photos`,
    [account, sinceMs],
  )
  return row ?? { uploads: 0, photos: 0 }
}

/** Under the upload's lock. */
export async function insertPart(transaction: Queryable, upload: string, part: PhotoPart): Promise<void> {
  await transaction.query('INSERT INTO photo_parts (upload_id, starts_at, bytes, object_id) VALUES ($1, $2, $3, $4)', [upload, part.startsAt, part.bytes, part.object])
  await transaction.query('UPDATE photo_uploads SET received = received + $2 WHERE upload_id = $1', [upload, part.bytes])
}

/** In their order. */
export async function readParts(sql: Queryable, upload: string): Promise<PhotoPart[]> {
  return sql.query<PhotoPart>('SELECT starts_at AS "startsAt", bytes, object_id AS object FROM photo_parts WHERE upload_id = $1 ORDER BY starts_at', [upload])
}

/** Under the upload's lock: it is done, and has no parts any more. */
export async function insertPhoto(transaction: Queryable, upload: string, photo: PhotoRow, nowMs: number): Promise<void> {
  await transaction.query(
    'INSERT INTO photos (photo_id, district_id, account_id, width, height, bytes, made_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [photo.id, photo.district, photo.account, photo.width, photo.height, photo.bytes, nowMs],
  )
  await transaction.query('DELETE FROM photo_parts WHERE upload_id = $1', [upload])
  await transaction.query(`UPDATE photo_uploads SET state = 'done', photo_id = $2 WHERE upload_id = $1`, [upload, photo.id])
}

/** The upload goes with its parts' rows; their objects are left to who asked. */
export async function deleteUpload(transaction: Queryable, upload: string): Promise<string[]> {
  const parts = await transaction.query<{ object: string }>('DELETE FROM photo_parts WHERE upload_id = $1 RETURNING object_id AS object', [upload])
  await transaction.query('DELETE FROM photo_uploads WHERE upload_id = $1', [upload])
  return parts.map(({ object }) => object)
}

/** Locks one that its maker has and no wish names; false: there is none. */
export async function lockUnboundPhoto(transaction: Queryable, photo: string, account: string): Promise<boolean> {
  return (await transaction.query('SELECT 1 FROM photos WHERE photo_id = $1 AND account_id = $2 AND wish_id IS NULL FOR UPDATE', [photo, account])).length > 0
}

/** In the transaction in which the wish begins to name it. */
export async function bindPhoto(transaction: Queryable, photo: string, wish: string): Promise<void> {
  await transaction.query('UPDATE photos SET wish_id = $2 WHERE photo_id = $1', [photo, wish])
}

/** Of a wish that is lit: in that district, and where these are given, of that partner or that rider. null: there is none for him. */
export async function findWishPhoto(sql: Queryable, wish: string, who: { district: string } | { partner: string; district: string } | { rider: string }): Promise<string | null> {
  const [conditions, values] =
    'rider' in who
      ? ['rider_id = $2', [who.rider]]
      : 'partner' in who
        ? ['district_id = $2 AND EXISTS (SELECT 1 FROM claim_members WHERE claim_members.wish_id = wishes.wish_id AND number = wishes.claim AND partner_id = $3 AND left_at_ms IS NULL)', [who.district, who.partner]]
        : ['district_id = $2', [who.district]]
  const [row] = await sql.query<{ photo: string | null }>(`SELECT fulfilment_photo AS photo FROM wishes WHERE wish_id = $1 AND stage IN ('fulfilled', 'confirmed') AND ${conditions}`, [wish, ...values])
  return row?.photo ?? null
}

// ── what nobody needs ──

/** Uploads that began before, at most `limit`: they are gone from the tables; the answer are the objects of their parts. */
export async function takeOldUploads(transaction: Queryable, beganBeforeMs: number, limit: number): Promise<{ uploads: number; objects: string[] }> {
  const old = await transaction.query<{ id: string }>(
    'SELECT upload_id AS id FROM photo_uploads WHERE began_at_ms < $1 ORDER BY began_at_ms, upload_id LIMIT $2 FOR UPDATE SKIP LOCKED', [beganBeforeMs, limit],
  )
  const objects: string[] = []
  for (const { id } of old) objects.push(...(await deleteUpload(transaction, id)))
  return { uploads: old.length, objects }
}

/** Photos that no wish has named since before, and those whose wish names another or none: gone from the table. */
export async function takeUnneededPhotos(transaction: Queryable, madeBeforeMs: number, limit: number): Promise<string[]> {
  const rows = await transaction.query<{ id: string }>(
    `DELETE FROM photos WHERE photo_id IN (
       SELECT photo_id FROM photos WHERE CASE WHEN wish_id IS NULL THEN made_at_ms < $1
         ELSE NOT EXISTS (SELECT 1 FROM wishes WHERE wishes.wish_id = photos.wish_id AND fulfilment_photo = photos.photo_id::text) END
       ORDER BY photo_id LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING photo_id AS id`,
    [madeBeforeMs, limit],
  )
  return rows.map(({ id }) => id)
}

/** Those of these objects that a row knows. */
export async function knownObjects(sql: Queryable, objects: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ id: string }>(
    'SELECT photo_id AS id FROM photos WHERE photo_id = ANY($1::uuid[]) UNION ALL SELECT object_id FROM photo_parts WHERE object_id = ANY($1::uuid[])', [objects],
  )
  return new Set(rows.map(({ id }) => id))
}
