// The operator of a test central: acts without HTTP, and machines that join by a code.

import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import { type ActAnswer, doOperatorAct, type OperatorActName } from '../../central/operator/operator-acts.ts'
import { sqlStore } from '../../central/store/sql-store.ts'
import { answerEnrol, ENROL_TRIES, type EnrolResult } from '../../central/sync/enrol.ts'
import { TryLimit } from '../../central/sync/try-limit.ts'
import { codeKeyOf, type CodeKey } from '../../station/setup/code-key.ts'
import { ENROLMENT_VERSION, enrolProofText, enrolSigningText } from '../../contract/sync/enrolment.ts'
import type { KeyedCentral } from './keyed-central.ts'

export function act(central: KeyedCentral, named: OperatorActName, input: unknown): Promise<ActAnswer> {
  return doOperatorAct(
    {
      store: sqlStore(central.database), nowMs: () => central.clock.nowMs, outside: central.keys.outside, newId: randomUUID,
      randomBytes: (count) => randomBytes(count), notice: () => undefined,
    },
    named,
    input,
  )
}

/** Done, or the test fails. */
export async function done<Answer>(central: KeyedCentral, named: OperatorActName, input: unknown): Promise<Answer> {
  const answer = await act(central, named, input)
  if (!answer.ok) throw new Error(`${named}: ${answer.error}`)
  return answer.answer as Answer
}

export interface NewMachine {
  publicKey: string
  privateKey: KeyObject
}

export function newMachine(): NewMachine {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { publicKey: publicKey.export({ format: 'jwk' }).x ?? '', privateKey }
}

/** A key of a code costs time; hundreds of tries here are of a few codes. */
const codeKeys = new Map<string, Promise<CodeKey>>()

export async function enrolBody({ keys: { signer: { keyPrint } } }: Pick<KeyedCentral, 'keys'>, { publicKey, privateKey }: NewMachine, code: string): Promise<Buffer> {
  const known = codeKeys.get(code) ?? codeKeyOf(code)
  codeKeys.set(code, known)
  const codeKey = await known
  const about = { keyPrint, codeKey: codeKey.publicKey, publicKey }
  const signed = (text: string, key: KeyObject): string => sign(null, Buffer.from(text), key).toString('base64url')
  return Buffer.from(JSON.stringify({
    version: ENROLMENT_VERSION, codeKey: about.codeKey, publicKey, proof: signed(enrolProofText(about), codeKey.privateKey), signature: signed(enrolSigningText(about), privateKey),
  }))
}

export function enrolDoor(central: KeyedCentral, store = sqlStore(central.database)): (body: Buffer, address?: string) => Promise<EnrolResult> {
  const context = { store, nowMs: () => central.clock.nowMs, ...central.keys, tries: new TryLimit(ENROL_TRIES) }
  return (body, address = '192.0.2.1') => answerEnrol(context, address, body)
}
