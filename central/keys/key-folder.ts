// Where central keeps what must not lie in the database: its own key, the pass keys, the log of bans, the operator's token.
// With an embedded database that is the data folder; with PostgreSQL the folder of the named key file, the same for every
// central process of one database.

import { dirname, join } from 'node:path'
import { type Marker, markerAt } from './marker.ts'
import { type OutsideLog, outsideLogAt } from './outside-log.ts'
import { type PassKeys, passKeyFileAt } from './pass-key-file.ts'
import { openSealingKeys, type SealingKeys } from './sealing-keys.ts'
import { openSigner, type Signer } from './signer.ts'

export interface KeyFolder {
  readonly folder: string
  readonly signer: Signer
  readonly passKeys: PassKeys
  readonly outside: OutsideLog
  readonly marker: Marker
  readonly sealing: SealingKeys
}

export function openKeyFolder(where: { data: string | null; keyFile: string | null }): KeyFolder {
  const file = where.keyFile ?? (where.data === null ? null : join(where.data, 'central-key.json'))
  if (file === null) throw new Error("without --data, BOAI_CENTRAL_KEY names the file of central's key")
  const folder = dirname(file)
  const outside = outsideLogAt(join(folder, 'outside.ndjson'))
  // A damaged log is heard at the start, not on the day of a restore.
  outside.read()
  return {
    folder, signer: openSigner(file), passKeys: passKeyFileAt(join(folder, 'pass-keys.json')), outside, marker: markerAt(join(folder, 'marker.json')),
    sealing: openSealingKeys(join(folder, 'sealing-keys.json')),
  }
}
