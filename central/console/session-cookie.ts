// The cookie of a session and where a request comes from. Over https the cookie is bound to this very host (`__Host-`); on
// loopback without it (the demo) it can not be, and has another name.

import type { FastifyRequest } from 'fastify'
import { SESSION_MS_MAX } from './sessions.ts'

const NAME = 'boai_office'
const SECURE_NAME = `__Host-${NAME}`
const TOKEN = /^[\w-]{43}$/

/** A page of central itself asks, with JSON or bytes of a type of ours: no form and no script of another place can send that. */
export function isOwnPage({ headers, host }: FastifyRequest, publicUrl: string | null, type = 'application/json'): boolean {
  const { origin } = headers
  if (origin === undefined || !URL.canParse(origin) || headers['content-type']?.split(';')[0]?.trim() !== type) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  const asking = new URL(origin).host
  return asking === host || (publicUrl !== null && URL.canParse(publicUrl) && asking === new URL(publicUrl).host)
}

function isSecure({ headers }: FastifyRequest): boolean {
  return headers.origin?.startsWith('https:') === true
}

export function cookieOf(request: FastifyRequest): string | null {
  const name = isSecure(request) ? SECURE_NAME : NAME
  const [, value] = new RegExp(`(?:^|; )${name}=([^;]*)`).exec(request.headers.cookie ?? '') ?? []
  return value !== undefined && TOKEN.test(value) ? value : null
}

export function sessionCookie(request: FastifyRequest, token: string): string {
  return cookieLine(request, token, Math.floor(SESSION_MS_MAX / 1000))
}

export function clearedCookie(request: FastifyRequest): string {
  return cookieLine(request, '', 0)
}

function cookieLine(request: FastifyRequest, value: string, seconds: number): string {
  const shared = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`
  return isSecure(request) ? `${SECURE_NAME}=${value}; ${shared}; Secure` : `${NAME}=${value}; ${shared}`
}
