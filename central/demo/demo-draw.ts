// Chance that is the same every time: numbers and UUIDs drawn from a seed's SHA-256, so that the demo's past follows from its
// data and the day alone.

import { createHash } from 'node:crypto'

export interface Draw {
  /** A whole number from 0 up to, not including, `below`. */
  number(below: number): number
  /** A UUIDv7 of that moment. */
  uuid(atMs: number): string
}

export function drawFrom(seed: string): Draw {
  let drawn = 0
  const next = (): Buffer => {
    drawn += 1
    return createHash('sha256').update(`${seed}#${drawn}`).digest()
  }
  return {
    number: (below) => next().readUIntBE(0, 6) % below,
    uuid: (atMs) => {
      const bytes = next().subarray(0, 16)
      bytes.writeUIntBE(atMs, 0, 6)
      bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6)
      bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
      const hex = bytes.toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
  }
}
