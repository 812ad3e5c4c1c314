// Takes the bytes of a push apart: batches one behind the other, each its signed head, then two lines for each event, kept as the
// very bytes that came, because they are what is hashed. Pure but for SHA-256. Refuses what is not this protocol; what a body
// means is not its business.

import { isAscii, isUtf8 } from 'node:buffer'
import { createHash, hash as hashAtOnce } from 'node:crypto'
import { chainSeedText, decodeHeader, type EventHeader } from '../../contract/sync/event-envelope.ts'
import { PUSH_BATCHES_MAX } from '../../contract/sync/push-request.ts'
import { PUSH_BYTES_MAX, PUSH_EVENTS_MAX, type PushHead, pushHead, type SyncError } from '../../contract/sync/sync-protocol.ts'
import type { ChainedEvent, SentEvent } from '../store/outboxes.ts'
import type { RefusalDetail } from './sync-counters.ts'

/** Batches of one file, each beginning where the one before it ends. */
export interface Push {
  incarnation: string
  firstSeq: number
  lastSeq: number
  /** One a batch, at least one. */
  heads: readonly PushHead[]
  /** Of all of them. */
  events: readonly PushedEvent[]
}

/** All bytes of a push. */
interface WholePush {
  bytes: Buffer
  /** Nearly always; a body that is none is the business of whoever reads bodies. */
  isText: boolean
  /** Of nearly all: read as what they are they are read three times as fast. */
  encoding: 'latin1' | 'utf8'
}

/** Where an event stands among them. Thousands are kept until they are written, so a view of its bytes is made only for who asks, and dies with him. */
export class PushedEvent implements SentEvent {
  readonly header: EventHeader
  readonly headerLine: string
  readonly #push: WholePush
  readonly #start: number
  readonly #bodyStart: number
  readonly #end: number

  constructor(push: WholePush, { header, headerLine }: Pick<SentEvent, 'header' | 'headerLine'>, start: number, bodyStart: number, end: number) {
    this.header = header
    this.headerLine = headerLine
    this.#push = push
    this.#start = start
    this.#bodyStart = bodyStart
    this.#end = end
  }

  get body(): Buffer {
    return this.#push.bytes.subarray(this.#bodyStart, this.#end)
  }

  /** null: it is no text. */
  get bodyText(): string | null {
    const { bytes, isText, encoding } = this.#push
    return isText || isUtf8(this.body) ? bytes.toString(encoding, this.#bodyStart, this.#end) : null
  }

  /** Of header line, line feed and body, as they came. */
  get sentLength(): number {
    return this.#end - this.#start
  }

  copySent(target: Buffer, at: number): void {
    this.#push.bytes.copy(target, at, this.#start, this.#end)
  }
}

/** With its place among the hashes of its push. */
class HashedEvent implements ChainedEvent {
  readonly #event: PushedEvent
  readonly #hashes: Buffer
  readonly #at: number

  constructor(event: PushedEvent, hashes: Buffer, at: number) {
    this.#event = event
    this.#hashes = hashes
    this.#at = at
  }

  get header(): EventHeader {
    return this.#event.header
  }

  get headerLine(): string {
    return this.#event.headerLine
  }

  get body(): Buffer {
    return this.#event.body
  }

