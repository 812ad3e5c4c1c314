// What is said of the office's doors in the OpenAPI document, from the schemas that both ends run on; and what each refusal is
// in HTTP.

import { CONSOLE_PATH, consoleDoorPath, OFFICE_REFUSALS, type OfficeRefusal, officeRefusal } from '../../contract/console/console-door.ts'
import { CONSOLE_DOORS } from '../../contract/console/console-doors.ts'
import { PHOTO_OFFSET_HEADER, PHOTO_PART_TYPE, photoPartAnswer, photoPartPath } from '../../contract/console/photos.ts'
import { type DoorDescription, json } from '../ops/door-description.ts'
import { DOOR_ROLES } from './door-roles.ts'
import { z } from 'zod'

const OTHER_STATUS: Partial<Record<OfficeRefusal, number>> = {
  not_signed_in: 401, not_allowed: 403, foreign_request: 403, bad_request: 400, too_large: 413, busy: 503, internal: 500, wrong_sign_in: 403, too_many_tries: 429,
}

function statusOf(error: OfficeRefusal): number {
  return OTHER_STATUS[error] ?? (error.startsWith('unknown_') ? 404 : 409)
}

export const CONSOLE_STATUS = Object.fromEntries(OFFICE_REFUSALS.map((error) => [error, statusOf(error)])) as Readonly<Record<OfficeRefusal, number>>

const REFUSALS = Object.fromEntries([...new Set(Object.values(CONSOLE_STATUS))].map((status) => [status, officeRefusal]))
const page = { method: 'get', signed: false, headers: {}, request: null, refusals: {} } as const

export const CONSOLE_DOOR_DESCRIPTIONS: readonly DoorDescription[] = [
  ...CONSOLE_DOORS.map(({ name, request, answer }): DoorDescription => {
    const roles = DOOR_ROLES[name]
    return {
      method: 'post',
      path: consoleDoorPath(name),
      summary: `The office: ${name}, for ${roles === 'anybody' ? 'anybody' : roles.join(', ')}. Asked by central's own pages only; a session's cookie says who asks.`,
      signed: false,
      headers: {},
      request: json(request, 'What is asked.'),
      answer: json(z.strictObject({ ok: z.literal(true), answer }), 'It is answered.'),
      refusals: REFUSALS,
    }
  }),
  {
    method: 'patch', path: photoPartPath(':upload'), summary: 'The office: a part of a photo, for those who may begin one. Central’s own pages send it; a session’s cookie says whose it is.', signed: false,
    headers: { [PHOTO_OFFSET_HEADER]: z.string().regex(/^\d{1,9}$/) }, request: { mediaType: PHOTO_PART_TYPE, schema: null, text: 'The bytes from there on.' },
    answer: json(photoPartAnswer, 'So many are here.'), refusals: REFUSALS,
  },
  { ...page, path: CONSOLE_PATH, summary: 'The office.', answer: { mediaType: 'text/html', schema: null, text: 'The page.' } },
  { ...page, path: '/w/:wish', summary: 'Behind the QR code of a wish on the wall: leads to its page in the office.', answer: { mediaType: 'text/html', schema: null, text: 'Elsewhere.' } },
  { ...page, path: `${CONSOLE_PATH}assets/:file`, summary: 'Its scripts, styles and fonts.', answer: { mediaType: 'application/octet-stream', schema: null, text: 'The file.' } },
]
