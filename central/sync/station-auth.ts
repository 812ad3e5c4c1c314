// Who is asking: a station is known by its Ed25519 key from enrolment, and signs each request over the bytes it sent. A
// request that is replayed is harmless, because every request may be repeated; so nothing is remembered here.

import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { REQUEST_HEADER, requestSigningText, SIGNATURE_HEADER, STATION_HEADER } from '../../contract/sync/sync-protocol.ts'
import type { StationQuestions } from '../store/central-store.ts'
import type { KnownStation, SyncContext, SyncResult } from './sync-context.ts'

const signedHeaders = z.object({
  [STATION_HEADER]: z.uuid().lowercase(),
  [REQUEST_HEADER]: z.uuid(),
  [SIGNATURE_HEADER]: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
})

export interface SignedRequest {
  path: string
  headers: Readonly<Record<string, unknown>>
  body: Uint8Array
}

interface SignedHeaders {
  station: string
  requestId: string
  signature: string
}

export interface AskingStation extends KnownStation {
  publicKey: KeyObject
  /** The same as the database has it. */
  rawKey: string
  /** Nothing of it is believed any more; what it says is kept. */
  isRevoked: boolean
}

/** null where they are not those of a signed request. */
export function readSignedHeaders({ headers }: SignedRequest): SignedHeaders | null {
  const read = signedHeaders.safeParse(headers).data
  return read === undefined ? null : { station: read[STATION_HEADER], requestId: read[REQUEST_HEADER], signature: read[SIGNATURE_HEADER] }
}

/** Whether the request is signed by this key. */
export function isSignedBy(publicKey: KeyObject, { path, body }: SignedRequest, { station, requestId, signature }: SignedHeaders): boolean {
  const text = requestSigningText({ path, station, requestId, bodySha256: hash('sha256', body, 'hex') })
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'))
}

export async function recogniseStation(store: StationQuestions, request: SignedRequest): Promise<SyncResult<AskingStation>> {
  const headers = readSignedHeaders(request)
  if (headers === null) return { ok: false, error: 'bad_request' }
  const { station } = headers
  const row = await store.findStation(station)
  if (row === null) return { ok: false, error: 'unknown_station' }
  const publicKey = stationPublicKey(row.publicKey)
  if (!isSignedBy(publicKey, request, headers)) return { ok: false, error: 'bad_signature' }
  return { ok: true, answer: { station, district: row.district, number: row.number, publicKey, rawKey: row.publicKey, isRevoked: row.status === 'revoked' } }
}

/** By a kept copy of its key, where there is one that fits. Only for who has the database confirm key and status before anything counts. */
export async function recogniseByKeptKey({ store, memory, nowMs }: Pick<SyncContext, 'store' | 'memory' | 'nowMs'>, request: SignedRequest): Promise<SyncResult<AskingStation>> {
  const headers = readSignedHeaders(request)
  if (headers === null) return { ok: false, error: 'bad_request' }
  const kept = memory.keys.find(headers.station, nowMs())
  if (kept !== null && isSignedBy(kept.publicKey, request, headers)) return { ok: true, answer: kept }
  const asking = await recogniseStation(store, request)
  if (asking.ok && !asking.answer.isRevoked) memory.keys.keep(asking.answer, nowMs())
  return asking
}

/** A raw Ed25519 public key, 32 bytes as base64url, as it is stored. Throws where it is none. */
export function stationPublicKey(raw: string): KeyObject {
  const known = madeKeys.get(raw)
  if (known !== undefined) return known
  const made = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw } })
  if (madeKeys.size >= MADE_KEYS_MAX) madeKeys.clear()
  madeKeys.set(raw, made)
  return made
}

/** By their raw form: making one takes two thirds of the time of checking a signature with it. */
const madeKeys = new Map<string, KeyObject>()
const MADE_KEYS_MAX = 5_000
