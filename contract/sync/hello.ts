// The first word between a station and central, and what follows from it (docs/decisions/0005): who is who, which file this is,
// how far each has got. Central signs its answer over the station's nonce; a station believes no other central.

import { z } from 'zod'
import { cursor, INCARNATION_STATES } from './sync-protocol.ts'

export const HELLO_PATH = '/v1/hello'
export const OWN_EVENTS_PATH = '/v1/own-events'
export const RENEWALS_PATH = '/v1/renewals'
/** A GET, signed like a request without a body, answered as a stream of server-sent events. */
export const WAKEUPS_PATH = '/v1/wakeups'

/** A hello is said again after so long, also where nothing else asks for it. */
export const HELLO_AGAIN_MS = 6 * 3_600_000
export const OWN_EVENTS_MAX = 500

const uuid = z.uuid().lowercase()
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const nonce = z.string().regex(/^[\w-]{43}$/)
const signature = z.string().max(128)
const seq = z.int().min(0)

export const helloRequest = z.strictObject({
  incarnation: uuid,
  /** 32 random bytes, base64url. */
  nonce,
  /** The file that this one replaced, where it is known. */
  previous: z.strictObject({ incarnation: uuid, lastSeq: seq, lastHash: hash }).nullable(),
  lastSeq: seq,
  /** Of the last event; the chain's seed where there is none. */
  lastHash: hash,
  /** The highest sequence that central has ever acknowledged to this file under the history of `cursor`. */
  acknowledgedSeq: seq,
  cursor: cursor.nullable(),
  /** `stationCertificate` as text, for a central that was restored to a time before this station joined. */
  certificate: z.string().max(1024).nullable(),
  wallMs: z.int().min(0),
  program: z.string().max(40),
})
export type HelloRequest = z.infer<typeof helloRequest>

export const helloAnswer = z.strictObject({
  history: z.uuid(),
  state: z.enum(INCARNATION_STATES),
  /** Of this incarnation, at central. */
  lastSeq: seq,
  lastHash: hash,
  /** Events up to here are in a backup. */
  backedUpSeq: seq,
  /** Central was restored and waits for stations: it lends nothing. */
  recovering: z.boolean(),
  centralWallMs: z.int(),
  /** Ed25519 by central's key over `helloSigningText`, base64url. */
  signature,
})
export type HelloAnswer = z.infer<typeof helloAnswer>

export function helloSigningText(hello: { station: string; incarnation: string; nonce: string } & Omit<HelloAnswer, 'signature'>): string {
  return [
    'boai/hello/1', hello.station, hello.incarnation, hello.nonce, hello.history, hello.state, hello.lastSeq, hello.lastHash, hello.backedUpSeq,
    hello.recovering, hello.centralWallMs,
  ].join('\n')
}

// ── a restored database reads again what it had told ──

export const ownEventsRequest = z.strictObject({ incarnation: uuid, after: seq })
export type OwnEventsRequest = z.infer<typeof ownEventsRequest>

export const ownEventsAnswer = z.strictObject({
  /** Header line and body of each, the very bytes that were pushed, in order without a hole. */
  events: z
    .array(
      z.union([
        z.strictObject({ header: z.string().max(1024), body: z.string().max(32_768) }),
        /** A body that is no text (UTF-8): it was parked, and it is part of the chain all the same. */
        z.strictObject({ header: z.string().max(1024), bodyBase64: z.base64().max(43_692) }),
      ]),
    )
    .max(OWN_EVENTS_MAX),
  more: z.boolean(),
})
export type OwnEventsAnswer = z.infer<typeof ownEventsAnswer>

// ── once a day: standing allowances and the earning slice, as changes ──

export const renewalsRequest = z.strictObject({ incarnation: uuid })
export type RenewalsRequest = z.infer<typeof renewalsRequest>

export const renewalsAnswer = z.strictObject({
  /** Slices lent by this request; they come with the next pull. */
  granted: z.int().min(0),
  /** Ask again at once. */
  more: z.boolean(),
  withheld: z.enum(['recovering', 'not_active']).nullable(),
})
export type RenewalsAnswer = z.infer<typeof renewalsAnswer>
