// What is said of the doors of handed-over phones in the OpenAPI document, and what each of their refusals is in HTTP.

import { z } from 'zod'
import { PHONE_DOORS, PHONE_REFUSALS, phoneDoorPath, phoneRefusal, type PhoneRefusal } from '../../contract/phone/phone-doors.ts'
import { CALENDAR_PATH } from '../../contract/phone/phone-trainings.ts'
import { PHONE_PATH } from '../../contract/sync/hand-off.ts'
import { type DoorDescription, json } from '../ops/door-description.ts'

export const PHONE_STATUS: Readonly<Record<PhoneRefusal, number>> = {
  foreign_request: 403, bad_request: 400, too_large: 413, busy: 503, internal: 500, too_many_tries: 429, code_unknown: 404, code_expired: 410, code_used: 409, session_over: 401,
  other_purpose: 403, already_received: 409, consent_outdated: 409, name_unusable: 422, wish_empty: 422, wish_too_long: 422, wishes_full: 409, wish_unknown: 404,
  wish_not_in_state: 409, photo_gone: 404, training_unknown: 404, training_cancelled: 409, training_over: 409, already_signed_up: 409, not_invited: 403, list_full: 409, signups_full: 409, not_signed_up: 409,
  offer_over: 409,
}

const REFUSALS = Object.fromEntries([...new Set(PHONE_REFUSALS.map((error) => PHONE_STATUS[error]))].map((status) => [status, phoneRefusal]))
const page = { method: 'get', signed: false, headers: {}, request: null, refusals: {} } as const

export const PHONE_DOOR_DESCRIPTIONS: readonly DoorDescription[] = [
  ...PHONE_DOORS.map(
    ({ name, purposes, request, answer }): DoorDescription => ({
      method: 'post',
      path: phoneDoorPath(name),
      summary: `A handed-over phone: ${name}, ${purposes === null ? 'begins a session with a code of five minutes and one use' : `in a session for ${purposes.join(', ')}`}. Asked by central's own pages only.`,
      signed: false,
      headers: {},
      request: json(request, 'What is asked.'),
      answer: json(z.strictObject({ ok: z.literal(true), answer }), 'It is answered.'),
      refusals: REFUSALS,
    }),
  ),
  { ...page, path: PHONE_PATH, summary: 'The page that a phone opens from a QR code.', answer: { mediaType: 'text/html', schema: null, text: 'The page.' } },
  { ...page, path: `${PHONE_PATH}assets/:file`, summary: 'Its script and style.', answer: { mediaType: 'application/octet-stream', schema: null, text: 'The file.' } },
  {
    ...page, path: `${CALENDAR_PATH}:file`, summary: 'A training for the calendar of a phone: `ID.zh.ics` or `ID.en.ics` (RFC 5545). Holds nothing of anybody who takes part; asked without a session.',
    answer: { mediaType: 'text/calendar', schema: null, text: 'The file.' }, refusals: {},
  },
]
