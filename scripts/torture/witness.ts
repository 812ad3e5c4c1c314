// What the driver has seen with its own eyes: receipts that were shown, goods that were confirmed, what was taken back, who was told
// no and why. The verdict holds it against what lies on the disks.

import type { KioskAnswer } from '../../contract/kiosk/kiosk-requests.ts'

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

export type SaidKind = 'training' | 'wish'

export interface Arrivals {
  /** Greeted for the first time in a while. */
  counted: number
  /** The card was read, and nobody saw a greeting that the disk stands for. */
  uncertain: number
}

export interface Witnessed {
  greens: Green[]
  /** Restocks that were confirmed, by request. */
  restocks: { post: string; station: string; incarnation: string; request: string; units: number; atMs: number }[]
  /** Redemptions that staff took back, and saw it done. */
  undone: { post: string; station: string; incarnation: string; request: string; points: number; atMs: number }[]
  /** What riders and staff did about trainings and wishes, and the screen confirmed. */
  said: { kind: SaidKind; post: string; station: string; incarnation: string; request: string; atMs: number }[]
  /** Old files that staff gave up, and what the machine said then. */
  begunAnew: { post: string; station: string; trouble: string }[]
  /** By station. */
  arrivals: Record<string, Arrivals>
  visits: number
  signups: number
  wishes: number
  redemptions: number
  linesBroken: number
  /** By code. */
  refusals: Record<string, number>
  /** How often a machine was seen to fall out of order, by its trouble. */
  troubles: Record<string, number>
}

export function emptyWitness(): Witnessed {
  return { greens: [], restocks: [], undone: [], said: [], begunAnew: [], arrivals: {}, visits: 0, signups: 0, wishes: 0, redemptions: 0, linesBroken: 0, refusals: {}, troubles: {} }
}

export function countOne(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1
}

/** What came back, or null: refused, or the line broke. Both are counted. */
export function heard<Output>(witness: Witnessed, answer: { ok: true; output: Output } | Extract<KioskAnswer, { ok: false }> | 'line_broken'): Output | null {
  if (answer === 'line_broken') {
    witness.linesBroken += 1
    return null
  }
  if (answer.ok) return answer.output
  countOne(witness.refusals, answer.refusal.code)
  return null
}
