// Takes the bytes of a push apart: the signed head, then two lines for each event, kept as the very bytes that came, because
// they are what is hashed. Pure but for SHA-256. Refuses what is not this protocol; what a body means is not its business.

import { isUtf8 } from 'node:buffer'
import { createHash, hash as hashAtOnce } from 'node:crypto'
import { chainSeedText, decodeHeader } from '../../contract/sync/event-envelope.ts'
import { PUSH_EVENTS_MAX, type PushHead, pushHead, type SyncError } from '../../contract/sync/sync-protocol.ts'
import type { ChainedEvent, SentEvent } from '../store/outboxes.ts'
import type { RefusalDetail } from './sync-counters.ts'

export interface PushBatch {
  head: PushHead
  events: SentEvent[]
}

export type BatchReading = { ok: true; batch: PushBatch } | { ok: false; error: SyncError['error']; detail?: RefusalDetail }

const NEW_LINE = 0x0a
const HASH_BYTES = 32
/** Of one character of a string. */
const UTF8_BYTES_MAX = 3

export function readPushBatch(bytes: Uint8Array): BatchReading {
  const lines = splitLines(bytes, PUSH_EVENTS_MAX * 2 + 1)
  if (lines === null) return { ok: false, error: 'too_large' }
  const head = pushHead.safeParse(parseJson(bytes.subarray(0, lines.ends[0] ?? 0)))
  if (!head.success) return { ok: false, error: 'bad_request' }
  const count = head.data.lastSeq - head.data.firstSeq + 1
  const eventLines = lines.ends.length - 1
  if (count > PUSH_EVENTS_MAX) return { ok: false, error: 'too_large' }
  if (count >= 1 && eventLines < count * 2) return { ok: false, error: 'bad_request', detail: 'body_cut' }
  if (count < 1 || eventLines !== count * 2) return { ok: false, error: 'bad_request' }

  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  // Nearly always all of it is; a body that is none is the business of whoever reads bodies.
  const isText = isUtf8(bytes)
  const events: SentEvent[] = []
  for (let line = 1; line <= count * 2; line += 2) {
    const from = lines.starts[line] ?? 0
    const to = lines.ends[line] ?? 0
    const end = lines.ends[line + 1] ?? 0
    if (!isText && !isUtf8(text.subarray(from, to))) return { ok: false, error: 'bad_request' }
    const headerLine = text.toString('utf8', from, to)
    const header = decodeHeader(headerLine)
    if (header === null || header.seq !== head.data.firstSeq + events.length) return { ok: false, error: 'bad_request' }
    events.push({ header, headerLine, body: text.subarray(to + 1, end) })
  }
  return { ok: true, batch: { head: head.data, events } }
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

/** Where the lines are: each ends with a line feed; null where there are more than allowed, an unfinished last line is a line. */
function splitLines(bytes: Uint8Array, linesMax: number): { starts: number[]; ends: number[] } | null {
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
