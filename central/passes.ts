// Issues passes: the one place that signs cards. A key is named by its id, so that a new one can take over while cards of
// the old one go on being good. Where private keys lie is not its business (keys/pass-key-file.ts).

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { encodePass, type PassBody, passSigningBytes } from '../contract/pass/pass-code.ts'

export interface PassKeyPair {
  keyId: number
  /** SPKI as PEM: what stations hold. */
  publicKey: string
  privateKeyPem: string
}

export function makePassKey(keyId: number): PassKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    keyId,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** Signs a pass; the same body and key give the same code, so a card can be printed again. */
export type PassSigner = (body: PassBody) => string

export function passSigner(keys: ReadonlyMap<number, KeyObject>): PassSigner {
  return (body) => {
    const key = keys.get(body.keyId)
    if (key === undefined) throw new RangeError(`no private key ${body.keyId} to issue with`)
    return encodePass(body, new Uint8Array(sign(null, passSigningBytes(body), key)))
  }
}
