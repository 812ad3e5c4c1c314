// The other end of the wire for tests of the station alone, where a test decides what central says: it keeps what is pushed,
// checks the chain, signs its hellos and answers pulls from a list. Shares only the contract with the product. How the real
// central behaves is tested with the real central.

import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { chainSeedText, decodeHeader } from '../../contract/sync/event-envelope.ts'
import {
  HELLO_PATH, type HelloAnswer, helloRequest, type HelloRequest, helloSigningText, OWN_EVENTS_PATH, type OwnEventsAnswer, ownEventsRequest, RENEWALS_PATH,
  type RenewalsAnswer, renewalsRequest,
} from '../../contract/sync/hello.ts'
import {
  ALLOWANCE_PATH, type AllowanceAnswer, allowanceRequest, type Change, type IncarnationState, PULL_PATH, type PullAnswer, type PullRequest, pullRequest,
  PUSH_PATH, type PushAnswer, type PushHead, pushHead, RIDER_PATH, type RiderAnswer, type SyncError,
} from '../../contract/sync/sync-protocol.ts'
import { PUSH_BATCHES_HEADER } from '../../contract/sync/push-request.ts'
import type { Exchange } from '../../station/sync/http-exchange.ts'

export interface KeptEvent {
  seq: number
  kind: string
  header: string
  body: string
  hash: Buffer
}

type WithoutNumber<Each> = Each extends { number: number } ? Omit<Each, 'number'> : never

export class StandInCentral {
  history = '0192f0c0-0000-4000-8000-000000000001'
  state: IncarnationState = 'active'
  recovering = false
  backedUpSeq = 0
  wallMs: number
  readonly station: string
  /** By incarnation. */
  readonly kept = new Map<string, KeptEvent[]>()
  /** What came from an incarnation in quarantine. */
  readonly raw: KeptEvent[] = []
  readonly changes: Change[] = []
  /** Paths, in order. */
  readonly requests: string[] = []
  readonly hellos: HelloRequest[] = []
  readonly pulls: PullRequest[] = []
  readonly asked: string[] = []
  differs: ('district' | 'station' | 'riders')[] = []
  allowance: AllowanceAnswer = { grant: null, withheld: null, elsewhere: [] }
  renewals: RenewalsAnswer = { granted: 0, more: false, withheld: null }
  /** Answers to every request of that path. */
  readonly refusals = new Map<string, SyncError['error']>()
  /** To hellos of that incarnation. */
  readonly helloRefusals = new Map<string, SyncError['error']>()
  /** Nobody answers. */
  cutOff = false
  /** What every answer says that it takes in one request; null: it says nothing, as releases before 2026-12. */
  batchesAtOnce: number | null = null
  /** Of several batches it takes the first one. */
  takesOnlyTheFirst = false
  onPush = (): void => undefined
  /** Sequences of each push: first and last of each of its batches. */
  readonly pushes: [number, number][][] = []
  keys = generateKeyPairSync('ed25519')

  constructor(station: string, wallMs: number) {
    this.station = station
    this.wallMs = wallMs
  }

  get publicKey(): KeyObject {
    return this.keys.publicKey
  }

  tell(...told: WithoutNumber<Change>[]): void {
    for (const change of told) this.changes.push({ ...change, number: this.changes.length + 1 })
  }

  eventsOf(incarnation: string): KeptEvent[] {
    const events = this.kept.get(incarnation) ?? []
    this.kept.set(incarnation, events)
    return events
  }

  /** Kinds and bodies. */
  factsOf(incarnation: string): { kind: string; body: unknown }[] {
    return this.eventsOf(incarnation).map(({ kind, body }) => ({ kind, body: JSON.parse(body) as unknown }))
  }

  readonly exchange: Exchange = ({ path, body, headers }) => {
    this.requests.push(path)
    if (this.cutOff) return Promise.reject(new Error('cut off'))
    const unpacked = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : Buffer.from(body)
    const refused = this.refusals.get(path) ?? (path === HELLO_PATH ? this.helloRefusals.get(helloRequest.parse(JSON.parse(unpacked.toString('utf8'))).incarnation) : undefined)
    const answer = refused === undefined ? this.#answer(path, unpacked) : { error: refused }
    return Promise.resolve({ status: refused === undefined ? 200 : 409, headers: this.batchesAtOnce === null ? {} : { [PUSH_BATCHES_HEADER]: String(this.batchesAtOnce) }, body: Buffer.from(JSON.stringify(answer)) })
  }

