// A photo comes in: begun by who may, part by part, and read when it is whole. Nothing is open for long or without bound. The
// bytes of a part are in the object store before its row says so; no transaction waits for that store, or for a picture to be read.

import { createHash, randomUUID } from 'node:crypto'
import { PHOTO_BYTES_MAX } from '../../contract/console/photos.ts'
import type { Database, Queryable } from '../store/database.ts'
import { countUnbound, deleteUpload, findUpload, insertPart, insertPhoto, insertUpload, type PhotoUpload, readParts } from '../store/photos.ts'
import type { ObjectStore } from './object-store.ts'
import { photosWaiting, type PhotoVerdict, readPhoto } from './read-photo.ts'
import { UPLOAD_MS_MAX } from './sweep-photos.ts'

export interface UploadParts {
  database: Database
  objects: ObjectStore
  nowMs(): number
  /** Something is left in the store that the sweep will find. */
  leftBehind(error: unknown): void
}

export interface Uploader {
  account: string
  district: string
}

export type UploadRefusal = PhotoVerdict | 'too_many_uploads' | 'unknown_upload' | 'wrong_offset' | 'upload_incomplete' | 'bad_request' | 'busy'
export type UploadResult<Answer> = { ok: true; answer: Answer } | { ok: false; error: UploadRefusal }

const OPEN_UPLOADS_MAX = 4
/** Taken in and shown nowhere yet. */
const UNBOUND_PHOTOS_MAX = 20
/** Each holds its bytes while it waits. */
const READING_MAX = 4

const refuse = (error: UploadRefusal): { ok: false; error: UploadRefusal } => ({ ok: false, error })

/** Begun again with the same id and size it is the same, and goes on where it was. */
export async function beginUpload(transaction: Queryable, { account, district }: Uploader, { id, bytes }: { id: string; bytes: number }, nowMs: number): Promise<UploadResult<{ received: number }>> {
  if (bytes > PHOTO_BYTES_MAX) return refuse('photo_too_large')
  const sinceMs = nowMs - UPLOAD_MS_MAX
  const before = await findUpload(transaction, { id, account, sinceMs })
  if (before === null) {
    const { uploads, photos } = await countUnbound(transaction, account, sinceMs)
    if (uploads >= OPEN_UPLOADS_MAX || photos >= UNBOUND_PHOTOS_MAX) return refuse('too_many_uploads')
    await insertUpload(transaction, { id, account, district, bytes }, nowMs)
  }
  // It may be somebody else's, or too old to go on.
  const upload = before ?? (await findUpload(transaction, { id, account, sinceMs }))
  return upload === null || upload.bytes !== bytes ? refuse('unknown_upload') : { ok: true, answer: { received: upload.received } }
}

export async function takePart(
  { database, objects, nowMs, leftBehind }: UploadParts, { account }: Uploader, part: { upload: string; offset: number; bytes: Uint8Array },
): Promise<UploadResult<{ received: number }>> {
  const which = { id: part.upload, account, sinceMs: nowMs() - UPLOAD_MS_MAX }
  const wrong = faultOf(await findUpload(database, which), part)
  if (wrong !== null) return refuse(wrong)
  const object = randomUUID()
  await objects.put(object, part.bytes)
  const taken = await database.transaction('write', async (transaction): Promise<UploadResult<{ received: number }>> => {
    // Of two that came at once one is first.
    const late = faultOf(await findUpload(transaction, which, true), part)
    if (late !== null) return refuse(late)
    await insertPart(transaction, part.upload, { startsAt: part.offset, bytes: part.bytes.length, object })
    return { ok: true, answer: { received: part.offset + part.bytes.length } }
  })
  if (!taken.ok) await objects.delete(object).catch(leftBehind)
  return taken
}

function faultOf(upload: PhotoUpload | null, { offset, bytes }: { offset: number; bytes: Uint8Array }): UploadRefusal | null {
  if (upload === null || upload.state === 'done') return 'unknown_upload'
  if (bytes.length === 0 || offset + bytes.length > upload.bytes) return 'bad_request'
  return offset === upload.received ? null : 'wrong_offset'
}

/** What is no photo, or not the file that was chosen, is gone at once. Asked again it answers the same. */
export async function finishUpload(parts: UploadParts, { account, district }: Uploader, { upload: id, sha256 }: { upload: string; sha256: string }): Promise<UploadResult<{ photo: string }>> {
  const { database, objects, nowMs, leftBehind } = parts
  const which = { id, account, sinceMs: nowMs() - UPLOAD_MS_MAX }
  const upload = await findUpload(database, which)
  const answered = doneAs(upload)
  if (answered !== null) return answered
  if (upload !== null && upload.received < upload.bytes) return refuse('upload_incomplete')
  if (photosWaiting() >= READING_MAX) return refuse('busy')

  const pieces = (await readParts(database, id)).map(({ object }) => object)
  const forget = async (): Promise<void> => {
    for (const object of await database.transaction('write', (transaction) => deleteUpload(transaction, id))) await objects.delete(object).catch(leftBehind)
  }
  const bytes = await assemble(objects, pieces)
  if (bytes === null || bytes.length !== upload?.bytes) {
    await forget()
    return refuse('unknown_upload')
  }
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    await forget()
    return refuse('upload_incomplete')
  }
  const read = await readPhoto(bytes)
  if (!read.ok) {
    await forget()
    return refuse(read.error)
  }

  const photo = randomUUID()
  await objects.put(photo, read.photo.bytes)
  const row = { id: photo, district, account, width: read.photo.width, height: read.photo.height, bytes: read.photo.bytes.length }
  const kept = await database.transaction('write', async (transaction): Promise<UploadResult<{ photo: string }>> => {
    const meanwhile = doneAs(await findUpload(transaction, which, true))
    if (meanwhile !== null) return meanwhile
    await insertPhoto(transaction, id, row, nowMs())
    return { ok: true, answer: { photo } }
  })
  const isOurs = kept.ok && kept.answer.photo === photo
  for (const object of isOurs ? pieces : [photo]) await objects.delete(object).catch(leftBehind)
  return kept
}

function doneAs(upload: PhotoUpload | null): UploadResult<{ photo: string }> | null {
  if (upload === null || (upload.state === 'done' && upload.photo === null)) return refuse('unknown_upload')
  return upload.photo === null ? null : { ok: true, answer: { photo: upload.photo } }
}

/** null: a part is not there any more. */
async function assemble(objects: ObjectStore, pieces: readonly string[]): Promise<Uint8Array | null> {
  const all: Uint8Array[] = []
  for (const piece of pieces) {
    const bytes = await objects.get(piece)
    if (bytes === null) return null
    all.push(bytes)
  }
  return new Uint8Array(Buffer.concat(all))
}
