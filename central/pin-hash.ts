// Staff PINs at rest: scrypt with a salt of its own for each, as `salt:hash` in hex; stations check against the same.

import { randomBytes, scrypt } from 'node:crypto'

const COST = { N: 16_384, r: 8, p: 1 }
const HASH_BYTES = 32
const SALT_BYTES = 16

export function hashPin(pin: string, salt: Uint8Array = randomBytes(SALT_BYTES)): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, COST, (error, hash) => {
      if (error === null) resolve(`${Buffer.from(salt).toString('hex')}:${hash.toString('hex')}`)
      else reject(error)
    })
  })
}
