// What the doors for those who run central are, and the list of every door that central has. A test compares the list with
// the routes of the running app, both ways.

import { z } from 'zod'
import { CONSOLE_DOOR_DESCRIPTIONS } from '../console/console-door-descriptions.ts'
import { MEDIA_DOOR_DESCRIPTIONS } from '../media/media-routes.ts'
import { OPERATOR_DOORS } from '../operator/operator-doors.ts'
import { PHONE_DOOR_DESCRIPTIONS } from '../phone/phone-door-descriptions.ts'
import { CENTRAL_KEY_DOOR, ENROL_DOOR } from '../sync/enrol-route.ts'
import { SYNC_DOOR_DESCRIPTIONS } from '../sync/sync-door-descriptions.ts'
import { type DoorDescription, json } from './door-description.ts'
import { UNREADY_CODES } from './readiness.ts'

export const HEALTH_PATH = '/health'
export const READY_PATH = '/ready'
export const METRICS_PATH = '/metrics'
export const OPENAPI_PATH = '/openapi.json'

export const healthAnswer = z.strictObject({ ok: z.literal(true) })
export const readyAnswer = z.strictObject({ ready: z.literal(true) })
export const unreadyAnswer = z.strictObject({ ready: z.literal(false), code: z.enum(UNREADY_CODES) })

const open = { method: 'get', signed: false, headers: {}, request: null, refusals: {} } as const

const OPS_DOORS: readonly DoorDescription[] = [
  { ...open, path: HEALTH_PATH, summary: 'The process lives. Asks nothing of the database.', answer: json(healthAnswer, 'It does.') },
  {
    ...open,
    path: READY_PATH,
    summary: 'Requests may be sent here: the database answers in time, is at the migration of this program, and the process does not stop.',
    answer: json(readyAnswer, 'Yes.'),
    refusals: { 503: unreadyAnswer },
  },
  { ...open, path: METRICS_PATH, summary: 'Figures for Prometheus.', answer: { mediaType: 'text/plain', schema: null, text: 'The text format, version 0.0.4.' } },
  { ...open, path: OPENAPI_PATH, summary: 'This document.', answer: json(z.looseObject({ openapi: z.literal('3.1.0') }), 'OpenAPI 3.1.') },
  { ...open, path: '/', summary: 'A page that says what this is.', answer: { mediaType: 'text/html', schema: null, text: 'The page, Chinese first.' } },
]

export const CENTRAL_DOORS: readonly DoorDescription[] = [...SYNC_DOOR_DESCRIPTIONS, CENTRAL_KEY_DOOR, ENROL_DOOR, ...OPERATOR_DOORS, ...CONSOLE_DOOR_DESCRIPTIONS, ...PHONE_DOOR_DESCRIPTIONS, ...MEDIA_DOOR_DESCRIPTIONS, ...OPS_DOORS]
