// Owns a scanner made of nothing: a text becomes the very reports a HID-POS scanner would send and goes through the same framing.
// It refuses to be a short cut: no text reaches the port but by bytes. Used by `npm run scan`, the demo's tray and fixtures.

import { createHidFraming } from './hid-framing.ts'
import { aimIdLength, hidPosProfile } from './hid-report-profile.ts'
import type { HidReportProfile } from './hid-report-profile.ts'
import { announceHidOutcome } from './scanner-port.ts'
import type { MonotonicClock, OnText } from './scanner-port.ts'

export type SimulatedScanner = { scan(text: string, aimId?: string): void }

const qrAimId = ']Q1'

/** The input reports of one code, as a scanner of this profile sends them: UTF-8, zero-padded, the flag on all but the last. */
export function encodeHidReports(text: string, aimId: string = qrAimId, profile: HidReportProfile = hidPosProfile): Uint8Array[] {
  return encodeHidReportBytes(new TextEncoder().encode(text), aimId, profile)
}

/** The same for bytes that are no UTF-8: GBK codes, damaged ones. */
export function encodeHidReportBytes(bytes: Uint8Array, aimId: string = qrAimId, profile: HidReportProfile = hidPosProfile): Uint8Array[] {
  if (aimId.length !== aimIdLength) throw new Error(`an AIM id has ${aimIdLength} characters: ${JSON.stringify(aimId)}`)
  const reports: Uint8Array[] = []
  let offset = 0
  do {
    const data = bytes.subarray(offset, offset + profile.dataLengthMax)
    offset += data.length
    const report = new Uint8Array(profile.reportLength)
    report[0] = profile.reportId
    report[profile.lengthAt] = data.length
    report.set(new TextEncoder().encode(aimId), profile.aimAt)
    report.set(data, profile.dataAt)
    if (offset < bytes.length) report[profile.moreAt] = profile.moreMask
    reports.push(report)
  } while (offset < bytes.length)
  return reports
}

export function createSimulatedScanner(onText: OnText, nowMs: MonotonicClock): SimulatedScanner {
  const framing = createHidFraming()
  return {
    scan(text, aimId) {
      for (const report of encodeHidReports(text, aimId)) {
        const atMs = nowMs()
        const outcome = framing.push(report, atMs)
        if (outcome !== undefined) announceHidOutcome(outcome, atMs, 'simulated', onText)
      }
    },
  }
}
