import { createPublicKey, hash, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { PULL_PATH, REQUEST_HEADER, requestSigningText, SIGNATURE_HEADER, STATION_HEADER } from '../../../contract/sync/sync-protocol.ts'
import { randomOf } from '../engine/random.ts'
import { keysOf, type SeededKeys } from './keys.ts'
import { openSentSignatures } from './sent-signatures.ts'

const random = randomOf('signatures')
const [own, foreign] = [keysOf(random.fork('own')), keysOf(random.fork('foreign'))]
const station = random.uuid()

function requestBy({ privateKey }: SeededKeys): { text: string; signature: string; request: { path: string; headers: Record<string, string>; body: Uint8Array } } {
  const requestId = random.uuid()
  const body = Buffer.from('{}')
  const text = requestSigningText({ path: PULL_PATH, station, requestId, bodySha256: hash('sha256', body, 'hex') })
  const signature = sign(null, Buffer.from(text), privateKey).toString('base64url')
  return { text, signature, request: { path: PULL_PATH, headers: { [STATION_HEADER]: station, [REQUEST_HEADER]: requestId, [SIGNATURE_HEADER]: signature }, body } }
}

test('what a station has signed holds, once known and once checked again; another text and another key do not', async () => {
  const signatures = openSentSignatures()
  const { text, signature, request } = requestBy(own)
  signatures.sent(request, own.publicKey)
  const asks = (key: SeededKeys, about: string): boolean => signatures.isSignature(createPublicKey(key.privateKey), about, signature)
  expect([asks(foreign, text), asks(own, `${text} and more`), asks(own, text), asks(own, text)]).toEqual([false, false, true, true])
  expect(await signatures.settle()).toEqual([])
})

test('a signature that does not hold is found at the end, whoever said so of it', async () => {
  const signatures = openSentSignatures()
  const { text, signature, request } = requestBy(foreign)
  signatures.sent(request, own.publicKey)
  expect(signatures.isSignature(createPublicKey(own.privateKey), text, signature)).toBe(true)
  expect(await signatures.settle()).toEqual([text])
})
