// What a central keeps outside its database, for tests: gone with the process.

import { randomBytes } from 'node:crypto'
import type { OfficeKeys } from '../../central/console/office-moment.ts'
import { makeDemoPassKeys } from '../../central/demo/seed-demo.ts'
import { type OfficeBox, officeBoxInMemory } from '../../central/keys/office-box.ts'
import { type OutsideLog, outsideLogInMemory } from '../../central/keys/outside-log.ts'
import { passKeysInMemory, passSigningKeys } from '../../central/keys/pass-key-file.ts'
import { makeSealingKeys, type SealingKeys } from '../../central/keys/sealing-keys.ts'
import { makeSigner, type Signer } from '../../central/keys/signer.ts'
import { type PassKeyPair, type PassSigner, passSigner } from '../../central/passes.ts'
import type { PeopleIndex } from '../../central/people/person-words.ts'

export interface TestKeys {
  signer: Signer
  outside: OutsideLog
  sealing: SealingKeys
  office: OfficeKeys
  /** The public halves: for whoever seeds. */
  passKeys: readonly PassKeyPair[]
  newPersonKey(): Uint8Array
  index: PeopleIndex
  signPass: PassSigner
}

/** Those that what is seeded depends on. */
export interface SeedKeys {
  box: OfficeBox
  passKeys: readonly PassKeyPair[]
}

export function makeSeedKeys(): SeedKeys {
  return { box: officeBoxInMemory(), passKeys: makeDemoPassKeys() }
}

export function makeTestKeys({ box, passKeys }: SeedKeys = makeSeedKeys()): TestKeys {
  const office = { box, passKeys: passKeysInMemory() }
  office.passKeys.keep(passKeys)
  return {
    signer: makeSigner(), outside: outsideLogInMemory(), sealing: makeSealingKeys(), office, passKeys, newPersonKey: () => randomBytes(32), index: office.box.derive,
    signPass: passSigner(passSigningKeys(office.passKeys)),
  }
}
