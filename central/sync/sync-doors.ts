// The doors for stations, apart from HTTP: bytes and headers in, status, headers and bytes out. Each request is bounded,
// recognised by its signature, read by its schema, then answered; every refusal is a code of the closed list. What the store
// throws passes through: whoever binds the doors says what a failure becomes. A push is read whatever version of the protocol its
// station speaks, and of every version of an event ever shipped; but its file must have said hello first, which 0.1.0 can not
// (docs/decisions/0005, The first word).

import type { z } from 'zod'
import { HELLO_PATH, helloRequest, OWN_EVENTS_PATH, ownEventsRequest, RENEWALS_PATH, renewalsRequest } from '../../contract/sync/hello.ts'
import { PUSH_BATCHES_HEADER, PUSH_BATCHES_MAX } from '../../contract/sync/push-request.ts'
import { NEW_PASS_PATH, newPassRequest } from '../../contract/sync/new-pass.ts'
import { WORDS_PATH, WORDS_REQUEST_BYTES_MAX, wordsRequest } from '../../contract/sync/sealed-words.ts'
import { SNAPSHOT_PART_PATH, SNAPSHOT_PATH, snapshotPartRequest, snapshotRequest } from '../../contract/sync/snapshot.ts'
import {
  ALLOWANCE_PATH, allowanceRequest, PROTOCOL_HEADER, PULL_PATH, pullRequest, PUSH_PATH, RIDER_PATH, riderRequest, SYNC_PROTOCOL_VERSION,
  type SyncError,
} from '../../contract/sync/sync-protocol.ts'
import { grantAllowance } from './allowance.ts'
import { type BodyPacking, inflateBody } from './body-packing.ts'
import { answerHello, answerOwnEvents } from './hello.ts'
import { knowAgain } from './know-again.ts'
import { answerNewPass } from './new-pass.ts'
import { answerPull } from './pull.ts'
import { renewSlices } from './renewals.ts'
import { parseJson, PUSH_BODY_BYTES_MAX } from './push-batch.ts'
import { takePush } from './push.ts'
import { addRider } from './rider.ts'
import { answerSnapshot, answerSnapshotPart } from './snapshot.ts'
import { type AskingStation, recogniseByKeptKey, recogniseStation } from './station-auth.ts'
import type { SyncContext, SyncResult } from './sync-context.ts'
import { takeWords } from './take-words.ts'
import type { RefusalDetail } from './sync-counters.ts'

const QUESTION_BYTES_MAX = 4096
const PACKED_FROM_BYTES = 1024
const RETRY_AFTER_S = 5
const EVERY_ANSWER = { [PUSH_BATCHES_HEADER]: String(PUSH_BATCHES_MAX) }

/** What each refusal is in HTTP. */
export const REFUSAL_STATUS: Record<SyncError['error'], number> = {
  unknown_station: 401,
  bad_signature: 401,
  bad_request: 400,
  too_large: 413,
  revoked: 403,
  hello_needed: 409,
  client_too_old: 426,
  server_too_old: 501,
  busy: 503,
  rider_unknown: 404,
  snapshot_unknown: 410,
  too_many_files: 409,
  internal: 500,
}

export interface DoorContext extends SyncContext {
  packing: BodyPacking
}

/** Names of headers are in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export interface StationRequest {
  path: string
  headers: RequestHeaders
  body: Uint8Array
}

/** What became of a request, for metrics and the log. */
export type Verdict = 'ok' | SyncError['error']

export interface StationAnswer {
  status: number
  verdict: Verdict
  headers: Record<string, string>
  body: Uint8Array
}

interface Door {
  /** Of the body as sent, and again of what it unpacks to. */
  bytesMax: number
  /** A revoked station is heard here all the same: what it says is kept, and it is told what it is. */
  hearsRevoked?: true
  /** Has the database confirm the asker's key and status in the statement that answers. */
  confirmsKey?: true
  answer: (context: DoorContext, station: AskingStation, body: Uint8Array, headers: RequestHeaders) => Promise<SyncResult<unknown>>
}

