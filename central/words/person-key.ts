// Words under the key of the person they belong to: what central keeps of them (docs/decisions/0007). Erasing the key erases
// every word of that person. A derived key for each reference, so that nothing is ever enciphered twice under one nonce.

import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { SALT_BYTES } from '../../contract/sync/sealed-words.ts'

export const PERSON_KEY_BYTES = 32
const TAG_BYTES = 16

export interface KeptWords {
  salt: Uint8Array
  text: string
}

/** `ref` names what is kept: the reference of an event, or whatever else is one of a kind for this person. */
export function keepUnder(personKey: Uint8Array, ref: string, { salt, text }: KeptWords): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError('a salt of another length')
  const { key, nonce } = derive(personKey, ref)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([cipher.update(salt), cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Throws where it was not kept under this key and reference. */
export function readUnder(personKey: Uint8Array, ref: string, kept: Uint8Array): KeptWords {
  const { key, nonce } = derive(personKey, ref)
  const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(kept.subarray(-TAG_BYTES))
  const plain = Buffer.concat([cipher.update(kept.subarray(0, -TAG_BYTES)), cipher.final()])
  return { salt: plain.subarray(0, SALT_BYTES), text: plain.subarray(SALT_BYTES).toString('utf8') }
}

function derive(personKey: Uint8Array, ref: string): { key: Uint8Array; nonce: Uint8Array } {
  if (personKey.length !== PERSON_KEY_BYTES) throw new RangeError('a key of a person has 32 bytes')
  const derived = new Uint8Array(hkdfSync('sha256', personKey, '', `boai/person/1\n${ref}`, 44))
  return { key: derived.subarray(0, 32), nonce: derived.subarray(32) }
}
