// Key pairs of Ed25519 from chance that is decided by the seed, so that every signature is the same in every run.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Random } from '../engine/random.ts'

const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

const PKCS8_X25519_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex')

export interface SeededKeys {
  privateKey: KeyObject
  /** 32 bytes as base64url, as central stores them. */
  publicKey: string
}

/** What words are sealed to. */
export function sealingKeyOf(random: Random): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_X25519_HEAD, random.bytes(32)]), format: 'der', type: 'pkcs8' })
}

export function keysOf(random: Random): SeededKeys {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, random.bytes(32)]), format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '' }
}
