// Passwords at rest: Argon2id as Node has it, with the cost written beside each hash, so that a dearer one can take over. A
// name that does not exist costs as much as one that does.

import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto'
import { PASSWORD_SIGNS_MAX, PASSWORD_SIGNS_MIN } from '../../contract/console/session.ts'

/** OWASP's first choice: 19 MiB, two passes. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const HASH_BYTES = 32
const SALT_BYTES = 16
/** What everybody tries first. */
const COMMON = /^(.)\1+$|^(?:0123456789|1234567890|abcdefghij|qwertyuiop|password|passw0rd|woaini|iloveyou|admin|boai)[0-9!.]*$/

export type PasswordFault = 'weak_password'

export function judgePassword(password: string, signInName: string): PasswordFault | null {
  const signs = [...password.normalize('NFKC')]
  if (signs.length < PASSWORD_SIGNS_MIN || signs.length > PASSWORD_SIGNS_MAX) return 'weak_password'
  const plain = signs.join('').toLowerCase()
  return COMMON.test(plain) || plain.includes(signInName) || new Set(signs).size < 5 ? 'weak_password' : null
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, COST)
  return `argon2id$${COST.memory}$${COST.passes}$${COST.parallelism}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** null: there is no such account; takes as long and answers no. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [kind, memory, passes, parallelism, salt, hash] = (kept ?? NOBODYS).split('$')
  if (kind !== 'argon2id' || salt === undefined || hash === undefined) throw new Error('a password is kept in a form this program does not know')
  const expected = Buffer.from(hash, 'base64url')
  const found = await derive(password, Buffer.from(salt, 'base64url'), { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) })
  return timingSafeEqual(expected, found) && kept !== null
}

const NOBODYS = `argon2id$${COST.memory}$${COST.passes}$${COST.parallelism}$${Buffer.alloc(SALT_BYTES).toString('base64url')}$${Buffer.alloc(HASH_BYTES).toString('base64url')}`

function derive(password: string, nonce: Uint8Array, cost: typeof COST): Promise<Buffer> {
  const parameters: Argon2Parameters = { message: Buffer.from(password.normalize('NFKC')), nonce, tagLength: HASH_BYTES, ...cost }
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, hash) => {
      if (error === null) resolve(hash)
      else reject(error)
    })
  })
}