export const SYNC_DOORS: ReadonlyMap<string, Door> = new Map<string, Door>([
  [PUSH_PATH, { bytesMax: PUSH_BODY_BYTES_MAX, hearsRevoked: true, confirmsKey: true, answer: takePush }],
  [
    HELLO_PATH,
    {
      bytesMax: QUESTION_BYTES_MAX,
      hearsRevoked: true,
      answer: (context, station, body) =>
        withQuestion(body, helloRequest, (question) => {
          context.counters.count({ what: 'clock', offsetMs: question.wallMs - context.nowMs() })
          return answerHello(context, station, question)
        }),
    },
  ],
  [
    OWN_EVENTS_PATH,
    {
      bytesMax: QUESTION_BYTES_MAX,
      answer: (context, station, body) => withQuestion(body, ownEventsRequest, (question) => answerOwnEvents(context, station, question)),
    },
  ],
  [
    PULL_PATH,
    {
      bytesMax: QUESTION_BYTES_MAX,
      confirmsKey: true,
      answer: (context, station, body, headers) => {
        const spoken = readProtocol(headers)
        if (!spoken.ok) return refuse(spoken.error)
        const question = pullRequest.safeParse(parseJson(body))
        // It asks as an older version did, before what is told today: staff are to hear why no news comes.
        if (!question.success) return refuse(spoken.answer < SYNC_PROTOCOL_VERSION ? 'client_too_old' : 'bad_request')
        return told(
          answerPull(context, station, question.data, { protocol: spoken.answer }),
          (answer) => context.counters.count({ what: 'page', result: answer.result, changes: answer.result === 'page' ? answer.changes.length : 0 }),
        )
      },
    },
  ],
  [
    ALLOWANCE_PATH,
    {
      bytesMax: QUESTION_BYTES_MAX,
      answer: (context, station, body) =>
        told(withQuestion(body, allowanceRequest, (question) => grantAllowance(context, station, question)), ({ grant }) => {
          if (grant !== null) context.counters.count({ what: 'grant', points: grant.points })
        }),
    },
  ],
  [
    RENEWALS_PATH,
    {
      bytesMax: QUESTION_BYTES_MAX,
      answer: (context, station, body) => withQuestion(body, renewalsRequest, (question) => renewSlices(context, station, question)),
    },
  ],
  [
    SNAPSHOT_PATH,
    {
      bytesMax: QUESTION_BYTES_MAX,
      answer: (context, station, body, headers) => {
        const spoken = readProtocol(headers)
        return spoken.ok ? withQuestion(body, snapshotRequest, (question) => answerSnapshot(context, station, question, spoken.answer)) : refuse(spoken.error)
      },
    },
  ],
  [
    SNAPSHOT_PART_PATH,
    {
      bytesMax: QUESTION_BYTES_MAX,
      answer: (context, station, body) => withQuestion(body, snapshotPartRequest, (question) => answerSnapshotPart(context, station, question)),
    },
  ],
  [
    WORDS_PATH,
    {
      bytesMax: WORDS_REQUEST_BYTES_MAX,
      answer: (context, station, body) => withQuestion(body, wordsRequest, (question) => takeWords(context, station, question)),
    },
  ],
  [
    NEW_PASS_PATH,
    {
      bytesMax: QUESTION_BYTES_MAX,
      answer: (context, station, body) => withQuestion(body, newPassRequest, (question) => answerNewPass(context, station, question)),
    },
  ],
  [
    RIDER_PATH,
    {
      bytesMax: QUESTION_BYTES_MAX,
      answer: (context, station, body, headers) => {
        const spoken = readProtocol(headers)
        return spoken.ok ? withQuestion(body, riderRequest, (question) => addRider(context, station, question, spoken.answer)) : refuse(spoken.error)
      },
    },
  ],
])

