// Seals small secrets of the office (authenticators) to a key that lies outside the database: a stolen or restored database
// alone opens nobody's account. Each box says whose it is, so that one account's can not be put in another's row.

import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { makeFileOnce, readIfThere } from './durable-file.ts'

export interface OfficeBox {
  seal(owner: string, text: string): Uint8Array
  /** Throws where the box is not the owner's or was sealed to another key. */
  open(owner: string, box: Uint8Array): string
  /** The same for the same words, and for nobody who lacks the key. */
  derive(words: string): Uint8Array
}

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Makes the key at the first start. */
export function openOfficeBox(folder: string): OfficeBox {
  const file = join(folder, 'office-key')
  const text = readIfThere(file) ?? makeFileOnce(file, `${randomBytes(KEY_BYTES).toString('base64url')}\n`)
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length !== KEY_BYTES) throw new Error(`${file} is not the office's key`)
  return officeBox(key)
}

/** A key that is forgotten with the process. */
export function officeBoxInMemory(): OfficeBox {
  return officeBox(randomBytes(KEY_BYTES))
}

function officeBox(key: Uint8Array): OfficeBox {
  const sealing = createHmac('sha256', key).update('boai/office-box/1').digest()
  return {
    seal(owner, text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(owner))
      return new Uint8Array(Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]))
    },
    open(owner, box) {
      const bytes = Buffer.from(box)
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
    },
    derive: (words) => new Uint8Array(createHmac('sha256', key).update(`boai/office-derived/1\n${words}`).digest()),
  }
}
