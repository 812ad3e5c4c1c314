// A box of words as a station would seal it, written a second time from the format's description (contract/sync/sealed-words), so
// that a mistake of the product's own is not made here too.

import { createCipheriv, createHash, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto'
import type { SealedBox, SealingKeyRow, WordsReference } from '../../contract/sync/sealed-words.ts'

export interface Sealed {
  words: WordsReference
  box: SealedBox
}

export function sealFor(central: SealingKeyRow, station: string, ref: string, text: string | Uint8Array): Sealed {
  const salt = randomBytes(32)
  const plain = Buffer.concat([salt, typeof text === 'string' ? Buffer.from(text, 'utf8') : text])
  const once = generateKeyPairSync('x25519')
  const [own, theirs] = [Buffer.from(once.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'), Buffer.from(central.publicKey, 'base64url')]
  const shared = diffieHellman({ privateKey: once.privateKey, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: central.publicKey }, format: 'jwk' }) })
  const derived = Buffer.from(hkdfSync('sha256', shared, Buffer.concat([own, theirs]), Buffer.from(`boai/words/1\n${station}\n${ref}`), 44))
  const cipher = createCipheriv('aes-256-gcm', derived.subarray(0, 32), derived.subarray(32, 44))
  const sealed = Buffer.concat([own, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return {
    words: { ref, commitment: createHash('sha256').update(plain).digest('hex') },
    box: { ref, keyId: central.keyId, box: sealed.toString('base64url') },
  }
}