  #answer(path: string, bytes: Buffer): unknown {
    if (path === PUSH_PATH) return this.#push(bytes.toString('utf8'))
    const json: unknown = JSON.parse(bytes.toString('utf8'))
    switch (path) {
      case HELLO_PATH:
        return this.#hello(helloRequest.parse(json))
      case OWN_EVENTS_PATH: {
        const { incarnation, after } = ownEventsRequest.parse(json)
        const events = this.eventsOf(incarnation).slice(after, after + 3)
        return { events: events.map(({ header, body }) => ({ header, body })), more: after + 3 < this.eventsOf(incarnation).length } satisfies OwnEventsAnswer
      }
      case PULL_PATH:
        return this.#pull(pullRequest.parse(json))
      case ALLOWANCE_PATH:
        this.asked.push(allowanceRequest.parse(json).rider)
        return this.allowance
      case RENEWALS_PATH:
        renewalsRequest.parse(json)
        return this.renewals
      case RIDER_PATH:
        return { changes: [] } satisfies RiderAnswer
    }
    throw new Error(`nobody asks ${path}`)
  }

  #seed(incarnation: string): Buffer {
    return createHash('sha256').update(chainSeedText(this.station, incarnation)).digest()
  }

  #hello(request: HelloRequest): HelloAnswer {
    this.hellos.push(request)
    const events = this.eventsOf(request.incarnation)
    const said = {
      history: this.history,
      state: this.state,
      lastSeq: events.length,
      lastHash: (events.at(-1)?.hash ?? this.#seed(request.incarnation)).toString('hex'),
      backedUpSeq: this.backedUpSeq,
      recovering: this.recovering,
      centralWallMs: this.wallMs,
    }
    const text = helloSigningText({ station: this.station, incarnation: request.incarnation, nonce: request.nonce, ...said })
    return { ...said, signature: sign(null, Buffer.from(text), this.keys.privateKey).toString('base64url') }
  }

  #push(text: string): PushAnswer {
    const lines = text.trimEnd().split('\n')
    const batches: { head: PushHead; lines: string[] }[] = []
    while (lines.length > 0) {
      const head = pushHead.parse(JSON.parse(lines.shift() ?? ''))
      batches.push({ head, lines: lines.splice(0, (head.lastSeq - head.firstSeq + 1) * 2) })
    }
    this.onPush()
    this.pushes.push(batches.map(({ head }) => [head.firstSeq, head.lastSeq]))
    let answer: PushAnswer = { result: 'gap', lastSeq: 0 }
    for (const { head, lines: ofBatch } of this.takesOnlyTheFirst ? batches.slice(0, 1) : batches) answer = this.#take(head, ofBatch)
    return answer
  }

  #take(head: PushHead, lines: readonly string[]): PushAnswer {
    const events = this.eventsOf(head.incarnation)
    if (head.firstSeq > events.length + 1) return { result: 'gap', lastSeq: events.length }
    const incoming: KeptEvent[] = []
    let previous = events[head.firstSeq - 2]?.hash ?? this.#seed(head.incarnation)
    for (let line = 0; line < lines.length; line += 2) {
      const [header = '', body = ''] = lines.slice(line, line + 2)
      const decoded = decodeHeader(header)
      if (decoded === null) throw new Error('a header that is none')
      previous = createHash('sha256').update(previous).update(`${header}\n`).update(body).digest()
      incoming.push({ seq: decoded.seq, kind: decoded.kind, header, body, hash: previous })
    }
    const contradicts = incoming.some(({ seq, hash }) => events[seq - 1] !== undefined && !hash.equals(events[seq - 1]?.hash ?? Buffer.alloc(0)))
    if (contradicts) this.state = 'quarantined'
    if (this.state === 'quarantined') {
      this.raw.push(...incoming)
      return { result: 'quarantined', lastSeq: events.length }
    }
    events.push(...incoming.filter(({ seq }) => seq > events.length))
    return { result: 'applied', lastSeq: events.length, outcomes: [] }
  }

  #pull(request: PullRequest): PullAnswer {
    this.pulls.push(request)
    if (request.cursor !== null && request.cursor.history !== this.history) return { result: 'cursor_unknown', history: this.history }
    const after = request.cursor?.number ?? 0
    const { differs } = this
    this.differs = []
    return {
      result: 'page',
      cursor: { history: this.history, number: this.changes.length },
      more: false,
      changes: this.changes.filter(({ number }) => number > after),
      centralWallMs: this.wallMs,
      lastSeq: this.eventsOf(request.incarnation).length,
      backedUpSeq: this.backedUpSeq,
      state: this.state,
      recovering: this.recovering,
      differs,
    }
  }
}
