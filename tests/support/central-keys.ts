// What a central keeps outside its database, for tests: gone with the process.

import { randomBytes } from 'node:crypto'
import { type OutsideLog, outsideLogInMemory } from '../../central/keys/outside-log.ts'
import { makeSealingKeys, type SealingKeys } from '../../central/keys/sealing-keys.ts'
import { makeSigner, type Signer } from '../../central/keys/signer.ts'

export interface TestKeys {
  signer: Signer
  outside: OutsideLog
  sealing: SealingKeys
  newPersonKey(): Uint8Array
}

export function makeTestKeys(): TestKeys {
  return { signer: makeSigner(), outside: outsideLogInMemory(), sealing: makeSealingKeys(), newPersonKey: () => randomBytes(32) }
}
