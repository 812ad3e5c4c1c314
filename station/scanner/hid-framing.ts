// Owns how reports of a HID-POS scanner become one code: reassembly by the more-data flag, limits, and the bytes' encoding.
// It refuses to know USB, node-hid and what a code means; time is passed in. Invariants: no bytes can make it throw, it never
// holds more than the limit, and a code that lost a part is never handed on as if it were whole.

import { aimIdLength, hidPosProfile } from './hid-report-profile.ts'
import type { HidReportProfile } from './hid-report-profile.ts'

export type HidOutcome =
  { readonly kind: 'text'; readonly text: string; readonly aimId?: string } | { readonly kind: 'too_long' } | { readonly kind: 'undecodable' }

export type HidFramingCounts = {
  readonly codes: number
  readonly malformedReports: number
  readonly expiredPartials: number
  readonly droppedPartials: number
}

export type HidFraming = {
  /** Takes one report as read, its id first. Returns an outcome when this report ends a code or makes it hopeless. */
  push(report: Uint8Array, atMs: number): HidOutcome | undefined
  /** Forgets a half-received code: the scanner was unplugged. */
  drop(): void
  counts(): HidFramingCounts
}

export const codeBytesMax = 4096
export const partialExpiryMs = 300

type Progress =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'collecting'
      readonly parts: Uint8Array[]
      readonly byteLength: number
      readonly aimId: string | undefined
      readonly lastAtMs: number
    }
  | { readonly kind: 'swallowing'; readonly lastAtMs: number }

type Part = { readonly data: Uint8Array; readonly more: boolean; readonly aimId: string | undefined }

const idle: Progress = { kind: 'idle' }

export function createHidFraming(profile: HidReportProfile = hidPosProfile): HidFraming {
  const counts = { codes: 0, malformedReports: 0, expiredPartials: 0, droppedPartials: 0 }
  let progress: Progress = idle

  function expire(atMs: number): void {
    if (progress.kind === 'idle' || atMs - progress.lastAtMs <= partialExpiryMs) return
    if (progress.kind === 'collecting') counts.expiredPartials += 1
    progress = idle
  }

  /** A broken report in the middle of a code spoils the code: say so once, then swallow what is left of it. */
  function refuseReport(atMs: number): HidOutcome | undefined {
    counts.malformedReports += 1
    if (progress.kind !== 'collecting') return undefined
    progress = { kind: 'swallowing', lastAtMs: atMs }
    return { kind: 'undecodable' }
  }

  function collect(part: Part, atMs: number): HidOutcome | undefined {
    if (progress.kind === 'swallowing') {
      progress = part.more ? { kind: 'swallowing', lastAtMs: atMs } : idle
      return undefined
    }
    const parts = progress.kind === 'collecting' ? progress.parts : []
    const aimId = progress.kind === 'collecting' ? progress.aimId : part.aimId
    const byteLength = (progress.kind === 'collecting' ? progress.byteLength : 0) + part.data.length
    if (byteLength > codeBytesMax) {
      progress = part.more ? { kind: 'swallowing', lastAtMs: atMs } : idle
      return { kind: 'too_long' }
    }
    parts.push(part.data)
    if (part.more) {
      progress = { kind: 'collecting', parts, byteLength, aimId, lastAtMs: atMs }
      return undefined
    }
    progress = idle
    counts.codes += 1
    return decodeCode(joinParts(parts, byteLength), aimId)
  }

  return {
    push(report, atMs) {
      expire(atMs)
      const part = readReport(report, profile)
      return part === undefined ? refuseReport(atMs) : collect(part, atMs)
    },
    drop() {
      if (progress.kind === 'collecting') counts.droppedPartials += 1
      progress = idle
    },
    counts: () => ({ ...counts }),
  }
}

/** One report's own claims, or undefined when they cannot be true. */
function readReport(report: Uint8Array, profile: HidReportProfile): Part | undefined {
  if (report.length < profile.reportLength || report[0] !== profile.reportId) return undefined
  const length = report[profile.lengthAt] ?? 0
  const more = ((report[profile.moreAt] ?? 0) & profile.moreMask) !== 0
  // An empty report that promises more would keep a code open for ever.
  if (length > profile.dataLengthMax || (more && length === 0)) return undefined
  // Copied: the driver may reuse its buffer.
  const data = report.slice(profile.dataAt, profile.dataAt + length)
  return { data, more, aimId: readAimId(report, profile) }
}

function readAimId(report: Uint8Array, profile: HidReportProfile): string | undefined {
  const aimId = String.fromCharCode(...report.subarray(profile.aimAt, profile.aimAt + aimIdLength))
  return /^\][A-Za-z][0-9A-Za-z]$/.test(aimId) ? aimId : undefined
}

function joinParts(parts: readonly Uint8Array[], byteLength: number): Uint8Array {
  const bytes = new Uint8Array(byteLength)
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

function decodeCode(bytes: Uint8Array, aimId: string | undefined): HidOutcome {
  const text = decodeStrictly(bytes, 'utf-8') ?? decodeStrictly(bytes, 'gb18030')
  if (text === undefined) return { kind: 'undecodable' }
  return aimId === undefined ? { kind: 'text', text } : { kind: 'text', text, aimId }
}

function decodeStrictly(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
