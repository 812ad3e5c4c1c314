// The short session of a phone that has opened a code: a token in a cookie, whose hash is in the hand-off's row. It ends a few
// minutes later, when the kiosk's rider leaves, or when what it was for is done.

import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { PHONE_PATH } from '../../contract/sync/hand-off.ts'

export const PHONE_SESSION_MS_MAX = 15 * 60_000

const NAME = 'boai_phone'
const TOKEN = /^[\w-]{43}$/

export function tokenHash(token: string): Uint8Array {
  return createHash('sha256').update(`boai/phone-session/1\n${token}`).digest()
}

export function phoneToken({ headers }: FastifyRequest): string | null {
  const [, value] = new RegExp(`(?:^|; )${NAME}=([^;]*)`).exec(headers.cookie ?? '') ?? []
  return value !== undefined && TOKEN.test(value) ? value : null
}

/** Only for the pages of phones; sent along from nowhere else. */
export function phoneCookie({ headers }: FastifyRequest, token: string): string {
  const secure = headers.origin?.startsWith('https:') === true ? '; Secure' : ''
  return `${NAME}=${token}; Path=${PHONE_PATH}; HttpOnly; SameSite=Strict; Max-Age=${PHONE_SESSION_MS_MAX / 1000}${secure}`
}
