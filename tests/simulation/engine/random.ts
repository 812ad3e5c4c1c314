// Chance from a seed. Each part of the simulation draws from a stream of its own (`fork`), so that one more draw here does not
// change what happens there. sfc32: small, fast, and the same on every machine.

import { createHash } from 'node:crypto'

export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number
  chance(probability: number): boolean
  pick<Value>(values: readonly Value[]): Value
  shuffle<Value>(values: readonly Value[]): Value[]
  bytes(count: number): Uint8Array
  uuid(): string
  /** Another stream, decided by this one's seed and the name alone. */
  fork(name: string): Random
}

export function randomOf(seed: string): Random {
  const state = createHash('sha256').update(seed).digest()
  let a = state.readInt32LE(0)
  let b = state.readInt32LE(4)
  let c = state.readInt32LE(8)
  let counter = state.readInt32LE(12)
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  const next = (): number => draw() / 4_294_967_296
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick(values) {
      const value = values[int(0, values.length - 1)]
      if (value === undefined) throw new RangeError('nothing to pick from')
      return value
    },
    shuffle(values) {
      return values
        .map((value) => ({ value, place: next() }))
        .toSorted((left, right) => left.place - right.place)
        .map(({ value }) => value)
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => draw() & 0xff),
    uuid() {
      const hex = hexOf(draw()) + hexOf(draw()) + hexOf(draw()) + hexOf(draw())
      return uuidText(hex, '4')
    },
    fork: (name) => randomOf(`${seed}/${name}`),
  }
}

/** A UUIDv7 with that time in front, its other bits by chance. */
export function timedUuid(random: Random, wallMs: number): string {
  return uuidText(`${Math.floor(wallMs).toString(16).padStart(12, '0').slice(-12)}${random.uuid().replaceAll('-', '').slice(12)}`, '7')
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hexOf(word: number): string {
  return `${BYTES[word >>> 24]}${BYTES[(word >>> 16) & 0xff]}${BYTES[(word >>> 8) & 0xff]}${BYTES[word & 0xff]}`
}

function uuidText(hex: string, version: string): string {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
