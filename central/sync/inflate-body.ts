// Unpacks a request body within a bound: a small archive that would unpack to gigabytes is refused while it is unpacked.

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { SyncResult } from './sync-context.ts'

const gunzipAsync = promisify(gunzip)

export async function inflateBody(bytes: Uint8Array, encoding: string | undefined, bytesMax: number): Promise<SyncResult<Uint8Array>> {
  if (encoding === undefined || encoding === 'identity') {
    return bytes.length > bytesMax ? { ok: false, error: 'too_large' } : { ok: true, answer: bytes }
  }
  if (encoding !== 'gzip') return { ok: false, error: 'bad_request' }
  try {
    return { ok: true, answer: await gunzipAsync(bytes, { maxOutputLength: bytesMax }) }
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, error: 'too_large' }
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) return { ok: false, error: 'bad_request' }
    throw error
  }
}
