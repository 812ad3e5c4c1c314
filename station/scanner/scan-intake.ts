// Owns what counts as one scan: the window for a card held in front of the scanner, echoes of a second device, the queue's limit.
// Pure: time is passed in. It refuses to know riders and items. Invariants: item codes count each time (five soaps are five scans);
// a scan that found the queue full is counted and opens no window, so scanning again brings it back; all memory is bounded.

import { readScannedCode } from '../../contract/scan/scanned-code.ts'
import type { ScannedCode } from '../../contract/scan/scanned-code.ts'
import type { ScanSource } from './scanner-port.ts'

export type Scan = { readonly code: ScannedCode; readonly atMs: number; readonly source: ScanSource }

export type ScanIntake = {
  readonly waiting: readonly Scan[]
  readonly overflowCount: number
  readonly recent: readonly RecentScan[]
}

/** `queued`: a scan. `repeated`: the same code still held there. `echoed`: a second device read it too. `overflowed`: no room. */
export type IntakeVerdict = 'queued' | 'repeated' | 'echoed' | 'overflowed'

type RecentScan = {
  readonly key: string
  readonly source: ScanSource
  readonly acceptedAtMs: number
  readonly lastSeenAtMs: number
  readonly echoedBy: readonly ScanSource[]
}

export const queueLengthMax = 32
export const sameCodeWindowMs = 1500
export const echoWindowMs = 300
const recentLengthMax = 64

export const emptyScanIntake: ScanIntake = { waiting: [], overflowCount: 0, recent: [] }

/** Offers a text from the port. */
export function offerScan(
  intake: ScanIntake,
  text: string,
  atMs: number,
  source: ScanSource,
  aimId?: string,
): { readonly intake: ScanIntake; readonly verdict: IntakeVerdict } {
  const code = readScannedCode(text, aimId)
  const key = keyOf(code, text)
  const recent = intake.recent.filter((seen) => atMs - seen.lastSeenAtMs < sameCodeWindowMs)
  const known = { ...intake, recent }

  const held = code.kind === 'item' ? undefined : recent.find((seen) => seen.key === key)
  if (held !== undefined) {
    return { intake: replaceRecent(known, held, { ...held, lastSeenAtMs: Math.max(held.lastSeenAtMs, atMs) }), verdict: 'repeated' }
  }
  const original = recent.find((seen) => isEchoOf(seen, key, atMs, source))
  if (original !== undefined) {
    return { intake: replaceRecent(known, original, { ...original, echoedBy: [...original.echoedBy, source] }), verdict: 'echoed' }
  }
  if (intake.waiting.length >= queueLengthMax) {
    return { intake: { ...known, overflowCount: intake.overflowCount + 1 }, verdict: 'overflowed' }
  }
  const accepted: RecentScan = { key, source, acceptedAtMs: atMs, lastSeenAtMs: atMs, echoedBy: [] }
  const waiting = [...intake.waiting, { code, atMs, source }]
  return { intake: { ...known, waiting, recent: [...recent, accepted].slice(-recentLengthMax) }, verdict: 'queued' }
}

/** Takes the oldest waiting scan. */
export function takeScan(intake: ScanIntake): { readonly intake: ScanIntake; readonly scan: Scan | undefined } {
  const [scan, ...waiting] = intake.waiting
  return { intake: { ...intake, waiting }, scan }
}

/** One accepted scan excuses one echo of each other device: the next report of that device is the next soap. */
function isEchoOf(seen: RecentScan, key: string, atMs: number, source: ScanSource): boolean {
  return seen.key === key && seen.source !== source && atMs - seen.acceptedAtMs < echoWindowMs && !seen.echoedBy.includes(source)
}

function replaceRecent(intake: ScanIntake, old: RecentScan, replacement: RecentScan): ScanIntake {
  return { ...intake, recent: intake.recent.map((seen) => (seen === old ? replacement : seen)) }
}

/** A pass is known by its canonical text, an item by its one code, the rest by what was sent. */
function keyOf(code: ScannedCode, text: string): string {
  if (code.kind === 'pass') return code.text
  if (code.kind === 'item') return `item ${code.code}`
  return `${code.kind} ${text}`
}