export async function answerStation(context: DoorContext, request: StationRequest): Promise<StationAnswer> {
  const { path, headers } = request
  const door = SYNC_DOORS.get(path)
  const refuseWith = (error: SyncError['error'], detail?: RefusalDetail): StationAnswer => {
    context.counters.count({ what: 'refusal', code: detail ?? error })
    return refusal(error)
  }
  if (door === undefined) return refusal('bad_request', 404)
  if (request.body.length > door.bytesMax) return refuseWith('too_large')
  const asking = await recognise(context, request, door)
  if (!asking.ok) return refuseWith(asking.error)
  if (asking.answer.isRevoked && door.hearsRevoked !== true) return refuseWith('revoked')
  const body = await inflateBody(context.packing, request.body, textOf(headers['content-encoding']), door.bytesMax)
  if (!body.ok) return refuseWith(body.error, body.detail)
  const result = await door.answer(context, asking.answer, body.answer, headers)
  return result.ok ? packed(context, headers, result.answer) : refuseWith(result.error, result.detail)
}

/** In a hello also by central's own certificate, where central was restored to a day before the station joined. */
async function recognise(context: DoorContext, request: StationRequest, { confirmsKey }: Door): Promise<SyncResult<AskingStation>> {
  if (confirmsKey === true) return recogniseByKeptKey(context, request)
  const asking = await recogniseStation(context.store, request)
  if (asking.ok || request.path !== HELLO_PATH || (asking.error !== 'unknown_station' && asking.error !== 'bad_signature')) return asking
  return knowAgain(context, request, asking)
}

export function refusal(error: SyncError['error'], status: number = REFUSAL_STATUS[error]): StationAnswer {
  const answer = jsonAnswer(status, error, { error })
  if (error === 'busy') answer.headers['retry-after'] = String(RETRY_AFTER_S)
  return answer
}

/** Packed where the asker can unpack it and it is worth it. */
async function packed({ packing }: DoorContext, headers: RequestHeaders, content: unknown): Promise<StationAnswer> {
  // A part of a snapshot goes out as the bytes whose hash was told.
  if (content instanceof Uint8Array) return { status: 200, verdict: 'ok', headers: { ...EVERY_ANSWER, 'content-type': 'application/octet-stream' }, body: content }
  const answer = jsonAnswer(200, 'ok', content)
  if (answer.body.length < PACKED_FROM_BYTES || !/\bgzip\b/.test(textOf(headers['accept-encoding']) ?? '')) return answer
  return { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' }, body: await packing.gzip(answer.body) }
}

function jsonAnswer(status: number, verdict: Verdict, content: unknown): StationAnswer {
  return { status, verdict, headers: { ...EVERY_ANSWER, 'content-type': 'application/json; charset=utf-8' }, body: Buffer.from(JSON.stringify(content)) }
}

/** Which version of the protocol the asker reads. */
function readProtocol(headers: RequestHeaders): SyncResult<number> {
  const protocol = Number(headers[PROTOCOL_HEADER])
  if (!Number.isInteger(protocol) || protocol < 1) return { ok: false, error: 'bad_request' }
  return protocol > SYNC_PROTOCOL_VERSION ? { ok: false, error: 'server_too_old' } : { ok: true, answer: protocol }
}

function textOf(header: RequestHeaders[string]): string | undefined {
  return typeof header === 'object' ? header.join(', ') : header
}

function withQuestion<Question, Answer>(
  body: Uint8Array,
  schema: z.ZodType<Question>,
  answer: (question: Question) => Promise<SyncResult<Answer>>,
): Promise<SyncResult<Answer>> {
  const question = schema.safeParse(parseJson(body))
  return question.success ? answer(question.data) : refuse('bad_request')
}

async function told<Answer>(result: Promise<SyncResult<Answer>>, count: (answer: Answer) => void): Promise<SyncResult<Answer>> {
  const known = await result
  if (known.ok) count(known.answer)
  return known
}

function refuse(error: SyncError['error']): Promise<{ ok: false; error: SyncError['error'] }> {
  return Promise.resolve({ ok: false, error })
}
