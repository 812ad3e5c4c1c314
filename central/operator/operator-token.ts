// Who is the operator: whoever has the token, which lies beside central's key or comes by the environment. A browser gets a
// cookie that proves the token for half a day and does not hold it. Both are compared without telling how much was right.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { makeFileOnce, readIfThere } from '../keys/durable-file.ts'

const SESSION_MS = 12 * 3_600_000
const TOKEN_LENGTH_MIN = 24

export interface OperatorToken {
  isToken(text: string): boolean
  makeSession(nowMs: number): string
  isSession(text: string, nowMs: number): boolean
}

/** `given`: of the environment. Else the file's, made at the first start. */
export function openOperatorToken(folder: string, given: string | undefined, newToken: () => string): OperatorToken {
  const file = join(folder, 'operator-token')
  const token = given ?? (readIfThere(file) ?? makeFileOnce(file, `${newToken()}\n`)).trim()
  if (token.length < TOKEN_LENGTH_MIN) throw new Error(`the operator's token has at least ${TOKEN_LENGTH_MIN} signs`)
  return operatorToken(token)
}

export function operatorToken(token: string): OperatorToken {
  const key = createHash('sha256').update(`boai/operator-session/1\n${token}`).digest()
  const prove = (endsAtMs: string): string => createHmac('sha256', key).update(endsAtMs).digest('base64url')
  return {
    isToken: (text) => isSame(text, token),
    makeSession: (nowMs) => `${nowMs + SESSION_MS}.${prove(String(nowMs + SESSION_MS))}`,
    isSession(text, nowMs) {
      const [endsAtMs = '', proof = ''] = text.split('.')
      return isSame(proof, prove(endsAtMs)) && /^\d{1,16}$/.test(endsAtMs) && Number(endsAtMs) > nowMs && Number(endsAtMs) <= nowMs + SESSION_MS
    },
  }
}

function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
