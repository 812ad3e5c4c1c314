// What a person typed at a station, on its way to central (docs/decisions/0007). An event holds a reference and a commitment;
// the text travels beside it in a box that only central can open, pushed after the event that names it, and kept by the
// station until central holds it.
//
//   commitment   SHA-256(salt ‖ text as UTF-8), the salt 32 random bytes
//   box          public key made for this box (X25519, 32 bytes) ‖ AES-256-GCM(salt ‖ text) ‖ tag (16 bytes)
//   key, nonce   HKDF-SHA-256(shared secret; salt: the box's public key ‖ central's; info: `boxInfo`), 32 and 12 bytes

import { z } from 'zod'

export const WORDS_PATH = '/v1/words'

/** Of the text, in UTF-8: more than the 140 signs of a wish can be. */
export const WORDS_BYTES_MAX = 12_288
export const SALT_BYTES = 32
const BOX_BYTES_MAX = 32 + SALT_BYTES + WORDS_BYTES_MAX + 16
export const BOXES_A_REQUEST_MAX = 32
export const WORDS_REQUEST_BYTES_MAX = 512 * 1024

const uuid = z.uuid().lowercase()
const base64url = z.string().regex(/^[\w-]+$/)

/** What an event says of a text. */
export const wordsReference = z.strictObject({ ref: uuid, commitment: z.string().regex(/^[0-9a-f]{64}$/) })
export type WordsReference = z.infer<typeof wordsReference>

const keyId = z.string().regex(/^[0-9a-f]{16}$/)

/** Central's key, as stations mirror it. Boxes name it, so that a new key can take over while old boxes are under way. */
export const sealingKeyRow = z.strictObject({ keyId, publicKey: z.string().regex(/^[\w-]{43}$/) })
export type SealingKeyRow = z.infer<typeof sealingKeyRow>

export const sealedBox = z.strictObject({ ref: uuid, keyId, box: base64url.max(Math.ceil((BOX_BYTES_MAX * 4) / 3)) })
export type SealedBox = z.infer<typeof sealedBox>

export const wordsRequest = z.strictObject({ incarnation: uuid, boxes: z.array(sealedBox).min(1).max(BOXES_A_REQUEST_MAX) })
export type WordsRequest = z.infer<typeof wordsRequest>

export const WORDS_REFUSALS = [
  /** No event that central holds names it (yet). */
  'event_unknown',
  /** Sealed to a key that central does not have. */
  'key_unknown',
  'unreadable',
  /** Not the text that the event promised. */
  'commitment_wrong',
  /** The person was erased. */
  'erased',
] as const
export type WordsRefusal = (typeof WORDS_REFUSALS)[number]

/** One for each box, in their order. A repeat of one that is held is held. */
export const wordsAnswer = z.strictObject({
  boxes: z.array(z.discriminatedUnion('result', [
    z.strictObject({ ref: uuid, result: z.literal('held') }),
    z.strictObject({ ref: uuid, result: z.literal('refused'), code: z.enum(WORDS_REFUSALS) }),
  ])).max(BOXES_A_REQUEST_MAX),
})
export type WordsAnswer = z.infer<typeof wordsAnswer>

/** Binds a box to who sends it and what it is, so that no other can be passed off for it. */
export function boxInfo(box: { station: string; ref: string }): string {
  return `boai/words/1\n${box.station}\n${box.ref}`
}
