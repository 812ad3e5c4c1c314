// The key that a typed or scanned code stands for: what is signed by it proves the code, and the code stays here.

import { createPrivateKey, createPublicKey, type KeyObject, scrypt } from 'node:crypto'
import { CODE_KEY_SEED } from '../../contract/sync/enrolment.ts'

export interface CodeKey {
  privateKey: KeyObject
  /** Raw, 32 bytes as base64url. */
  publicKey: string
}

/** PKCS #8 of an Ed25519 key, up to its seed. */
const SEED_FOLLOWS = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Takes a twentieth of a second, or a few of a slow machine, of another thread. */
export async function codeKeyOf(code: string): Promise<CodeKey> {
  const { salt, cost, blockSize, parallelization, bytes, memoryBytesMax } = CODE_KEY_SEED
  const seed = await new Promise<Buffer>((resolve, reject) =>
    scrypt(code, salt, bytes, { N: cost, r: blockSize, p: parallelization, maxmem: memoryBytesMax }, (error, derived) => (error === null ? resolve(derived) : reject(error))),
  )
  const privateKey = createPrivateKey({ key: Buffer.concat([SEED_FOLLOWS, seed]), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (x === undefined) throw new Error('an Ed25519 key has its public part')
  return { privateKey, publicKey: x }
}
