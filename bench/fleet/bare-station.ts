// One station of a fleet, as little as the protocol allows: its key, its chain, one stream of wake-ups that stays open, and a
// connection for questions that it lets go when it has asked nothing for a while, as the product's does.

import { createHash, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import { Agent, get, type IncomingMessage, request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { v7 as uuidv7 } from 'uuid'
import { batchSigningText, chainSeedText, encodeHeader } from '../../contract/sync/event-envelope.ts'
import { HELLO_PATH, WAKEUPS_PATH } from '../../contract/sync/hello.ts'
import {
  ALLOWANCE_PATH, type AllowanceAnswer, type Change, type Cursor, PROTOCOL_HEADER, PULL_PATH, type PullAnswer, PUSH_PATH, type PushAnswer, REQUEST_HEADER,
  requestSigningText, SIGNATURE_HEADER, STATION_HEADER, SYNC_PROTOCOL_VERSION,
} from '../../contract/sync/sync-protocol.ts'

export interface BareStationParts {
  url: string
  station: string
  privateKey: KeyObject
  riders: readonly string[]
  item: { id: string; pricePoints: number }
}

export interface Batch {
  bytes: Buffer
  headers: Record<string, string>
  facts: number
  lastSeq: number
  lastHash: Buffer
}

export interface BatchShape {
  checkIns: number
  redemptions: number
}

/** undici's, which the station uses. */
const IDLE_CONNECTION_MS = 4_000
const ANSWER_MS_MAX = 60_000

export class BareStation {
  readonly #of: BareStationParts
  readonly #incarnation = randomUUID()
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: IDLE_CONNECTION_MS })
  #cursor: Cursor | null = null
  #seq = 0
  #hash: Buffer
  /** As far as central has acknowledged. */
  #sent: { seq: number; hash: Buffer }
  #stream: IncomingMessage | null = null

  constructor(parts: BareStationParts) {
    this.#of = parts
    this.#hash = createHash('sha256').update(chainSeedText(parts.station, this.#incarnation)).digest()
    this.#sent = { seq: 0, hash: this.#hash }
  }

  async hello(): Promise<void> {
    await this.#ask(HELLO_PATH, {
      incarnation: this.#incarnation, nonce: randomBytes(32).toString('base64url'), previous: null, lastSeq: 0, lastHash: this.#hash.toString('hex'), acknowledgedSeq: 0,
      cursor: null, certificate: null, wallMs: Date.now(), program: 'fleet',
    })
  }

  /** Resolves when the stream is open; `wake` is called for every event on it. */
  openStream(wake: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const stream = get(`${this.#of.url}${WAKEUPS_PATH}`, { headers: this.#signed(WAKEUPS_PATH, Buffer.alloc(0)), agent: false }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`the stream is answered with ${response.statusCode}`))
        this.#stream = response
        response.setEncoding('utf8').on('data', (text: string) => {
          if (text.includes('event: pull')) wake()
        })
        response.on('error', () => undefined)
        resolve()
      })
      stream.on('error', reject)
    })
  }

  get isListening(): boolean {
    return this.#stream !== null && !this.#stream.destroyed
  }

  /** To the end of the log; all that came. */
  async pull(): Promise<Change[]> {
    const changes: Change[] = []
    for (let page = 0; page < 100; page += 1) {
      const answer = (await this.#ask(PULL_PATH, { cursor: this.#cursor, incarnation: this.#incarnation, checksums: [] })) as PullAnswer
      if (answer.result !== 'page') throw new Error(answer.result)
      this.#cursor = answer.cursor
      changes.push(...answer.changes)
      if (!answer.more) return changes
    }
    throw new Error('the log does not end')
  }

  /** The points of its first rider are here from now on, and central knows that they are: he is the one who redeems. */
  async borrow(): Promise<void> {
    const rider = this.#of.riders[0] ?? ''
    const { grant } = (await this.#ask(ALLOWANCE_PATH, { requestId: randomUUID(), rider, incarnation: this.#incarnation })) as AllowanceAnswer
    if (grant === null) throw new Error('nothing is lent')
    await this.push(this.#batchOf([['allowance.received', { grant: grant.id, rider, points: grant.points }]]))
  }

  makeBatch({ checkIns, redemptions }: BatchShape): Batch {
    const { riders, item } = this.#of
    const facts = Array.from({ length: checkIns + redemptions }, (_, index): [string, object] => {
      if (index < checkIns) return ['checkin.recorded', { rider: riders[index % riders.length] ?? '', card: 1, known: true }]
      const rider = riders[0] ?? ''
      const { pricePoints: points } = item
      return ['redemption.recorded', { request: randomUUID(), rider, points, receipt: '1-00001-0', lines: [{ item: item.id, quantity: 1, points, lots: [[1, 1]] }] }]
    })
    return this.#batchOf(facts)
  }

  /** The outcomes that were not `recorded`; null: central is busy, the same batch may come again. */
  async push({ bytes, headers, lastSeq, lastHash }: Batch): Promise<number | null> {
    const { status, body } = await this.#send(PUSH_PATH, headers, bytes)
    if (status === 503) return null
    const answer = JSON.parse(body) as PushAnswer
    if (status !== 200 || answer.result !== 'applied' || answer.lastSeq !== lastSeq) throw new Error(`a batch is answered with ${status} ${body.slice(0, 200)}`)
    this.#sent = { seq: lastSeq, hash: lastHash }
    return answer.outcomes.filter(({ outcome }) => outcome !== 'recorded').length
  }

  /** What was made and not sent was never said. */
  dropUnsent(): void {
    this.#seq = this.#sent.seq
    this.#hash = this.#sent.hash
  }

  close(): void {
    this.#stream?.destroy()
    this.#agent.destroy()
  }

  #batchOf(facts: readonly [kind: string, body: object][]): Batch {
    const firstSeq = this.#seq + 1
    const lines = facts.flatMap(([kind, body]) => {
      this.#seq += 1
      const header = encodeHeader({ seq: this.#seq, id: uuidv7(), kind, version: 1, wallMs: Date.now(), monotonicMs: this.#seq * 10, boot: 1 })
      const text = JSON.stringify(body)
      this.#hash = createHash('sha256').update(this.#hash).update(`${header}\n`).update(text).digest()
      return [header, text]
    })
    const head = { incarnation: this.#incarnation, firstSeq, lastSeq: this.#seq, lastHash: this.#hash.toString('hex') }
    const signature = this.#sign(batchSigningText({ station: this.#of.station, ...head }))
    const bytes = gzipSync(`${[JSON.stringify({ ...head, signature }), ...lines].join('\n')}\n`, { level: 1 })
    const headers = { ...this.#signed(PUSH_PATH, bytes), 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson' }
    return { bytes, headers, facts: facts.length, lastSeq: this.#seq, lastHash: this.#hash }
  }

  async #ask(path: string, question: object): Promise<unknown> {
    const bytes = Buffer.from(JSON.stringify(question))
    for (let attempt = 1; ; attempt += 1) {
      const { status, body } = await this.#send(path, { ...this.#signed(path, bytes), 'content-type': 'application/json' }, bytes)
      if (status === 200) return JSON.parse(body)
      if (status !== 503 || attempt >= 10) throw new Error(`${path} is answered with ${status} ${body.slice(0, 200)}`)
    }
  }

  #send(path: string, headers: Record<string, string>, bytes: Buffer): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const asking = request(`${this.#of.url}${path}`, { method: 'POST', agent: this.#agent, headers: { ...headers, 'content-length': bytes.length }, timeout: ANSWER_MS_MAX }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }))
        response.on('error', reject)
      })
      asking.on('timeout', () => asking.destroy(new Error(`${path} is not answered`)))
      asking.on('error', reject)
      asking.end(bytes)
    })
  }

  #signed(path: string, body: Buffer): Record<string, string> {
    const requestId = randomUUID()
    const { station } = this.#of
    const bodySha256 = createHash('sha256').update(body).digest('hex')
    return {
      [STATION_HEADER]: station, [REQUEST_HEADER]: requestId, [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
      [SIGNATURE_HEADER]: this.#sign(requestSigningText({ path, station, requestId, bodySha256 })),
    }
  }

  #sign(text: string): string {
    return sign(null, Buffer.from(text), this.#of.privateKey).toString('base64url')
  }
}
