// What is said of the operator's doors in the OpenAPI document, and what each refusal is in HTTP.

import { z } from 'zod'
import { type DoorDescription, json } from '../ops/door-description.ts'
import { OFFICE_ACCOUNT_ACT, officeAccountBody } from './acts/invite-to-office.ts'
import { OPERATOR_ACTS } from './operator-acts.ts'
import { ACT_REFUSALS, type ActRefusal } from './operator-context.ts'

export const ACT_PATH = '/operator/v1/:act'

export type OperatorError = ActRefusal | 'bad_request' | 'name_taken' | 'not_signed_in' | 'too_many_tries' | 'unknown_act'

export const OPERATOR_STATUS: Record<OperatorError, number> = {
  bad_request: 400,
  not_signed_in: 401,
  too_many_tries: 429,
  unknown_act: 404,
  unknown_station: 404,
  unknown_district: 404,
  unknown_incarnation: 404,
  unknown_event: 404,
  unknown_staff: 404,
  unknown_backup: 404,
  same_staff: 409,
  number_taken: 409,
  name_taken: 409,
  station_revoked: 409,
  not_waiting: 409,
  nothing_held: 409,
  nothing_to_accept: 409,
  already_accepted: 409,
}

const page = { signed: false, headers: {}, request: null, answer: { mediaType: 'text/html', schema: null, text: 'A page, Chinese first.' }, refusals: {} } as const
const form = { ...page, request: { mediaType: 'application/x-www-form-urlencoded', schema: null, text: 'The fields of the form on the page.' } } as const

export const operatorRefusal = z.strictObject({ ok: z.literal(false), error: z.enum([...ACT_REFUSALS, 'bad_request', 'name_taken', 'not_signed_in', 'too_many_tries', 'unknown_act']) })

export const OPERATOR_DOORS: readonly DoorDescription[] = [
  {
    method: 'post',
    path: ACT_PATH,
    summary: `What the operator does (${[OFFICE_ACCOUNT_ACT, ...Object.keys(OPERATOR_ACTS)].join(', ')}) and asks (stations, recovery, late-facts), by a bearer token.`,
    signed: false,
    headers: { authorization: z.string().startsWith('Bearer ') },
    request: json(z.union([officeAccountBody, ...Object.values(OPERATOR_ACTS).map(({ body }): z.ZodType => body)]), 'What the act asks for; {} where that is nothing.'),
    answer: json(z.strictObject({ ok: z.literal(true), answer: z.looseObject({}) }), 'It is done.'),
    refusals: Object.fromEntries([400, 401, 404, 409, 429].map((status) => [status, operatorRefusal])),
  },
  { ...page, method: 'get', path: '/operator', summary: 'Leads to the stations.' },
  { ...page, method: 'get', path: '/operator/style.css', summary: "The pages' style.", answer: { mediaType: 'text/css', schema: null, text: 'The style.' } },
  { ...page, method: 'get', path: '/operator/sign-in', summary: "Where the operator's token is pasted." },
  { ...form, method: 'post', path: '/operator/sign-in', summary: 'Signs in for half a day, by a cookie.' },
  { ...form, method: 'post', path: '/operator/sign-out', summary: 'Ends that.' },
  { ...page, method: 'get', path: '/operator/recovery', summary: 'Which files of which stations a restored central still waits for, and which banned files hold points.' },
  { ...page, method: 'get', path: '/operator/stations', summary: 'How every station fares.' },
  { ...form, method: 'post', path: '/operator/stations', summary: 'An act from that page.' },
]
