// Central's own word: an Ed25519 key that lies outside the database, so that a database restored from a backup, or stolen, is
// not central. Stations trust this key from their enrolment on and no other.

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { keyPrintOf, keyPrintText } from '../../contract/sync/enrolment.ts'
import { makeFileOnce, readIfThere } from './durable-file.ts'

export interface Signer {
  /** Raw, 32 bytes as base64url. */
  readonly publicKey: string
  /** Of the public key: what a new machine and its people compare. */
  readonly keyPrint: string
  /** base64url. */
  sign(text: string): string
  isOwn(text: string, signature: string): boolean
}

const keyFile = z.strictObject({ privateKey: z.string() })

export function signerOf(privateKey: KeyObject): Signer {
  const publicKey = createPublicKey(privateKey)
  const { x } = publicKey.export({ format: 'jwk' })
  if (privateKey.asymmetricKeyType !== 'ed25519' || x === undefined) throw new RangeError("central's key is not an Ed25519 key")
  return {
    publicKey: x,
    keyPrint: keyPrintOf(createHash('sha256').update(keyPrintText(x)).digest()),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
    isOwn: (text, signature) => verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url')),
  }
}

/** A key that is forgotten with the process. */
export function makeSigner(): Signer {
  return signerOf(generateKeyPairSync('ed25519').privateKey)
}

/** Makes the key at the first start. */
export function openSigner(file: string): Signer {
  const text = readIfThere(file) ?? makeFileOnce(file, newKeyText())
  const key = keyFile.safeParse(parseJson(text))
  if (!key.success) throw new Error(`${file} is not central's key`)
  return signerOf(createPrivateKey(key.data.privateKey))
}

function newKeyText(): string {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  return `${JSON.stringify({ privateKey: pem }, null, 2)}\n`
}

/** The parser's own words would repeat a piece of the key in the log. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
