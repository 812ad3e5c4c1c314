// What the driver has seen with its own eyes: receipts that were shown, goods that were confirmed, what was taken back, who was told
// no and why. The verdict holds it against what lies on the disks.

/** A receipt that a rider has seen. */
export interface Green {
  post: string
  station: string
  /** Of the file that was open. */
  incarnation: string
  request: string
  rider: string
  points: number
  receipt: string
  /** By the driver's clock, which no station shares. */
  atMs: number
}

export interface Witnessed {
  greens: Green[]
  /** Restocks that were confirmed, by request. */
  restocks: { post: string; station: string; incarnation: string; request: string; units: number; atMs: number }[]
  /** Redemptions that staff took back, and saw it done. */
  undone: { post: string; station: string; incarnation: string; request: string; points: number; atMs: number }[]
  /** Old files that staff gave up, and what the machine said then. */
  begunAnew: { post: string; station: string; trouble: string }[]
  visits: number
  redemptions: number
  linesBroken: number
  /** By code. */
  refusals: Record<string, number>
  /** How often a machine was seen to fall out of order, by its trouble. */
  troubles: Record<string, number>
}

export function emptyWitness(): Witnessed {
  return { greens: [], restocks: [], undone: [], begunAnew: [], visits: 0, redemptions: 0, linesBroken: 0, refusals: {}, troubles: {} }
}

export function countOne(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1
}
