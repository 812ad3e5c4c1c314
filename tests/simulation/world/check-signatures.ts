// The other thread of sent-signatures: checks what it is given, and says at the end what did not hold. Loads nothing of the
// product: a run would wait for it.

import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import type { ToCheck } from './sent-signatures.ts'

const wrong: string[] = []
const keys = new Map<string, KeyObject>()

function keyOf(raw: string): KeyObject {
  const key = keys.get(raw) ?? createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw } })
  keys.set(raw, key)
  return key
}

parentPort?.on('message', (told: ToCheck) => {
  if (told === 'that is all') {
    parentPort?.postMessage(wrong, [])
    return
  }
  const parts = told.check.split('\0')
  for (let at = 0; at < parts.length; at += 3) {
    const [publicKey = '', text = '', signature = ''] = parts.slice(at, at + 3)
    if (!verify(null, Buffer.from(text), keyOf(publicKey), Buffer.from(signature, 'base64url'))) wrong.push(text)
  }
})
