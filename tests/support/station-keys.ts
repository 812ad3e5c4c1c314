// The demo's first station and a key for it, for tests that bring their own machine.

import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import stations from '../../resources/demo/stations.json' with { type: 'json' }

export const FIRST_STATION_ID = stations[0]?.id ?? ''

export function newStationKeys(): { privateKey: KeyObject; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: publicKey.export({ format: 'jwk' }).x ?? '' }
}
