// Speaks to central: signs each request with the station's key, says how long an answer may take, validates what comes back, and
// believes a hello only with the signature of the central it was enrolled with. Knows no database, no schedule and no network
// of its own. Every way to fail is a value.

import { createHash, hash, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { z } from 'zod'
import { batchSigningText, encodeHeader } from '../../contract/sync/event-envelope.ts'
import {
  HELLO_PATH, type HelloAnswer, helloAnswer, type HelloRequest, helloSigningText, OWN_EVENTS_PATH, type OwnEventsAnswer, ownEventsAnswer, type OwnEventsRequest,
  RENEWALS_PATH, type RenewalsAnswer, renewalsAnswer, type RenewalsRequest,
} from '../../contract/sync/hello.ts'
import {
  HAND_OFF_PATH, HAND_OFF_STATE_PATH, type HandOffAnswer, handOffAnswer, type HandOffRequest, type HandOffStateAnswer, handOffStateAnswer, type HandOffStateRequest,
} from '../../contract/sync/hand-off.ts'
import { NEW_PASS_PATH, type NewPassAnswer, newPassAnswer, type NewPassRequest } from '../../contract/sync/new-pass.ts'
import { PUSH_BATCHES_HEADER, readPushBatches } from '../../contract/sync/push-request.ts'
import { WORDS_PATH, type WordsAnswer, wordsAnswer, type WordsRequest } from '../../contract/sync/sealed-words.ts'
import {
  SNAPSHOT_PART_PATH, SNAPSHOT_PATH, type SnapshotManifest, snapshotManifest, type SnapshotPartRequest, type SnapshotRequest,
} from '../../contract/sync/snapshot.ts'
import {
  ALLOWANCE_PATH, type AllowanceAnswer, allowanceAnswer, type AllowanceRequest, PROTOCOL_HEADER, PULL_PATH, type PullAnswer, type PullRequest,
  PUSH_PATH, type PushAnswer, pushAnswer, type PushHead, REQUEST_HEADER, requestSigningText, RIDER_PATH, type RiderAnswer, riderAnswer, type RiderRequest,
  SIGNATURE_HEADER, STATION_HEADER, SYNC_PROTOCOL_VERSION, syncError, type SyncError,
} from '../../contract/sync/sync-protocol.ts'
import type { StationIds } from '../station-ids.ts'
import type { StoredEvent } from '../store/outbox.ts'
import type { Exchange } from './http-exchange.ts'
import { readPullAnswer, unreadPullAnswer } from './read-page.ts'

const gzipAsync = promisify(gzip)

const ANSWER_MS_MAX = 15_000
/** What somebody at the screen waits for. */
const ANSWER_TO_A_PERSON_MS_MAX = 4_000
const TO_A_PERSON: ReadonlySet<string> = new Set([ALLOWANCE_PATH, RIDER_PATH, HAND_OFF_PATH, HAND_OFF_STATE_PATH, NEW_PASS_PATH])

export type CentralAnswer<Body> =
  | { kind: 'answered'; body: Body }
  /** Central said why not. */
  | { kind: 'refused'; error: SyncError['error']; retryAfterMs: number | null }
  /** No answer that can be used: no network, cut off in the middle, too slow, not our protocol. */
  | { kind: 'unreachable'; reason: string }

/** A signed batch as it will be sent: an event never changes, so neither does this. */
export interface PreparedBatch {
  readonly firstSeq: number
  readonly lastSeq: number
  readonly bytes: Uint8Array
}

/** Batches one behind the other, packed. */
export interface PreparedPush {
  readonly firstSeq: number
  readonly lastSeq: number
  readonly packed: Promise<Uint8Array>
}

export interface CentralClient {
  /** `unknown_central`: whoever answered has not the key that this station was enrolled with. */
  hello(request: Omit<HelloRequest, 'nonce'>): Promise<CentralAnswer<HelloAnswer> | { kind: 'unknown_central' }>
  /** Signs what comes next, while something else may be under way. At least one event. */
  prepare(incarnation: string, events: readonly StoredEvent[]): PreparedBatch
  /** For one request: at least one batch, each beginning where the one before it ends. */
  pack(batches: readonly PreparedBatch[]): PreparedPush
  /** How many batches central takes in one request, as it said last. */
  pushBatchesMax(): number
  /** `onSent`: all of it is on its way; perhaps never. */
  push(prepared: PreparedPush, onSent?: () => void): Promise<CentralAnswer<PushAnswer>>
  pull(request: PullRequest): Promise<CentralAnswer<PullAnswer>>
  askAllowance(request: AllowanceRequest): Promise<CentralAnswer<AllowanceAnswer>>
  askRider(request: RiderRequest): Promise<CentralAnswer<RiderAnswer>>
  askOwnEvents(request: OwnEventsRequest): Promise<CentralAnswer<OwnEventsAnswer>>
  askRenewals(request: RenewalsRequest): Promise<CentralAnswer<RenewalsAnswer>>
  askHandOff(request: HandOffRequest): Promise<CentralAnswer<HandOffAnswer>>
  askHandOffState(request: HandOffStateRequest): Promise<CentralAnswer<HandOffStateAnswer>>
  askNewPass(request: NewPassRequest): Promise<CentralAnswer<NewPassAnswer>>
  pushWords(request: WordsRequest): Promise<CentralAnswer<WordsAnswer>>
  askSnapshot(request: SnapshotRequest): Promise<CentralAnswer<SnapshotManifest>>
  /** The part's bytes, unchecked. */
  askSnapshotPart(request: SnapshotPartRequest): Promise<CentralAnswer<Uint8Array>>
  /** Gives up what is under way: it ends as `unreachable`, and central takes the repeat as one. */
  abandon(): void
}

export interface CentralClientOptions {
  station: string
  /** Ed25519; never leaves this process. */
  privateKey: KeyObject
  /** Ed25519: the one central that is believed. */
  centralKey: KeyObject
  exchange: Exchange
  ids: Pick<StationIds, 'random'>
  /** gzip; a test may bring one that does not wait for another thread. */
  pack?: (bytes: Uint8Array) => Promise<Uint8Array>
  /** Lets everything else that waits have its turn, within the reading of a large answer. */
  pause?: () => Promise<void>
}

export function connectCentral(options: CentralClientOptions): CentralClient {
  const pack = options.pack ?? ((bytes) => gzipAsync(bytes, { level: 1 }))
  const pause = options.pause ?? (() => Promise.resolve())
  const underWay = new Set<AbortController>()
  let pushBatchesMax = 1
  const post = async <Body>(path: string, bytes: Uint8Array, read: (bytes: Uint8Array) => Body | null, encoding: 'gzip' | null, onSent?: () => void): Promise<CentralAnswer<Body>> => {
    const requestId = options.ids.random()
    const bodySha256 = hash('sha256', bytes, 'hex')
    const signature = sign(null, Buffer.from(requestSigningText({ path, station: options.station, requestId, bodySha256 })), options.privateKey)
    const ending = new AbortController()
    underWay.add(ending)
    try {
      const response = await options.exchange({
        path,
        body: bytes,
        withinMs: TO_A_PERSON.has(path) ? ANSWER_TO_A_PERSON_MS_MAX : ANSWER_MS_MAX,
        signal: ending.signal,
        ...(onSent === undefined ? {} : { onSent }),
        headers: {
          'content-type': path === PUSH_PATH ? 'application/x-ndjson' : 'application/json',
          ...(encoding === null ? {} : { 'content-encoding': encoding }),
          [STATION_HEADER]: options.station,
          [REQUEST_HEADER]: requestId,
          [SIGNATURE_HEADER]: signature.toString('base64url'),
          [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
        },
      })
      pushBatchesMax = readPushBatches(response.headers[PUSH_BATCHES_HEADER])
      if (response.status < 200 || response.status > 299) {
        const refusal = syncError.safeParse(parseJson(Buffer.from(response.body).toString('utf8')))
        if (!refusal.success) return { kind: 'unreachable', reason: `status ${response.status}` }
        return { kind: 'refused', error: refusal.data.error, retryAfterMs: retryAfterMs(response.headers['retry-after']) }
      }
      const body = read(response.body)
      return body !== null ? { kind: 'answered', body } : notOfThisProtocol(path)
    } catch (error) {
      return { kind: 'unreachable', reason: reasonOf(error) }
    } finally {
      underWay.delete(ending)
    }
  }
  const postJson = <Body>(path: string, body: unknown, schema: z.ZodType<Body>) => post(path, Buffer.from(JSON.stringify(body)), jsonOf(schema), null)

  return {
    async hello(request) {
      // Two random UUIDs are 244 bits that nobody has signed before.
      const nonce = createHash('sha256').update(options.ids.random()).update(options.ids.random()).digest('base64url')
      const answer = await postJson(HELLO_PATH, { ...request, nonce } satisfies HelloRequest, helloAnswer)
      if (answer.kind !== 'answered') return answer
      const { signature, ...said } = answer.body
      const text = helloSigningText({ station: options.station, incarnation: request.incarnation, nonce, ...said })
      return verify(null, Buffer.from(text), options.centralKey, Buffer.from(signature, 'base64url')) ? answer : { kind: 'unknown_central' }
    },
    prepare: (incarnation, events) => encodeBatch(options, incarnation, events),
    pack(batches) {
      const [first] = batches
      const last = batches.at(-1)
      if (first === undefined || last === undefined) throw new RangeError('a request has at least one batch')
      const packed = pack(batches.length === 1 ? first.bytes : Buffer.concat(batches.map(({ bytes }) => bytes)))
      // One that is never sent fails unheard.
      packed.catch(() => undefined)
      return { firstSeq: first.firstSeq, lastSeq: last.lastSeq, packed }
    },
    pushBatchesMax: () => pushBatchesMax,
    push: async ({ packed }, onSent) => post(PUSH_PATH, await packed, jsonOf(pushAnswer), 'gzip', onSent),
    async pull(request) {
      const answer = await postJson(PULL_PATH, request, unreadPullAnswer)
      if (answer.kind !== 'answered') return answer
      const body = await readPullAnswer(answer.body, pause)
      return body !== null ? { kind: 'answered', body } : notOfThisProtocol(PULL_PATH)
    },
    askAllowance: (request) => postJson(ALLOWANCE_PATH, request, allowanceAnswer),
    askRider: (request) => postJson(RIDER_PATH, request, riderAnswer),
    askOwnEvents: (request) => postJson(OWN_EVENTS_PATH, request, ownEventsAnswer),
    askRenewals: (request) => postJson(RENEWALS_PATH, request, renewalsAnswer),
    askHandOff: (request) => postJson(HAND_OFF_PATH, request, handOffAnswer),
    askHandOffState: (request) => postJson(HAND_OFF_STATE_PATH, request, handOffStateAnswer),
    askNewPass: (request) => postJson(NEW_PASS_PATH, request, newPassAnswer),
    pushWords: (request) => postJson(WORDS_PATH, request, wordsAnswer),
    askSnapshot: (request) => postJson(SNAPSHOT_PATH, request, snapshotManifest),
    askSnapshotPart: (request) => post(SNAPSHOT_PART_PATH, Buffer.from(JSON.stringify(request)), (bytes) => bytes, null),
    abandon() {
      for (const ending of underWay) ending.abort(new Error('the station stops'))
    },
  }
}

function notOfThisProtocol(path: string): { kind: 'unreachable'; reason: string } {
  return { kind: 'unreachable', reason: `an answer to ${path} that is not of this protocol` }
}

function jsonOf<Body>(schema: z.ZodType<Body>): (bytes: Uint8Array) => Body | null {
  return (bytes) => {
    const body = schema.safeParse(parseJson(Buffer.from(bytes).toString('utf8')))
    return body.success ? body.data : null
  }
}

/** The batch's lines: its signed head, then header and body of each event as they stand in the outbox. */
function encodeBatch(options: CentralClientOptions, incarnation: string, events: readonly StoredEvent[]): PreparedBatch {
  const first = events[0]
  const last = events.at(-1)
  if (first === undefined || last === undefined) throw new RangeError('a batch has at least one event')
  const batch = { incarnation, firstSeq: first.seq, lastSeq: last.seq, lastHash: Buffer.from(last.hash).toString('hex') }
  const signature = sign(null, Buffer.from(batchSigningText({ station: options.station, ...batch })), options.privateKey).toString('base64url')
  const head: PushHead = { ...batch, signature }
  const parts: Uint8Array[] = [Buffer.from(`${JSON.stringify(head)}\n`)]
  for (const event of events) parts.push(Buffer.from(`${encodeHeader(event)}\n`), event.body, NEW_LINE)
  return { firstSeq: head.firstSeq, lastSeq: head.lastSeq, bytes: Buffer.concat(parts) }
}

const NEW_LINE = Buffer.from('\n')

/** The parser's own words would repeat a piece of the answer in the log, and with it a person's row. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new SyntaxError('an answer that is not JSON')
    throw error
  }
}

function retryAfterMs(header: string | undefined): number | null {
  const seconds = Number(header)
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : null
}

/** fetch wraps the network's own words in a cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
