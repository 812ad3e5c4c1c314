// The envelope of a station's event: frozen for ever at version 1. An event travels as two lines of UTF-8, header and
// body, and is hashed over exactly those bytes, so nobody needs to parse it to prove it. No personal data and no free
// text can be in it (invariant 13): bodies hold references.
//
//   header   JSON without blanks: [seq, id, kind, version, wallMs, monotonicMs, boot]
//   body     JSON of one line, kept as the bytes the station wrote
//   hash     SHA-256(previous hash ‖ header ‖ 0x0A ‖ body); the first event's previous hash is `chainSeed`

import { z } from 'zod'

/** Above the largest event there is (a restock of a hundred lines, 18 kB), far below a batch. */
export const EVENT_BYTES_MAX = 32_768

export interface EventHeader {
  /** Dense per station and incarnation, from 1. */
  seq: number
  /** UUIDv7: identity, never order. */
  id: string
  kind: string
  version: number
  /** Milliseconds since 1970 by the station's clock, as it was. */
  wallMs: number
  /** Milliseconds since the station process started. */
  monotonicMs: number
  /** How often this database file has been started. */
  boot: number
}

const KIND_CHARACTERS_MAX = 64

export const headerTuple = z.tuple([
  z.int().min(1),
  z.uuid().lowercase(),
  z.string().regex(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/).max(KIND_CHARACTERS_MAX),
  z.int().min(1).max(1000),
  z.int().min(0),
  z.int().min(0),
  z.int().min(1),
])

export function encodeHeader(header: EventHeader): string {
  return JSON.stringify([header.seq, header.id, header.kind, header.version, header.wallMs, header.monotonicMs, header.boot])
}

/** A header as every station writes it. What does not fit is looked at by the schema, which alone says what is none. */
const PLAIN_HEADER =
  /^\[([1-9]\d{0,14}),"([\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})","([a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*)",([1-9]\d{0,2}),(0|[1-9]\d{0,14}),(0|[1-9]\d{0,14}),([1-9]\d{0,14})\]$/

/** null where the line is not a header of this envelope. */
export function decodeHeader(line: string): EventHeader | null {
  const parts = PLAIN_HEADER.exec(line)
  const id = parts?.[2]
  const kind = parts?.[3]
  if (parts === null || id === undefined || kind === undefined || kind.length > KIND_CHARACTERS_MAX) return decodeOddHeader(line)
  return { seq: Number(parts[1]), id, kind, version: Number(parts[4]), wallMs: Number(parts[5]), monotonicMs: Number(parts[6]), boot: Number(parts[7]) }
}

/** The same by the schema. */
export function decodeOddHeader(line: string): EventHeader | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  const tuple = headerTuple.safeParse(parsed)
  if (!tuple.success) return null
  const [seq, id, kind, version, wallMs, monotonicMs, boot] = tuple.data
  const header = { seq, id, kind, version, wallMs, monotonicMs, boot }
  return encodeHeader(header) === line ? header : null
}

/** What the chain of an incarnation starts from (to be hashed with SHA-256). */
export function chainSeedText(station: string, incarnation: string): string {
  return `boai/outbox/1\n${station}\n${incarnation}`
}

/** What a station signs for a batch, with its own key: the proof that central keeps. */
export function batchSigningText(batch: { station: string; incarnation: string; firstSeq: number; lastSeq: number; lastHash: string }): string {
  return `boai/batch/1\n${batch.station}\n${batch.incarnation}\n${batch.firstSeq}\n${batch.lastSeq}\n${batch.lastHash}`
}
