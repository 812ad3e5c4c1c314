// The office's doors of photos that are more than a question and an answer: parts that are bytes, a picture that is read outside
// of any transaction, a picture that is shown. Who asks is known before a part is read at all.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AskedOf, type OfficeAnswer, type OfficeRefusal, rowId } from '../../contract/console/console-door.ts'
import {
  type finishPhotoDoor, PHOTO_OFFSET_HEADER, PHOTO_PART_BYTES_MAX, PHOTO_PART_TYPE, photoPartPath, type wishPhotoDoor,
} from '../../contract/console/photos.ts'
import { answerPhoto, type MediaParts, type PhotoAnswer } from '../media/media-routes.ts'
import { finishUpload, takePart, type UploadParts } from '../media/photo-uploads.ts'
import type { Database } from '../store/database.ts'
import { findWishPhoto } from '../store/photos.ts'
import { DOOR_ROLES } from './door-roles.ts'
import type { SignedIn } from './office-moment.ts'
import { cookieOf, isOwnPage } from './session-cookie.ts'
import { findSession } from './sessions.ts'

export interface PhotoRouteParts {
  database: Database
  media: MediaParts
  nowMs(): number
  publicUrl: string | null
  refuse(reply: FastifyReply, error: OfficeRefusal): FastifyReply
}

const OFFSET = /^\d{1,9}$/

export function uploadParts({ database, media, nowMs }: PhotoRouteParts, request: FastifyRequest): UploadParts {
  return { database, nowMs, objects: media.objects, leftBehind: (error) => request.log.warn({ err: error }, 'an object of an upload is left behind') }
}

export function finishPhoto(parts: PhotoRouteParts, request: FastifyRequest, asked: AskedOf<typeof finishPhotoDoor>, who: SignedIn | null): Promise<OfficeAnswer<{ photo: string }>> {
  if (who === null) return Promise.resolve({ ok: false, error: 'not_signed_in' })
  return finishUpload(uploadParts(parts, request), who, asked)
}

/** Staff see those of their district, a partner those of the claims that he is in. */
export async function showWishPhoto({ database, media }: PhotoRouteParts, { wish }: AskedOf<typeof wishPhotoDoor>, who: SignedIn | null): Promise<OfficeAnswer<NonNullable<PhotoAnswer>>> {
  if (who === null) return { ok: false, error: 'not_signed_in' }
  const { district, partner, role } = who
  const photo = await findWishPhoto(database, wish, role === 'partner' ? { district, partner: partner ?? '' } : { district })
  if (photo === null) return { ok: false, error: 'unknown_photo' }
  const answer = await answerPhoto(media, photo)
  return answer === null ? { ok: false, error: 'photo_gone' } : { ok: true, answer }
}

export function addPhotoPartRoute(app: FastifyInstance, parts: PhotoRouteParts): void {
  const senders = new WeakMap<FastifyRequest, SignedIn>()
  const admitted = DOOR_ROLES['begin-photo']

  app.patch<{ Params: { upload: string } }>(
    photoPartPath(':upload'),
    {
      bodyLimit: PHOTO_PART_BYTES_MAX,
      onRequest: async (request, reply) => {
        const error = await admit(request)
        return error === null ? undefined : parts.refuse(reply, error)
      },
    },
    async (request, reply) => {
      const who = senders.get(request)
      if (who === undefined) return parts.refuse(reply, 'not_signed_in')
      const { upload } = request.params
      const offset = String(request.headers[PHOTO_OFFSET_HEADER])
      if (!rowId.safeParse(upload).success || !OFFSET.test(offset) || !(request.body instanceof Uint8Array)) return parts.refuse(reply, 'bad_request')
      const taken = await takePart(uploadParts(parts, request), who, { upload, offset: Number(offset), bytes: request.body })
      return taken.ok ? reply.send(taken) : parts.refuse(reply, taken.error)
    },
  )

  async function admit(request: FastifyRequest): Promise<OfficeRefusal | null> {
    if (!isOwnPage(request, parts.publicUrl, PHOTO_PART_TYPE)) return 'foreign_request'
    const token = cookieOf(request)
    const who = token === null ? null : await findSession(parts.database, token, parts.nowMs())
    if (who === null) return 'not_signed_in'
    if (admitted !== 'anybody' && !admitted.includes(who.role)) return 'not_allowed'
    senders.set(request, who)
    return null
  }
}
