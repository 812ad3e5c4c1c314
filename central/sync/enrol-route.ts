// Binds the doors by which a machine becomes a station to fastify. It signs nothing yet: its code and its key are its proof.

import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  CENTRAL_KEY_PATH, type CentralKeyAnswer, centralKeyAnswer, centralKeyQuestion, ENROL_PATH, ENROLMENT_VERSION, type EnrolRefusal, enrolAnswer, enrolRefusal, enrolRequest,
} from '../../contract/sync/enrolment.ts'
import { type DoorDescription, json } from '../ops/door-description.ts'
import { parseJson } from './push-batch.ts'
import { answerEnrol, ENROL_BYTES_MAX, ENROL_TRIES, type EnrolContext } from './enrol.ts'
import { TryLimit } from './try-limit.ts'

const ENROL_STATUS: Record<EnrolRefusal, number> = {
  bad_request: 400, bad_signature: 401, code_unknown: 404, code_expired: 410, code_used: 409, too_many_tries: 429, client_too_old: 426, server_too_old: 501, too_large: 413, busy: 503, internal: 500,
}

export const ENROL_DOOR: DoorDescription = {
  method: 'post',
  path: ENROL_PATH,
  summary: 'A machine becomes a station by a one-time code and a key that it made itself.',
  signed: false,
  headers: {},
  request: json(enrolRequest, "Signed by the new key itself, and by the code's own: the code is not in it."),
  answer: json(enrolAnswer, "Who it is, central's key, and central's word about it."),
  refusals: Object.fromEntries([...new Set(Object.values(ENROL_STATUS))].map((status): [number, z.ZodType] => [status, enrolRefusal])),
}

export const CENTRAL_KEY_DOOR: DoorDescription = {
  method: 'post',
  path: CENTRAL_KEY_PATH,
  summary: 'Whose central this is, for a machine that compares before it tells its code.',
  signed: false,
  headers: {},
  request: json(centralKeyQuestion, 'How the machine would join; one of before says nothing.'),
  answer: json(centralKeyAnswer, "Central's public key."),
  refusals: {},
}

export function addEnrolRoute(app: FastifyInstance, context: Omit<EnrolContext, 'tries'>): void {
  const parts = { ...context, tries: new TryLimit(ENROL_TRIES) }
  app.post(CENTRAL_KEY_PATH, { bodyLimit: ENROL_BYTES_MAX }, (request, reply) => {
    const asked = centralKeyQuestion.safeParse(request.body instanceof Uint8Array ? parseJson(request.body) : null)
    return reply.send({ centralKey: context.signer.publicKey, ...(asked.success ? { enrolment: ENROLMENT_VERSION } : {}) } satisfies CentralKeyAnswer)
  })
  app.post(ENROL_PATH, { bodyLimit: ENROL_BYTES_MAX }, async (request, reply) => {
    const body = request.body instanceof Uint8Array ? request.body : new Uint8Array()
    const result = await answerEnrol(parts, request.ip, body)
    if (result.ok) return reply.send(result.answer)
    reply.verdict = result.error
    return reply.code(ENROL_STATUS[result.error]).send({ error: result.error })
  })
}
