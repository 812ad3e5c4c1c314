// A station for tests, written apart from the product's: it makes events, chains, signs and pushes them, and asks central's
// four questions. Shares with the product only the contract.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { v7 as uuidv7 } from 'uuid'
import { batchSigningText, chainSeedText, encodeHeader, type EventHeader } from '../../contract/sync/event-envelope.ts'
import type { EventBody, EventName } from '../../contract/sync/event-bodies.ts'
import {
  HELLO_PATH, type HelloAnswer, helloAnswer, type HelloRequest, RENEWALS_PATH, type RenewalsAnswer, renewalsAnswer,
} from '../../contract/sync/hello.ts'
import {
  ALLOWANCE_PATH, allowanceAnswer, type AllowanceAnswer, type Cursor, PROTOCOL_HEADER, PULL_PATH, type PullAnswer, pullAnswer, PUSH_PATH, type PushAnswer,
  pushAnswer, REQUEST_HEADER, requestSigningText, RIDER_PATH, type RiderAnswer, riderAnswer, SIGNATURE_HEADER, STATION_HEADER, SYNC_PROTOCOL_VERSION,
} from '../../contract/sync/sync-protocol.ts'

export interface Reply {
  status: number
  body: unknown
}

/** Sends one POST; a test decides what is on the other side. */
export type Send = (path: string, headers: Record<string, string>, body: Buffer) => Promise<Reply>

export interface MadeEvent {
  header: EventHeader
  body: Buffer
  hash: Buffer
}

export class TestStation {
  readonly station: string
  readonly publicKey: string
  incarnation: string
  events: MadeEvent[] = []
  readonly #privateKey: KeyObject
  readonly #send: Send

  constructor(station: string, send: Send, keys: { publicKey: string; privateKey: KeyObject } = newKeys()) {
    const { publicKey, privateKey } = keys
    this.station = station
    this.publicKey = publicKey
    this.incarnation = randomUUID()
    this.#privateKey = privateKey
    this.#send = send
  }

