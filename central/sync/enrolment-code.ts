// The key of an enrolment code, as a machine derives it too (station/setup/code-key): central keeps the public half and forgets
// the code, so that nothing it holds lets anybody join.

import { createPrivateKey, createPublicKey, scrypt } from 'node:crypto'
import { CODE_KEY_SEED } from '../../contract/sync/enrolment.ts'

/** PKCS #8 of an Ed25519 key, up to its seed. */
const SEED_FOLLOWS = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Raw, 32 bytes as base64url. Takes a twentieth of a second of another thread. */
export async function codeKeyOf(code: string): Promise<string> {
  const { salt, cost, blockSize, parallelization, bytes, memoryBytesMax } = CODE_KEY_SEED
  const seed = await new Promise<Buffer>((resolve, reject) =>
    scrypt(code, salt, bytes, { N: cost, r: blockSize, p: parallelization, maxmem: memoryBytesMax }, (error, derived) => (error === null ? resolve(derived) : reject(error))),
  )
  const { x } = createPublicKey(createPrivateKey({ key: Buffer.concat([SEED_FOLLOWS, seed]), format: 'der', type: 'pkcs8' })).export({ format: 'jwk' })
  if (x === undefined) throw new Error('an Ed25519 key has its public part')
  return x
}
