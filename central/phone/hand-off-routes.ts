// What a station asks of a phone hand-off: a code for whoever stands there, and what has become of it. Signed like every request
// of a station; apart from its rounds, because somebody waits.

import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import {
  HAND_OFF_MS_MAX, HAND_OFF_PATH, HAND_OFF_STATE_PATH, type HandOffAnswer, handOffRequest, type HandOffRequest, type HandOffStateAnswer, handOffStateRequest, type HandOffStateRequest,
} from '../../contract/sync/hand-off.ts'
import type { SyncError } from '../../contract/sync/sync-protocol.ts'
import { encodeCrockford } from '../../contract/pass/crockford.ts'
import type { Database } from '../store/database.ts'
import { closeOthers, countHandOffs, findHandOff, forgetHandOffs, type HandOffRow, insertHandOff, markClosed } from '../store/hand-offs.ts'
import { findRider } from '../store/riders.ts'
import { hasSaidHello } from '../sync/meet-incarnation.ts'
import { parseJson } from '../sync/push-batch.ts'
import { type AskingStation, recogniseStation } from '../sync/station-auth.ts'
import type { SyncContext, SyncResult } from '../sync/sync-context.ts'
import { sendSyncError } from '../sync/sync-routes.ts'

export interface HandOffParts {
  database: Database
  context: SyncContext
  randomBytes(count: number): Uint8Array
  /** Where phones find central; null: where the station does. */
  publicUrl: string | null
}

const BODY_BYTES_MAX = 2_048
const CODE_BYTES = 10
/** A kiosk hands one person over at a time. */
const OF_STATION_MAX = 40
const WITHIN_MS = 10 * 60_000
const KEPT_MS = 86_400_000

export function codeHash(code: string): Uint8Array {
  return createHash('sha256').update(`boai/hand-off/1\n${code}`).digest()
}

export function addHandOffRoutes(app: FastifyInstance, parts: HandOffParts): void {
  addRoute(app, parts, HAND_OFF_PATH, handOffRequest, openHandOff)
  addRoute(app, parts, HAND_OFF_STATE_PATH, handOffStateRequest, answerState)
}

function addRoute<Question extends { incarnation: string }>(
  app: FastifyInstance, parts: HandOffParts, path: string, schema: z.ZodType<Question>,
  answer: (parts: HandOffParts, station: AskingStation, question: Question) => Promise<unknown>,
): void {
  app.post(path, { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
    const asked = await readQuestion(parts, path, schema, request)
    if (!asked.ok) {
      parts.context.counters.count({ what: 'refusal', code: asked.error })
      return sendSyncError(reply, asked.error)
    }
    reply.verdict = 'ok'
    return reply.send(await answer(parts, asked.answer.station, asked.answer.question))
  })
}

async function readQuestion<Question extends { incarnation: string }>(
  { context }: HandOffParts, path: string, schema: z.ZodType<Question>, request: FastifyRequest,
): Promise<SyncResult<{ station: AskingStation; question: Question }>> {
  const refuse = (error: SyncError['error']): { ok: false; error: SyncError['error'] } => ({ ok: false, error })
  const body = request.body instanceof Uint8Array ? request.body : new Uint8Array()
  const asking = await recogniseStation(context.store, { path, headers: request.headers, body })
  if (!asking.ok) return asking
  if (asking.answer.isRevoked) return refuse('revoked')
  const question = schema.safeParse(parseJson(body))
  if (!question.success) return refuse('bad_request')
  if (!(await hasSaidHello(context, asking.answer, question.data.incarnation))) return refuse('hello_needed')
  return { ok: true, answer: { station: asking.answer, question: question.data } }
}

async function openHandOff({ database, context, randomBytes, publicUrl }: HandOffParts, { station, district }: AskingStation, asked: HandOffRequest): Promise<HandOffAnswer> {
  const nowMs = context.nowMs()
  const code = encodeCrockford(randomBytes(CODE_BYTES))
  return database.transaction('write', async (transaction): Promise<HandOffAnswer> => {
    await forgetHandOffs(transaction, nowMs - KEPT_MS)
    if (asked.rider !== null) {
      const rider = await findRider(transaction, asked.rider)
      if (rider === null) return { result: 'refused', code: 'rider_unknown' }
      if (rider.standing === 'suspended') return { result: 'refused', code: 'rider_suspended' }
    }
    if ((await countHandOffs(transaction, station, nowMs - WITHIN_MS)) >= OF_STATION_MAX) return { result: 'refused', code: 'too_many' }
    const { handOff: id, rider, purpose } = asked
    const isNew = await insertHandOff(transaction, { id, district, station, rider, purpose, codeHash: codeHash(code), codeEndsAtMs: nowMs + HAND_OFF_MS_MAX }, nowMs)
    if (isNew) await closeOthers(transaction, station, id, nowMs)
    // Its code is nobody's to be told twice: whoever lost the answer asks for another one.
    return isNew ? { result: 'open', code, origin: publicUrl, leftMs: HAND_OFF_MS_MAX } : { result: 'refused', code: 'too_many' }
  })
}

async function answerState({ database, context }: HandOffParts, { station }: AskingStation, { handOff, close }: HandOffStateRequest): Promise<HandOffStateAnswer> {
  const nowMs = context.nowMs()
  return database.transaction('write', async (transaction): Promise<HandOffStateAnswer> => {
    if (close) await markClosed(transaction, station, handOff, nowMs)
    const row = await findHandOff(transaction, station, handOff)
    return { state: stateOf(row, nowMs), registered: row?.registered ?? null }
  })
}

function stateOf(row: HandOffRow | null, nowMs: number): HandOffStateAnswer['state'] {
  if (row === null || row.closedAtMs !== null) return 'gone'
  if (row.receivedAtMs !== null) return 'received'
  if (row.openedAtMs !== null) return (row.sessionEndsAtMs ?? 0) > nowMs ? 'connected' : 'gone'
  return row.codeEndsAtMs > nowMs ? 'waiting' : 'gone'
}
