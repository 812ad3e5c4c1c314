// The file that makes a machine a station: which one, where its central is, its private key. Enrolment writes it; only the
// station's user can read it.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { StorageError } from './store/storage-errors.ts'

const stationConfig = z.strictObject({
  station: z.uuid(),
  centralUrl: z.url(),
  /** Ed25519, PKCS #8 PEM. */
  privateKey: z.string(),
  /** Ed25519, 32 bytes as base64url: the only central this station believes. */
  centralKey: z.string().regex(/^[\w-]{43}$/),
  /** Central's signed word about this station; null where it was enrolled by hand. */
  certificate: z.string().max(1024).nullable().default(null),
  /** A folder on a second medium that remembers how far the database has got. */
  witnessFolder: z.string().nullable().default(null),
  /** Only in the demo: passes and codes that the screen's tray can scan, and the first goods on the shelf. */
  demo: z.strictObject({ codesFile: z.string(), stockFile: z.string() }).nullable(),
})

export interface StationConfig {
  station: string
  centralUrl: string
  privateKey: KeyObject
  centralKey: KeyObject
  certificate: string | null
  witnessFolder: string | null
  demo: { codesFile: string; stockFile: string } | null
}

export function readStationConfig(file: string): StationConfig {
  try {
    const config = stationConfig.parse(JSON.parse(readFileSync(file, 'utf8')))
    return { ...config, privateKey: createPrivateKey(config.privateKey), centralKey: publicKeyOf(config.centralKey) }
  } catch (error) {
    throw new StorageError('not_configured', `${file} is no station configuration`, error)
  }
}

export function publicKeyOf(raw: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' })
}
