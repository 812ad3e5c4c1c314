// Owns the one door every scanner speaks through, whatever its cable: text, when, and from which device.
// It refuses to know what a text means (contract/scan). Invariant: a code that could not be read is a text too, one that
// reads as `too_long` or `undecodable`, so a person in front of the screen always gets an answer.

import { scannedTextLengthMax } from '../../contract/scan/scanned-code.ts'
import type { HidOutcome } from './hid-framing.ts'

export type ScanSource = 'hid' | 'wedge' | 'camera' | 'simulated'

/** `atMs` is monotonic milliseconds of the station, never the wall clock. `aimId` is `]Q1` and the like, where a scanner says it. */
export type OnText = (text: string, atMs: number, source: ScanSource, aimId?: string) => void

/** Monotonic milliseconds, injected. */
export type MonotonicClock = () => number

export const tooLongText = '?'.repeat(scannedTextLengthMax + 1)
export const undecodableText = '\ufffd'

/** Says a framing outcome at the port. */
export function announceHidOutcome(outcome: HidOutcome, atMs: number, source: ScanSource, onText: OnText): void {
  switch (outcome.kind) {
    case 'text':
      onText(outcome.text, atMs, source, outcome.aimId)
      return
    case 'too_long':
      onText(tooLongText, atMs, source)
      return
    case 'undecodable':
      onText(undecodableText, atMs, source)
      return
  }
}
