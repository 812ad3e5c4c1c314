// What is in the QR code of a card: who holds it, which card, since when, signed by which of central's keys.
// Owns the layout and nothing else: verifying the signature is the station's, judging it is the domain's.
// No name and no phone can stand in a pass (invariant 13): the holder is a random reference.
//
//   BXZ1 | 88 bytes in Crockford base32 (141 signs) | 4 signs of CRC-20 over those 141   = 149 signs, QR version 6-M
//
// The checksum is there for the words on the screen: a worn or garbled code must be told from a forged one.
//
//   byte 0      layout version (1)             bytes 6-21   holder, a UUID
//   byte 1      holder kind: 1 rider, 2 staff  bytes 22-23  card number, 1..65535
//   bytes 2-3   key id                         bytes 24-87  Ed25519 signature over PASS_SIGNING_PREFIX ‖ bytes 0-23
//   bytes 4-5   issue day (days since 1970-01-01, local)

import { decodeCrockford, encodeCrockford } from './crockford.ts'

export const PASS_PREFIX = 'BXZ1'
export const PASS_BODY_BYTES = 24
export const PASS_SIGNATURE_BYTES = 64
export const PASS_LENGTH = 149
const PAYLOAD_LENGTH = 141

/** Put before the body when signing, so that a signature made for anything else is never a pass. */
export const PASS_SIGNING_PREFIX = 'boai/pass/1\n'

export type PassHolder = 'rider' | 'staff'

export interface PassBody {
  holder: PassHolder
  /** UUID, lower case. */
  holderId: string
  /** 1..65535; a lost card is revoked by its number, the next card has the next one. */
  card: number
  /** Days since 1970-01-01 in the programme's local time. */
  issueDay: number
  /** Which of central's public keys signed it; 0..65535. */
  keyId: number
}

export interface DecodedPass {
  body: PassBody
  signedBytes: Uint8Array
  signature: Uint8Array
}

export type PassDecoding = { ok: true; pass: DecodedPass } | { ok: false; reason: 'damaged' | 'newer_layout' }

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The bytes that central signs and a station verifies. Throws on a field out of range: that is a bug in the issuer. */
export function passSigningBytes(body: PassBody): Uint8Array {
  return withSigningPrefix(encodeBody(body))
}

/** The text of the QR code. */
export function encodePass(body: PassBody, signature: Uint8Array): string {
  if (signature.length !== PASS_SIGNATURE_BYTES) throw new RangeError('a pass signature has 64 bytes')
  const bytes = new Uint8Array(PASS_BODY_BYTES + PASS_SIGNATURE_BYTES)
  bytes.set(encodeBody(body))
  bytes.set(signature, PASS_BODY_BYTES)
  const payload = encodeCrockford(bytes)
  return PASS_PREFIX + payload + checksum(payload)
}

/** Reads a scanned text; any case. `damaged` = not whole or not ours; `newer_layout` = ours, from a newer program. */
export function decodePass(text: string): PassDecoding {
  const upper = text.toUpperCase()
  if (!upper.startsWith(PASS_PREFIX) || upper.length !== PASS_LENGTH) return { ok: false, reason: 'damaged' }
  const bytes = decodeCrockford(upper.slice(PASS_PREFIX.length, PASS_PREFIX.length + PAYLOAD_LENGTH), PASS_BODY_BYTES + PASS_SIGNATURE_BYTES)
  if (bytes === null) return { ok: false, reason: 'damaged' }
  const check = decodeCrockford(`${upper.slice(-4)}0000`, 5)
  const expected = decodeCrockford(`${checksum(encodeCrockford(bytes))}0000`, 5)
  if (check === null || expected === null || !equalBytes(check, expected)) return { ok: false, reason: 'damaged' }
  if (bytes[0] !== 1) return { ok: false, reason: 'newer_layout' }
  const body = decodeBody(bytes.subarray(0, PASS_BODY_BYTES))
  if (body === null) return { ok: false, reason: 'damaged' }
  return {
    ok: true,
    pass: { body, signedBytes: withSigningPrefix(bytes.subarray(0, PASS_BODY_BYTES)), signature: bytes.slice(PASS_BODY_BYTES) },
  }
}

function encodeBody(body: PassBody): Uint8Array {
  if (!UUID_PATTERN.test(body.holderId)) throw new RangeError('a pass holder is a lower-case UUID')
  const bytes = new Uint8Array(PASS_BODY_BYTES)
  bytes[0] = 1
  bytes[1] = body.holder === 'rider' ? 1 : 2
  writeUint16(bytes, 2, body.keyId, 0)
  writeUint16(bytes, 4, body.issueDay, 0)
  const hex = body.holderId.replaceAll('-', '')
  for (let index = 0; index < 16; index += 1) bytes[6 + index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16)
  writeUint16(bytes, 22, body.card, 1)
  return bytes
}

function decodeBody(bytes: Uint8Array): PassBody | null {
  const holder = bytes[1] === 1 ? 'rider' : bytes[1] === 2 ? 'staff' : null
  const card = readUint16(bytes, 22)
  if (holder === null || card === 0) return null
  const hex = [...bytes.subarray(6, 22)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const holderId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return { holder, holderId, card, issueDay: readUint16(bytes, 4), keyId: readUint16(bytes, 2) }
}

function withSigningPrefix(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(PASS_SIGNING_PREFIX.length + body.length)
  for (let index = 0; index < PASS_SIGNING_PREFIX.length; index += 1) bytes[index] = PASS_SIGNING_PREFIX.charCodeAt(index)
  bytes.set(body, PASS_SIGNING_PREFIX.length)
  return bytes
}

/** CRC-20 (the low 20 bits of CRC-32/ISO-HDLC) over the payload's signs, as four signs. */
function checksum(payload: string): string {
  let crc = 0xffffffff
  for (let index = 0; index < payload.length; index += 1) {
    crc ^= payload.charCodeAt(index)
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  const low = (crc ^ 0xffffffff) & 0xfffff
  return encodeCrockford(Uint8Array.of(low >>> 12, (low >>> 4) & 255, (low & 15) << 4)).slice(0, 4)
}

function writeUint16(bytes: Uint8Array, at: number, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least || value > 0xffff) throw new RangeError(`${value} does not fit a pass field`)
  bytes[at] = value >>> 8
  bytes[at + 1] = value & 255
}

function readUint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}
