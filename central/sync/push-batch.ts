// Takes the bytes of a push apart: batches one behind the other, each its signed head, then two lines for each event, kept as the
// very bytes that came, because they are what is hashed. Pure but for SHA-256. Refuses what is not this protocol; what a body
// means is not its business.

import { isUtf8 } from 'node:buffer'
import { createHash, hash as hashAtOnce } from 'node:crypto'
import { chainSeedText, decodeHeader } from '../../contract/sync/event-envelope.ts'
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
  events: readonly SentEvent[]
}

export type PushReading = { ok: true; push: Push } | { ok: false; error: SyncError['error']; detail?: RefusalDetail }

const NEW_LINE = 0x0a
const HASH_BYTES = 32
/** Of one character of a string. */
const UTF8_BYTES_MAX = 3
const HEAD_BYTES_MAX = 2048
/** A batch's events and its head. */
const BATCH_BYTES_MAX = PUSH_BYTES_MAX + HEAD_BYTES_MAX
/** Of a push, unpacked. */
export const PUSH_BODY_BYTES_MAX = PUSH_BATCHES_MAX * BATCH_BYTES_MAX

export function readPush(bytes: Uint8Array): PushReading {
  const lines = splitLines(bytes, (PUSH_EVENTS_MAX * 2 + 1) * PUSH_BATCHES_MAX)
  if (lines === null) return { ok: false, error: 'too_large' }
  const heads: PushHead[] = []
  const events: SentEvent[] = []
  // Nearly always all of it is; a body that is none is the business of whoever reads bodies.
  const text: WholeText = { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), isText: isUtf8(bytes) }
  let line = 0
  do {
    const head = pushHead.safeParse(parseJson(bytes.subarray(lines.starts[line] ?? 0, lines.ends[line] ?? 0)))
    const before = heads.at(-1)
    if (!head.success || (before !== undefined && !goesOnFrom(before, head.data))) return { ok: false, error: 'bad_request' }
    const count = head.data.lastSeq - head.data.firstSeq + 1
    if (count > PUSH_EVENTS_MAX || heads.length === PUSH_BATCHES_MAX) return { ok: false, error: 'too_large' }
    if (count < 1) return { ok: false, error: 'bad_request' }
    const end = line + 1 + count * 2
    if (end > lines.ends.length) return { ok: false, error: 'bad_request', detail: 'body_cut' }
    if ((lines.ends[end - 1] ?? 0) - (lines.starts[line] ?? 0) > BATCH_BYTES_MAX) return { ok: false, error: 'too_large' }
    if (!readEvents(events, text, lines, { from: line + 1, to: end, firstSeq: head.data.firstSeq })) return { ok: false, error: 'bad_request' }
    heads.push(head.data)
    line = end
  } while (line < lines.ends.length)
  const [first] = heads
  const last = heads.at(-1)
  if (first === undefined || last === undefined) throw new Error('a push that was read has a batch')
  return { ok: true, push: { incarnation: first.incarnation, firstSeq: first.firstSeq, lastSeq: last.lastSeq, heads, events } }
}

function goesOnFrom(before: PushHead, head: PushHead): boolean {
  return head.incarnation === before.incarnation && head.firstSeq === before.lastSeq + 1
}

interface WholeText {
  bytes: Buffer
  isText: boolean
}

/** Adds the events of these lines. False: one of them is no event, or not the one that is due. */
function readEvents(events: SentEvent[], { bytes, isText }: WholeText, lines: Lines, { from, to, firstSeq }: { from: number; to: number; firstSeq: number }): boolean {
  for (let line = from; line < to; line += 2) {
    const start = lines.starts[line] ?? 0
    const end = lines.ends[line] ?? 0
    if (!isText && !isUtf8(bytes.subarray(start, end))) return false
    const headerLine = bytes.toString('utf8', start, end)
    const header = decodeHeader(headerLine)
    if (header === null || header.seq !== firstSeq + (line - from) / 2) return false
    events.push({ header, headerLine, body: bytes.subarray(end + 1, lines.ends[line + 1] ?? 0) })
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
export function chainEvents(events: readonly SentEvent[], previous: Uint8Array): ChainedEvent[] {
  // One piece of memory for all that is hashed, each at once (a hash that is fed in four steps costs three times as much), and one for the hashes.
  const longest = events.reduce((most, { headerLine, body }) => Math.max(most, headerLine.length * UTF8_BYTES_MAX + body.length), 0)
  const bytes = Buffer.allocUnsafe(previous.length + longest + 1)
  const hashes = Buffer.allocUnsafeSlow(events.length * HASH_BYTES)
  let before = previous
  return events.map(({ header, headerLine, body }, index) => {
    bytes.set(before, 0)
    let end = before.length
    end += bytes.write(headerLine, end, 'utf8')
    bytes[end] = NEW_LINE
    bytes.set(body, end + 1)
    end += 1 + body.length
    const hash = hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)
    hash.write(hashAtOnce('sha256', bytes.subarray(0, end), 'binary'), 'latin1')
    before = hash
    return { header, headerLine, body, hash }
  })
}

/** null where the text is not JSON in UTF-8. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decodeText(bytes)
  if (text === null) return null
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

interface Lines {
  starts: number[]
  ends: number[]
}

/** Where the lines are: each ends with a line feed; null where there are more than allowed, an unfinished last line is a line. */
function splitLines(bytes: Uint8Array, linesMax: number): Lines | null {
  const [starts, ends]: [number[], number[]] = [[], []]
  let start = 0
  while (start < bytes.length) {
    if (starts.length === linesMax) return null
    const found = bytes.indexOf(NEW_LINE, start)
    const end = found === -1 ? bytes.length : found
    starts.push(start)
    ends.push(end)
    start = end + 1
  }
  return { starts, ends }
}

/** A byte-order mark stays where it is: what was sent is what is hashed. */
function decodeText(bytes: Uint8Array): string | null {
  if (!isUtf8(bytes)) return null
  return (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)).toString('utf8')
}
