// The file that makes a machine a station: which one, where its central is, its private key. Enrolment writes it; only the
// station's user can read it.

import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { StorageError } from './store/storage-errors.ts'

const stationConfig = z.strictObject({
  station: z.uuid(),
  centralUrl: z.url(),
  /** Ed25519, PKCS #8 PEM. */
  privateKey: z.string(),
  /** Only in the demo: passes and codes that the screen's tray can scan, and the first goods on the shelf. */
  demo: z.strictObject({ codesFile: z.string(), stockFile: z.string() }).nullable(),
})

export interface StationConfig {
  station: string
  centralUrl: string
  privateKey: KeyObject
  demo: { codesFile: string; stockFile: string } | null
}

export function readStationConfig(file: string): StationConfig {
  try {
    const config = stationConfig.parse(JSON.parse(readFileSync(file, 'utf8')))
    return { ...config, privateKey: createPrivateKey(config.privateKey) }
  } catch (error) {
    throw new StorageError('not_configured', `${file} is no station configuration`, error)
  }
}
