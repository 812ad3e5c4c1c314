// A photo of what was done, from a partner to those who may see it: begun, sent in parts, finished, looked at. An upload that was
// cut off goes on where it was; begun again with the same id it says where. The parts themselves are bytes, not JSON.

import { z } from 'zod'
import { CONSOLE_DOOR_PATH, consoleDoor, rowId } from './console-door.ts'

export const PHOTO_BYTES_MAX = 16 * 1024 * 1024
/** A part is taken whole or not at all. */
export const PHOTO_PART_BYTES_MAX = 256 * 1024
/** What browsers are asked for; what it really is, central looks at. */
export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const

const bytes = z.int().min(1)

export const beginPhotoDoor = consoleDoor(
  'begin-photo',
  z.strictObject({ upload: rowId, bytes, wish: rowId, claim: z.int().min(1) }),
  z.strictObject({ received: z.int().min(0) }),
)

/** PATCH with bytes of that type, and in the header from which byte on they are. Answers how many are here. */
export const photoPartPath = (upload: string): string => `${CONSOLE_DOOR_PATH}/photo-part/${upload}`
export const PHOTO_PART_TYPE = 'application/offset+octet-stream'
export const PHOTO_OFFSET_HEADER = 'upload-offset'
export const photoPartAnswer = z.strictObject({ ok: z.literal(true), answer: z.strictObject({ received: z.int().min(0) }) })

/** `sha256`: of the whole file as it was chosen; where the parts are another, they are gone and it begins anew. Again it answers the same. */
export const finishPhotoDoor = consoleDoor('finish-photo', z.strictObject({ upload: rowId, sha256: z.string().regex(/^[0-9a-f]{64}$/) }), z.strictObject({ photo: rowId }))

/** Of a wish that was lit. Answers with the picture itself, or with where it is for a few minutes, where pictures have an origin of their own. */
export const wishPhotoDoor = consoleDoor('wish-photo', z.strictObject({ wish: rowId }), z.strictObject({ url: z.url() }))
