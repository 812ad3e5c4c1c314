// Opens a station's box with central's private key (contract/sync/sealed-words has the format). Pure but for the key it is given.

import { createDecipheriv, createHash, createPublicKey, diffieHellman, hkdfSync, type KeyObject } from 'node:crypto'
import { boxInfo, SALT_BYTES, type SealedBox } from '../../contract/sync/sealed-words.ts'
import type { SealingKeys } from '../keys/sealing-keys.ts'

const KEY_BYTES = 32
const TAG_BYTES = 16

export interface OpenWords {
  salt: Uint8Array
  text: string
  /** SHA-256 over both: what the event has promised, if this is it. */
  commitment: string
}

export type ShutBox = 'key_unknown' | 'unreadable'

export function openBox(keys: Pick<SealingKeys, 'privateKey'>, station: string, { ref, keyId, box }: SealedBox): OpenWords | ShutBox {
  const privateKey = keys.privateKey(keyId)
  if (privateKey === null) return 'key_unknown'
  const bytes = Buffer.from(box, 'base64url')
  if (bytes.length < KEY_BYTES + SALT_BYTES + TAG_BYTES) return 'unreadable'
  const plain = decipher(privateKey, bytes, boxInfo({ station, ref }))
  if (plain === null) return 'unreadable'
  const [salt, words] = [plain.subarray(0, SALT_BYTES), plain.subarray(SALT_BYTES)]
  const text = textOf(words)
  return text === null ? 'unreadable' : { salt, text, commitment: createHash('sha256').update(salt).update(words).digest('hex') }
}

/** null: whoever made it did not have this key in mind, or it was changed on the way. */
function decipher(privateKey: KeyObject, bytes: Buffer, info: string): Buffer | null {
  const sender = bytes.subarray(0, KEY_BYTES)
  const own = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? ''
  try {
    const shared = diffieHellman({ privateKey, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: sender.toString('base64url') }, format: 'jwk' }) })
    const derived = new Uint8Array(hkdfSync('sha256', shared, Buffer.concat([sender, Buffer.from(own, 'base64url')]), info, 44))
    const cipher = createDecipheriv('aes-256-gcm', derived.subarray(0, 32), derived.subarray(32)).setAuthTag(bytes.subarray(-TAG_BYTES))
    return Buffer.concat([cipher.update(bytes.subarray(KEY_BYTES, -TAG_BYTES)), cipher.final()])
  } catch (error) {
    // OpenSSL's "unable to authenticate", or a public key that is no point: the sender's doing.
    if (error instanceof Error) return null
    throw error
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
