// Where a picture is for a few minutes, on the origin that pictures have to themselves: its id and the end of the address, sealed
// with a key outside the database. Whoever may see it is told one; it says nothing of who that is.

import { timingSafeEqual } from 'node:crypto'

export const ADDRESS_MS_MAX = 5 * 60_000
export const MEDIA_PATH = '/media/v1/'

const ID_BYTES = 16
const TIME_BYTES = 6
const SEAL_BYTES = 16
const TOKEN = /^[\w-]{51}$/

type Derive = (words: string) => Uint8Array

export function photoAddress(derive: Derive, origin: string, photo: string, nowMs: number): string {
  const plain = Buffer.alloc(ID_BYTES + TIME_BYTES)
  plain.write(photo.replaceAll('-', ''), 'hex')
  plain.writeUIntBE(nowMs + ADDRESS_MS_MAX, ID_BYTES, TIME_BYTES)
  return `${origin}${MEDIA_PATH}${Buffer.concat([plain, sealOf(derive, plain)]).toString('base64url')}`
}

/** The photo's id; null: nobody was told this, or it is over. */
export function readPhotoAddress(derive: Derive, token: string, nowMs: number): string | null {
  if (!TOKEN.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  const plain = bytes.subarray(0, ID_BYTES + TIME_BYTES)
  if (!timingSafeEqual(bytes.subarray(ID_BYTES + TIME_BYTES), sealOf(derive, plain)) || plain.readUIntBE(ID_BYTES, TIME_BYTES) <= nowMs) return null
  return plain.toString('hex', 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function sealOf(derive: Derive, plain: Uint8Array): Uint8Array {
  return derive(`media/1\n${Buffer.from(plain).toString('hex')}`).subarray(0, SEAL_BYTES)
}