  /** Another one with the same key, incarnation and past: a copied disk. */
  clone(): TestStation {
    return this.over(this.#send)
  }

  /** The same station by another way to central. */
  over(send: Send): TestStation {
    const copy = new TestStation(this.station, send, { publicKey: this.publicKey, privateKey: this.#privateKey })
    copy.incarnation = this.incarnation
    copy.events = [...this.events]
    return copy
  }

  /** A new life of its database file: a new incarnation, nothing recorded yet. */
  begin(): this {
    this.incarnation = randomUUID()
    this.events = []
    return this
  }

  record<Name extends EventName>(name: Name, body: EventBody<Name>, wallMs = 1_795_000_000_000): MadeEvent {
    const [kind, version] = name.split('/')
    return this.recordRaw(kind ?? '', Number(version), JSON.stringify(body), { wallMs })
  }

  recordRaw(kind: string, version: number, body: string | Uint8Array, change: Partial<EventHeader> = {}): MadeEvent {
    const seq = this.events.length + 1
    const header = { seq, id: uuidv7(), kind, version, wallMs: 1_795_000_000_000, monotonicMs: seq * 10, boot: 1, ...change }
    const bytes = Buffer.from(body)
    const event = { header, body: bytes, hash: chainHash(this.events.at(-1)?.hash ?? this.seed(), header, bytes) }
    this.events.push(event)
    return event
  }

  redeem(rider: string, points: number, request: string = randomUUID()): MadeEvent {
    return this.record('redemption.recorded/1', {
      request, rider, points, receipt: '1-00001-0', lines: [{ item: 'soap-two-bars', quantity: 1, points, lots: [[1, 1]] }],
    })
  }

  /** Is lent what of his lies at central, says that it has it, and spends some of it. Answers what it was lent. */
  async takeAndSpend(rider: string, points: number): Promise<number> {
    const { grant } = await this.askAllowance(rider)
    if (grant === null) throw new Error('points lie at central')
    this.record('allowance.received/1', { grant: grant.id, rider, points: grant.points })
    this.redeem(rider, points)
    await this.push()
    return grant.points
  }

  /** The unpacked bytes of a batch; signed as it should be, unless `wrong` says otherwise. */
  batchBytes(first: number, last: number, wrong: { lastHash?: string; signedBy?: TestStation } = {}): Buffer {
    const events = this.events.slice(first - 1, last)
    const lastHash = wrong.lastHash ?? events.at(-1)?.hash.toString('hex') ?? ''
    const batch = { incarnation: this.incarnation, firstSeq: first, lastSeq: last, lastHash }
    const signature = (wrong.signedBy ?? this).#sign(batchSigningText({ station: this.station, ...batch }))
    const newLine = Buffer.from('\n')
    const lines = [Buffer.from(JSON.stringify({ ...batch, signature })), ...events.flatMap(({ header, body }) => [Buffer.from(encodeHeader(header)), body])]
    return Buffer.concat(lines.flatMap((line) => [line, newLine]))
  }

  push(first = 1, last = this.events.length): Promise<PushAnswer> {
    return this.pushBytes(this.batchBytes(first, last)).then(({ body }) => pushAnswer.parse(body))
  }

  pushBytes(bytes: Buffer): Promise<Reply> {
    return this.post(PUSH_PATH, gzipSync(bytes), { 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson' })
  }

  async pull(cursor: Cursor | null): Promise<PullAnswer> {
    const { body } = await this.post(PULL_PATH, json({ cursor, incarnation: this.incarnation, checksums: [] }))
    return pullAnswer.parse(body)
  }

  async renew(): Promise<RenewalsAnswer> {
    const { body } = await this.post(RENEWALS_PATH, json({ incarnation: this.incarnation }))
    return renewalsAnswer.parse(body)
  }

  async askAllowance(rider: string, requestId: string = randomUUID()): Promise<AllowanceAnswer> {
    const { body } = await this.post(ALLOWANCE_PATH, json({ requestId, rider, incarnation: this.incarnation }))
    return allowanceAnswer.parse(body)
  }

  async askRider(rider: string): Promise<RiderAnswer> {
    const { body } = await this.post(RIDER_PATH, json({ rider, incarnation: this.incarnation }))
    return riderAnswer.parse(body)
  }

  /** Its first word, as this file stands. */
  helloBody(said: Partial<HelloRequest> = {}): HelloRequest {
    return {
      incarnation: this.incarnation, nonce: randomBytes(32).toString('base64url'), previous: null, lastSeq: this.events.length,
      lastHash: (this.events.at(-1)?.hash ?? this.seed()).toString('hex'), acknowledgedSeq: 0, cursor: null, certificate: null,
      wallMs: 1_795_000_000_000, program: 'test', ...said,
    }
  }

  /** And once more where central recovers under a history that this one did not name. */
  async hello(said: Partial<HelloRequest> = {}): Promise<HelloAnswer> {
    const answer = await this.helloOnce(this.helloBody(said))
    const { history } = answer
    if (!answer.recovering || said.cursor?.history === history) return answer
    return this.helloOnce(this.helloBody({ ...said, acknowledgedSeq: 0, cursor: { history, number: 0 } }))
  }

  async helloOnce(said: HelloRequest): Promise<HelloAnswer> {
    const { body } = await this.postOnce(HELLO_PATH, json(said))
    return helloAnswer.parse(body)
  }

  /** Signed as it should be, unless `headers` say otherwise. Where central wants a hello first it gets one. */
  async post(path: string, body: Buffer, headers: Record<string, string> = {}): Promise<Reply> {
    const reply = await this.postOnce(path, body, headers)
    if (reply.status !== 409) return reply
    await this.hello()
    return this.postOnce(path, body, headers)
  }

  postOnce(path: string, body: Buffer, headers: Record<string, string> = {}): Promise<Reply> {
    const requestId = randomUUID()
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    const signed = {
      'content-type': 'application/json',
      [STATION_HEADER]: this.station,
      [REQUEST_HEADER]: requestId,
      [SIGNATURE_HEADER]: this.#sign(requestSigningText({ path, station: this.station, requestId, bodySha256 })),
      [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
    }
    return this.#send(path, { ...signed, ...headers }, body)
  }

  /** What its chain begins with. */
  seed(): Buffer {
    return createHash('sha256').update(chainSeedText(this.station, this.incarnation)).digest()
  }

  #sign(text: string): string {
    return sign(null, Buffer.from(text), this.#privateKey).toString('base64url')
  }
}

function newKeys(): { publicKey: string; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { publicKey: publicKey.export({ format: 'jwk' }).x ?? '', privateKey }
}

function chainHash(previous: Buffer, header: EventHeader, body: Buffer): Buffer {
  return createHash('sha256').update(previous).update(`${encodeHeader(header)}\n`).update(body).digest()
}

function json(body: unknown): Buffer {
  return Buffer.from(JSON.stringify(body))
}
