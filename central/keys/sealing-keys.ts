// The private halves of the keys that stations seal words to, by key id, in a file beside central's own key: outside the
// database, whose backups go elsewhere. An earlier key is kept as long as boxes sealed to it may be under way.

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { SealingKeyRow } from '../../contract/sync/sealed-words.ts'
import { makeFileOnce, readIfThere } from './durable-file.ts'

export interface SealingKeys {
  /** What stations are told. */
  readonly current: SealingKeyRow
  /** null: not one of ours. */
  privateKey(keyId: string): KeyObject | null
}

/** Oldest first; the last one is current. */
const keysFile = z.strictObject({ privateKeys: z.array(z.string()).min(1).max(100) })

export function sealingKeysOf(privateKeys: readonly KeyObject[]): SealingKeys {
  const rows = privateKeys.map((privateKey) => ({ privateKey, row: rowOf(privateKey) }))
  const current = rows.at(-1)?.row
  if (current === undefined) throw new RangeError('no key to seal words to')
  const byId = new Map(rows.map(({ privateKey, row }) => [row.keyId, privateKey]))
  return { current, privateKey: (keyId) => byId.get(keyId) ?? null }
}

/** Forgotten with the process. */
export function makeSealingKeys(): SealingKeys {
  return sealingKeysOf([generateKeyPairSync('x25519').privateKey])
}

/** Makes the first key at the first start. */
export function openSealingKeys(file: string): SealingKeys {
  const text = readIfThere(file) ?? makeFileOnce(file, newFileText())
  const read = keysFile.safeParse(parseJson(text))
  // Without the cause: its words would repeat a piece of a key.
  if (!read.success) throw new Error(`${file} does not hold the keys that words are sealed to`)
  return sealingKeysOf(read.data.privateKeys.map((pem) => createPrivateKey(pem)))
}

function rowOf(privateKey: KeyObject): SealingKeyRow {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (privateKey.asymmetricKeyType !== 'x25519' || x === undefined) throw new RangeError('a key to seal to is an X25519 key')
  return { keyId: createHash('sha256').update(Buffer.from(x, 'base64url')).digest('hex').slice(0, 16), publicKey: x }
}

function newFileText(): string {
  const pem = generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  return `${JSON.stringify({ privateKeys: [pem] }, null, 2)}\n`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
