// How a picture leaves central: always as what it was written anew as, never run, framed, sniffed or sent along to another page.
// By a door that asks who looks; or, where pictures have an origin of their own, from there by an address of a few minutes, and
// then nothing else of central is at that origin.

import type { FastifyInstance, FastifyReply } from 'fastify'
import type { DoorDescription } from '../ops/door-description.ts'
import type { ObjectStore } from './object-store.ts'
import { ADDRESS_MS_MAX, MEDIA_PATH, photoAddress, readPhotoAddress } from './photo-address.ts'
import { PHOTO_TYPE } from './read-photo.ts'

export interface Media {
  objects: ObjectStore
  /** That pictures have to themselves; null: they come through the doors. */
  origin: string | null
}

export type PhotoAnswer = { photo: Uint8Array } | { url: string } | null

export interface MediaParts extends Media {
  nowMs(): number
  derive(words: string): Uint8Array
}

/** Headers of a picture through a door. */
export const PHOTO_HEADERS = {
  'content-type': PHOTO_TYPE, 'content-disposition': 'attachment; filename="photo.jpg"', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
} as const

/** For who may see it; null: its object is not there. */
export async function answerPhoto({ objects, origin, derive, nowMs }: MediaParts, photo: string): Promise<PhotoAnswer> {
  if (origin !== null) return { url: photoAddress(derive, origin, photo, nowMs()) }
  const bytes = await objects.get(photo)
  return bytes === null ? null : { photo: bytes }
}

export function sendPhoto(reply: FastifyReply, bytes: Uint8Array, more: Readonly<Record<string, string>> = {}): FastifyReply {
  return reply.headers({ ...PHOTO_HEADERS, ...more }).send(Buffer.from(bytes))
}

export function addMediaRoutes(app: FastifyInstance, { objects, origin, derive, nowMs }: MediaParts): void {
  const host = origin === null ? null : new URL(origin).host
  app.addHook('onRequest', (request, reply, done) => {
    // Neither is the other's: no page is at the pictures' origin, no picture at the pages'.
    if (request.url.startsWith(MEDIA_PATH) === (host !== null && request.host === host)) done()
    else reply.callNotFound()
  })
  app.get<{ Params: { address: string } }>(`${MEDIA_PATH}:address`, async (request, reply) => {
    const photo = readPhotoAddress(derive, request.params.address, nowMs())
    const bytes = photo === null ? null : await objects.get(photo)
    if (bytes === null) return reply.callNotFound()
    return sendPhoto(reply, bytes, { 'cache-control': `private, max-age=${ADDRESS_MS_MAX / 1000}`, 'cross-origin-resource-policy': 'cross-origin' })
  })
}

export const MEDIA_DOOR_DESCRIPTIONS: readonly DoorDescription[] = [
  {
    method: 'get', path: `${MEDIA_PATH}:address`, summary: 'A picture, at the origin that pictures have to themselves, by an address of five minutes that a door has told.', signed: false, headers: {}, request: null,
    answer: { mediaType: PHOTO_TYPE, schema: null, text: 'The picture.' }, refusals: {},
  },
]
