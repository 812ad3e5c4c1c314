// Packs and unpacks bodies. Unpacking is bounded: a small archive that would unpack to gigabytes is refused while it is
// unpacked. How bytes are packed comes in from outside; a central that serves stations brings zlib's: what is small at once, what
// is large off the event loop.

import { promisify } from 'node:util'
import { gunzip, gunzipSync, gzip, gzipSync } from 'node:zlib'
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

/** The same of what is packed, which takes longer a byte: pages of changes are above it. */
const PACKED_AT_ONCE_BYTES_MAX = 32 * 1024

/** Up to here nobody waits for another thread: a batch is unpacked in 0.3 ms, eight in 2.4, an answer packed in 0.03, and the way there and back takes longer than that where processors are busy. */
const AT_ONCE_BYTES_MAX = 2_200 * 1024

export const zlibPacking: BodyPacking = {
  gunzip: async (bytes, bytesMax) => {
    const options = { maxOutputLength: bytesMax, chunkSize: chunkFor(unpackedSize(bytes) + 1, bytesMax + 1) }
    return bytesMax <= AT_ONCE_BYTES_MAX ? gunzipSync(bytes, options) : gunzipAsync(bytes, options)
  },
  gzip: async (bytes) => {
    const options = { level: GZIP_LEVEL, ...roomFor(bytes.length) }
    return bytes.length <= PACKED_AT_ONCE_BYTES_MAX ? gzipSync(bytes, options) : gzipAsync(bytes, options)
  },
}

const CHUNK_BYTES_MIN = 64
const CHUNK_BYTES_MAX = 64 * 1024
const WINDOW_BITS_MIN = 9
const WINDOW_BITS_MAX = 15
const MEMORY_LEVEL_MAX = 8

/** What comes out is taken in one piece where it can be: each piece is a way to another thread and back, and 16 kB that wait for the collector. */
function chunkFor(bytes: number, bytesMax: number): number {
  return Math.max(CHUNK_BYTES_MIN, Math.min(bytes, bytesMax))
}

/** As the archive says at its end, which nobody has checked yet. */
function unpackedSize(archive: Uint8Array): number {
  return archive.length < 4 ? 0 : new DataView(archive.buffer, archive.byteOffset + archive.length - 4, 4).getUint32(0, true)
}

/** A window and tables no larger than what is packed: the full ones are 268 kB, taken, cleared and given back for each answer. Nothing is lost by it. */
function roomFor(bytes: number): { windowBits: number; memLevel: number; chunkSize: number } {
  const windowBits = Math.max(WINDOW_BITS_MIN, Math.min(Math.ceil(Math.log2(bytes)), WINDOW_BITS_MAX))
  return { windowBits, memLevel: Math.min(windowBits - 6, MEMORY_LEVEL_MAX), chunkSize: chunkFor(bytes, CHUNK_BYTES_MAX) }
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
