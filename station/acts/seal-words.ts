// Seals what a person typed to central's key, in the transaction of the event that names it. The text is nowhere afterwards but
// in the box, and the box can be opened by central alone (docs/decisions/0007).

import { createCipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto'
import { boxInfo, WORDS_BYTES_MAX, type WordsReference } from '../../contract/sync/sealed-words.ts'
import type { Reader, Writer } from '../store/database.ts'
import type { AppendedEvent } from '../store/outbox.ts'
import { BOXES_WAITING_MAX, countBoxesWaiting, insertBox, sealingKey } from '../store/sealed-words.ts'
import type { StationIds } from '../station-ids.ts'
import type { Counter } from './act.ts'

const PKCS8_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** Why nothing can be typed here now; null: it can. To be asked before the event is begun. */
export function sealingStop(reader: Reader): 'no_key' | 'full' | null {
  if (sealingKey(reader) === null) return 'no_key'
  return countBoxesWaiting(reader) >= BOXES_WAITING_MAX ? 'full' : null
}

/** Within `recordFact`'s body. Throws where nothing can be sealed, or the text is longer than any that is asked for. */
export function sealWords(writer: Writer, { identity, ids }: Pick<Counter, 'identity' | 'ids'>, event: AppendedEvent, { rider, text }: { rider: string; text: string }): WordsReference {
  const key = sealingKey(writer)
  if (key === null) throw new Error('words without a key to seal them to')
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length > WORDS_BYTES_MAX) throw new RangeError(`words of ${bytes.length} bytes`)
  const ref = ids.random()
  const salt = secretOf(ids)
  const box = seal(key.publicKey, boxInfo({ station: identity.station, ref }), Buffer.concat([salt, bytes]), secretOf(ids))
  insertBox(writer, event.seq, { ref, rider, keyId: key.keyId, box, madeAtMs: event.wallMs })
  return { ref, commitment: createHash('sha256').update(salt).update(bytes).digest('hex') }
}

function seal(recipientKey: string, info: string, plain: Uint8Array, secret: Uint8Array): Uint8Array {
  const own = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' })
  const ownPublic = Buffer.from(createPublicKey(own).export({ format: 'jwk' }).x ?? '', 'base64url')
  const recipient = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: recipientKey }, format: 'jwk' })
  const shared = diffieHellman({ privateKey: own, publicKey: recipient })
  const derived = new Uint8Array(hkdfSync('sha256', shared, Buffer.concat([ownPublic, Buffer.from(recipientKey, 'base64url')]), info, 44))
  const cipher = createCipheriv('aes-256-gcm', derived.subarray(0, 32), derived.subarray(32))
  return Buffer.concat([ownPublic, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** 32 bytes that nobody knows: three random UUIDs are 366 bits of chance. */
function secretOf(ids: Pick<StationIds, 'random'>): Buffer {
  return createHash('sha256').update(ids.random()).update(ids.random()).update(ids.random()).digest()
}
