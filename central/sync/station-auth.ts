// Who is asking: a station is known by its Ed25519 key from enrolment, and signs each request over the bytes it sent. A
// request that is replayed is harmless, because every request may be repeated; so nothing is remembered here.

import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { REQUEST_HEADER, requestSigningText, SIGNATURE_HEADER, STATION_HEADER } from '../../contract/sync/sync-protocol.ts'
import type { StationQuestions } from '../store/central-store.ts'
import type { KnownStation, SyncResult } from './sync-context.ts'

const signedHeaders = z.object({
  [STATION_HEADER]: z.uuid().lowercase(),
  [REQUEST_HEADER]: z.uuid(),
  [SIGNATURE_HEADER]: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
})

export interface AskingStation extends KnownStation {
  publicKey: KeyObject
}

export async function recogniseStation(
  store: StationQuestions,
  request: { path: string; headers: Readonly<Record<string, unknown>>; body: Uint8Array },
): Promise<SyncResult<AskingStation>> {
  const headers = signedHeaders.safeParse(request.headers)
  if (!headers.success) return { ok: false, error: 'bad_request' }
  const station = headers.data[STATION_HEADER]
  const row = await store.findStation(station)
  if (row === null) return { ok: false, error: 'unknown_station' }
  const publicKey = stationPublicKey(row.publicKey)
  const text = requestSigningText({
    path: request.path,
    station,
    requestId: headers.data[REQUEST_HEADER],
    bodySha256: createHash('sha256').update(request.body).digest('hex'),
  })
  if (!verify(null, Buffer.from(text), publicKey, Buffer.from(headers.data[SIGNATURE_HEADER], 'base64url'))) {
    return { ok: false, error: 'bad_signature' }
  }
  if (row.status === 'revoked') return { ok: false, error: 'revoked' }
  return { ok: true, answer: { station, district: row.district, number: row.number, publicKey } }
}

/** A raw Ed25519 public key, 32 bytes as base64url, as it is stored. Throws where it is none. */
export function stationPublicKey(raw: string): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw } })
}
