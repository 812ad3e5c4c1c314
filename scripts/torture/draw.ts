// Chance from a printed seed. Each part of a run draws from a stream of its own name, so that one part drawing more does not
// change what the others do. When a draw happens is the real machine's business: a seed gives the same kinds of trouble in the same
// order, not the same nanoseconds.

import { createHash } from 'node:crypto'

export interface Draw {
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  chance(share: number): boolean
  pick<Thing>(things: readonly Thing[]): Thing
  uuid(): string
  stream(name: string): Draw
}

export function drawFrom(seed: string): Draw {
  const start = createHash('sha256').update(seed).digest()
  let [a, b, c, d] = [start.readUInt32LE(0), start.readUInt32LE(4), start.readUInt32LE(8), 1]
  /** sfc32: in [0, 1). */
  const next = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let warm = 0; warm < 12; warm += 1) next()
  const draw: Draw = {
    below: (end) => Math.floor(next() * end),
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (share) => next() < share,
    pick: (things) => {
      const thing = things[Math.floor(next() * things.length)]
      if (thing === undefined) throw new RangeError('nothing to pick from')
      return thing
    },
    uuid: () => {
      const hex = Array.from({ length: 32 }, () => Math.floor(next() * 16).toString(16))
      hex[12] = '4'
      hex[16] = '8'
      const text = hex.join('')
      return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
    },
    stream: (name) => drawFrom(`${seed}/${name}`),
  }
  return draw
}
