// What a central keeps outside its database, for tests: gone with the process.

import { type OutsideLog, outsideLogInMemory } from '../../central/keys/outside-log.ts'
import { makeSigner, type Signer } from '../../central/keys/signer.ts'

export interface TestKeys {
  signer: Signer
  outside: OutsideLog
}

export function makeTestKeys(): TestKeys {
  return { signer: makeSigner(), outside: outsideLogInMemory() }
}