  get hash(): Buffer {
    return this.#hashes.subarray(this.#at, this.#at + HASH_BYTES)
  }
}

export type PushReading = { ok: true; push: Push } | { ok: false; error: SyncError['error']; detail?: RefusalDetail }

const NEW_LINE = 0x0a
const HASH_BYTES = 32
const HEAD_BYTES_MAX = 2048
/** A batch's events and its head. */
const BATCH_BYTES_MAX = PUSH_BYTES_MAX + HEAD_BYTES_MAX
/** Of a push, unpacked. */
export const PUSH_BODY_BYTES_MAX = PUSH_BATCHES_MAX * BATCH_BYTES_MAX

export function readPush(bytes: Uint8Array): PushReading {
  const ends = lineEnds(bytes, (PUSH_EVENTS_MAX * 2 + 1) * PUSH_BATCHES_MAX)
  if (ends === null) return { ok: false, error: 'too_large' }
  const heads: PushHead[] = []
  const events: PushedEvent[] = []
  const whole: WholePush = { bytes: bufferOf(bytes), isText: isUtf8(bytes), encoding: isAscii(bytes) ? 'latin1' : 'utf8' }
  let line = 0
  do {
    const head = pushHead.safeParse(parseJson(bytes.subarray(startOf(ends, line), ends[line] ?? 0)))
    const before = heads.at(-1)
    if (!head.success || (before !== undefined && !goesOnFrom(before, head.data))) return { ok: false, error: 'bad_request' }
    const count = head.data.lastSeq - head.data.firstSeq + 1
    if (count > PUSH_EVENTS_MAX || heads.length === PUSH_BATCHES_MAX) return { ok: false, error: 'too_large' }
    if (count < 1) return { ok: false, error: 'bad_request' }
    const end = line + 1 + count * 2
    if (end > ends.length) return { ok: false, error: 'bad_request', detail: 'body_cut' }
    if ((ends[end - 1] ?? 0) - startOf(ends, line) > BATCH_BYTES_MAX) return { ok: false, error: 'too_large' }
    if (!readEvents(events, whole, ends, { from: line + 1, to: end, firstSeq: head.data.firstSeq })) return { ok: false, error: 'bad_request' }
    heads.push(head.data)
    line = end
  } while (line < ends.length)
  const [first] = heads
  const last = heads.at(-1)
  if (first === undefined || last === undefined) throw new Error('a push that was read has a batch')
  return { ok: true, push: { incarnation: first.incarnation, firstSeq: first.firstSeq, lastSeq: last.lastSeq, heads, events } }
}

function goesOnFrom(before: PushHead, head: PushHead): boolean {
  return head.incarnation === before.incarnation && head.firstSeq === before.lastSeq + 1
}

/** Adds the events of these lines. False: one of them is no event, or not the one that is due. */
function readEvents(events: PushedEvent[], push: WholePush, ends: readonly number[], { from, to, firstSeq }: { from: number; to: number; firstSeq: number }): boolean {
  const { bytes, isText, encoding } = push
  for (let line = from; line < to; line += 2) {
    const start = startOf(ends, line)
    const end = ends[line] ?? 0
    if (!isText && !isUtf8(bytes.subarray(start, end))) return false
    const headerLine = bytes.toString(encoding, start, end)
    const header = decodeHeader(headerLine)
    if (header === null || header.seq !== firstSeq + (line - from) / 2) return false
    events.push(new PushedEvent(push, { header, headerLine }, start, end + 1, ends[line + 1] ?? 0))
  }
  return true
}

/** Its first batch alone. */
export function firstBatchOf(push: Push): Push {
  const [head] = push.heads
  if (head === undefined) throw new Error('a push has a batch')
  return { ...push, lastSeq: head.lastSeq, heads: [head], events: push.events.slice(0, head.lastSeq - head.firstSeq + 1) }
}

export function chainSeed(station: string, incarnation: string): Uint8Array {
  return createHash('sha256').update(chainSeedText(station, incarnation)).digest()
}

/** Each event with its hash, recomputed from the bytes and the hash before the first. */
export function chainEvents(events: readonly PushedEvent[], previous: Uint8Array): ChainedEvent[] {
  // One piece of memory for all that is hashed, each at once (a hash that is fed in four steps costs three times as much), and one for the hashes.
  const longest = events.reduce((most, { sentLength }) => Math.max(most, sentLength), 0)
  const bytes = Buffer.allocUnsafe(HASH_BYTES + longest)
  const hashes = Buffer.allocUnsafeSlow(events.length * HASH_BYTES)
  const beginnings = beginningsOf(bytes)
  bytes.set(previous, 0)
  return events.map((event, index) => {
    event.copySent(bytes, HASH_BYTES)
    const hash = hashAtOnce('sha256', beginnings(HASH_BYTES + event.sentLength), 'binary')
    hashes.write(hash, index * HASH_BYTES, 'latin1')
    bytes.write(hash, 0, 'latin1')
    return new HashedEvent(event, hashes, index * HASH_BYTES)
  })
}

/** Its first bytes, so many: events are of few lengths, and a view of bytes costs more than to find one again. */
function beginningsOf(bytes: Buffer): (length: number) => Buffer {
  const known = new Map<number, Buffer>()
  return (length) => {
    const before = known.get(length)
    if (before !== undefined) return before
    const made = bytes.subarray(0, length)
    known.set(length, made)
    return made
  }
}

/** null where the text is not JSON in UTF-8. */
export function parseJson(bytes: Uint8Array): unknown {
  return isUtf8(bytes) ? parseText(bufferOf(bytes).toString('utf8')) : null
}

/** null where it is no JSON. A byte-order mark stays where it is: what was sent is what is hashed. */
export function parseText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Where the lines end, each with a line feed; null where there are more than allowed, an unfinished last line is a line. */
function lineEnds(bytes: Uint8Array, linesMax: number): number[] | null {
  const ends: number[] = []
  let start = 0
  while (start < bytes.length) {
    if (ends.length === linesMax) return null
    const found = bytes.indexOf(NEW_LINE, start)
    const end = found === -1 ? bytes.length : found
    ends.push(end)
    start = end + 1
  }
  return ends
}

/** Each line begins behind the end of the one before it. */
function startOf(ends: readonly number[], line: number): number {
  return line === 0 ? 0 : (ends[line - 1] ?? 0) + 1
}
