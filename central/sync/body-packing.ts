// Packs and unpacks bodies. Unpacking is bounded: a small archive that would unpack to gigabytes is refused while it is
// unpacked. How bytes are packed comes in from outside; a central that serves stations brings zlib's, off the event loop.

import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { SyncResult } from './sync-context.ts'

export interface BodyPacking {
  /** Throws what zlib throws: a RangeError past `bytesMax`, else an error with a code that begins with `Z_`. */
  gunzip(bytes: Uint8Array, bytesMax: number): Promise<Uint8Array>
  gzip(bytes: Uint8Array): Promise<Uint8Array>
}

const gunzipAsync = promisify(gunzip)
const gzipAsync = promisify(gzip)

/** For a station that hangs on a 4G stick: the cheapest level brings most of it. */
export const GZIP_LEVEL = 1

export const zlibPacking: BodyPacking = {
  gunzip: (bytes, bytesMax) => gunzipAsync(bytes, { maxOutputLength: bytesMax }),
  gzip: (bytes) => gzipAsync(bytes, { level: GZIP_LEVEL }),
}

export async function inflateBody(packing: BodyPacking, bytes: Uint8Array, encoding: string | undefined, bytesMax: number): Promise<SyncResult<Uint8Array>> {
  if (encoding === undefined || encoding === 'identity') {
    return bytes.length > bytesMax ? { ok: false, error: 'too_large' } : { ok: true, answer: bytes }
  }
  if (encoding !== 'gzip') return { ok: false, error: 'bad_request' }
  try {
    return { ok: true, answer: await packing.gunzip(bytes, bytesMax) }
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, error: 'too_large', detail: 'archive_too_large' }
    if (error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR') return { ok: false, error: 'bad_request', detail: 'body_cut' }
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) return { ok: false, error: 'bad_request' }
    throw error
  }
}
