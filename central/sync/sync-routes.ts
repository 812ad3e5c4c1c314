// The four doors for stations. Each request is bounded, recognised by its signature, read by its schema, then answered; every
// refusal is a code of the closed list. Central takes a push of any station, however old (sync.md, Versions).

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import {
  ALLOWANCE_PATH, allowanceRequest, PROTOCOL_HEADER, PULL_PATH, pullRequest, PUSH_BYTES_MAX, PUSH_PATH, RIDER_PATH, riderRequest, SYNC_PROTOCOL_VERSION,
  type SyncError,
} from '../../contract/sync/sync-protocol.ts'
import { grantAllowance } from './allowance.ts'
import { inflateBody } from './inflate-body.ts'
import { answerPull } from './pull.ts'
import { parseJson } from './push-batch.ts'
import { takePush } from './push.ts'
import { addRider } from './rider.ts'
import { type AskingStation, recogniseStation } from './station-auth.ts'
import type { SyncContext, SyncResult } from './sync-context.ts'

const HEAD_BYTES_MAX = 2048
/** The batch's events and its head, unpacked. */
export const PUSH_BODY_BYTES_MAX = PUSH_BYTES_MAX + HEAD_BYTES_MAX
const QUESTION_BYTES_MAX = 4096
const PACKED_FROM_BYTES = 1024

const gzipAsync = promisify(gzip)

const STATUS: Record<SyncError['error'], number> = {
  unknown_station: 401,
  bad_signature: 401,
  bad_request: 400,
  too_large: 413,
  revoked: 403,
  client_too_old: 426,
  server_too_old: 501,
  busy: 503,
  rider_unknown: 404,
  internal: 500,
}
const RETRY_AFTER_S = 5

type Door = (station: AskingStation, body: Uint8Array, request: FastifyRequest) => Promise<SyncResult<unknown>>

export function sendSyncError(reply: FastifyReply, error: SyncError['error'], status: number = STATUS[error]): FastifyReply {
  if (error === 'busy') reply.header('retry-after', RETRY_AFTER_S)
  return reply.code(status).send({ error })
}

export function addSyncRoutes(app: FastifyInstance, context: SyncContext): void {
  const door = (path: string, bytesMax: number, answer: Door): void => {
    app.post(path, { bodyLimit: bytesMax }, async (request, reply) => {
      const sent = request.body instanceof Uint8Array ? request.body : new Uint8Array()
      const asking = await recogniseStation(context.database, { path, headers: request.headers, body: sent })
      if (!asking.ok) return sendSyncError(reply, asking.error)
      const body = await inflateBody(sent, request.headers['content-encoding'], bytesMax)
      if (!body.ok) return sendSyncError(reply, body.error)
      const result = await answer(asking.answer, body.answer, request)
      return result.ok ? sendAnswer(request, reply, result.answer) : sendSyncError(reply, result.error)
    })
  }

  door(PUSH_PATH, PUSH_BODY_BYTES_MAX, (station, body) => takePush(context, station, body))
  door(PULL_PATH, QUESTION_BYTES_MAX, (station, body, request) => {
    const protocol = Number(request.headers[PROTOCOL_HEADER])
    if (!Number.isInteger(protocol) || protocol < 1) return refuse('bad_request')
    if (protocol > SYNC_PROTOCOL_VERSION) return refuse('server_too_old')
    return withQuestion(body, pullRequest, (question) => answerPull(context, station, question))
  })
  door(ALLOWANCE_PATH, QUESTION_BYTES_MAX, (station, body) =>
    withQuestion(body, allowanceRequest, (question) => grantAllowance(context, station, question)),
  )
  door(RIDER_PATH, QUESTION_BYTES_MAX, (station, body) => withQuestion(body, riderRequest, (question) => addRider(context, station, question)))
}

/** Packed where the asker can unpack it and it is worth it: a station hangs on a 4G stick. */
async function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: unknown): Promise<FastifyReply> {
  const json = Buffer.from(JSON.stringify(answer))
  reply.type('application/json; charset=utf-8')
  if (json.length < PACKED_FROM_BYTES || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(json)
  return reply.header('content-encoding', 'gzip').send(await gzipAsync(json, { level: 1 }))
}

function withQuestion<Question, Answer>(
  body: Uint8Array,
  schema: z.ZodType<Question>,
  answer: (question: Question) => Promise<SyncResult<Answer>>,
): Promise<SyncResult<Answer>> {
  const question = schema.safeParse(parseJson(body))
  return question.success ? answer(question.data) : refuse('bad_request')
}

function refuse(error: SyncError['error']): Promise<{ ok: false; error: SyncError['error'] }> {
  return Promise.resolve({ ok: false, error })
}
