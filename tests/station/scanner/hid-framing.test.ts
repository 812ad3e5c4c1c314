import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeBytesMax, createHidFraming, partialExpiryMs } from '../../../station/scanner/hid-framing.ts'
import type { HidOutcome } from '../../../station/scanner/hid-framing.ts'
import { encodeHidReportBytes, encodeHidReports } from '../../../station/scanner/simulated-scanner.ts'
import { playRecording, readRecording, recordedPass } from '../../fixtures/scanner/recording.ts'

const nothingCounted = { codes: 0, malformedReports: 0, expiredPartials: 0, droppedPartials: 0 }

function pushAll(reports: readonly Uint8Array[], gapMs = 4): HidOutcome[] {
  const framing = createHidFraming()
  return reports.flatMap((report, index) => framing.push(report, index * gapMs) ?? [])
}

test('a pass in three recorded reports comes back whole, with its AIM id', () => {
  expect(playRecording('pass-in-three-reports')).toEqual({
    outcomes: [{ kind: 'text', text: recordedPass, aimId: ']Q1' }],
    counts: { ...nothingCounted, codes: 1 },
  })
})

test('the simulated scanner makes the very bytes of the recording', () => {
  expect(encodeHidReports(recordedPass)).toEqual(readRecording('pass-in-three-reports').map((event) => event.report))
})

test.each([
  ['ean13', '6901234567892', ']E0'],
  ['upca', '036000291452', ']E0'],
  ['gbk-text', '博爱小站欢迎你', ']Q1'],
  ['utf8-text-across-reports', '骑'.repeat(30), ']Q1'],
])('the recording %s reads as one code', (name, text, aimId) => {
  expect(playRecording(name)).toEqual({ outcomes: [{ kind: 'text', text, aimId }], counts: { ...nothingCounted, codes: 1 } })
})

test('control characters are handed on for the reading to refuse', () => {
  const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('')
  expect(playRecording('hostile-control-characters').outcomes).toEqual([{ kind: 'text', text: `CMD${controls}EXE`, aimId: ']Q1' }])
})

test('bytes of no known encoding are undecodable', () => {
  expect(playRecording('binary')).toEqual({ outcomes: [{ kind: 'undecodable' }], counts: { ...nothingCounted, codes: 1 } })
})

test('an unplug in the middle of a pass drops the half, and the card scanned again is whole', () => {
  expect(playRecording('unplug-in-the-middle')).toEqual({
    outcomes: [{ kind: 'text', text: recordedPass, aimId: ']Q1' }],
    counts: { ...nothingCounted, codes: 1, droppedPartials: 1 },
  })
})

test('a part that waited too long is forgotten, and the card scanned again is whole', () => {
  expect(playRecording('stalled-in-the-middle')).toEqual({
    outcomes: [{ kind: 'text', text: recordedPass, aimId: ']Q1' }],
    counts: { ...nothingCounted, codes: 1, expiredPartials: 1 },
  })
})

test.each(['status-report-in-the-middle', 'lying-length'])('%s spoils its code once, and the next code is whole', (name) => {
  const { outcomes, counts } = playRecording(name)
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(['undecodable', 'text'])
  expect(counts).toEqual({ ...nothingCounted, codes: 1, malformedReports: 1 })
})

test('a part may come right up to its expiry', () => {
  expect(pushAll(encodeHidReports(recordedPass), partialExpiryMs)).toEqual([{ kind: 'text', text: recordedPass, aimId: ']Q1' }])
})

test('a code over 4 KB is said to be too long once, swallowed to its end, and the next code is whole', () => {
  const reports = [...encodeHidReports('7'.repeat(7000)), ...encodeHidReports('6901234567892', ']E0')]
  expect(pushAll(reports)).toEqual([{ kind: 'too_long' }, { kind: 'text', text: '6901234567892', aimId: ']E0' }])
})

test('a code that never ends is too long once and holds no memory for ever', () => {
  const framing = createHidFraming()
  const [endless] = encodeHidReports('7'.repeat(100))
  if (endless === undefined) throw new Error('no report')
  const outcomes = Array.from({ length: 10_000 }, (_, index) => framing.push(endless, index)).filter((outcome) => outcome !== undefined)
  expect(outcomes).toEqual([{ kind: 'too_long' }])
})

test('a scanner that fills in no AIM id is read without one', () => {
  const reports = encodeHidReports('6901234567892', '\u0000\u0000\u0000')
  expect(pushAll(reports)).toEqual([{ kind: 'text', text: '6901234567892' }])
})

test.each([
  ['empty', new Uint8Array(0)],
  ['short', new Uint8Array(63).fill(2)],
  ['of another id', new Uint8Array(64).fill(3)],
  ['longer than its data', Uint8Array.from({ length: 64 }, (_, at) => (at < 2 ? ([2, 57][at] ?? 0) : 0))],
  ['empty and promising more', Uint8Array.from({ length: 64 }, (_, at) => (at === 0 ? 2 : at === 63 ? 1 : 0))],
])('a report that is %s is counted and says nothing', (_what, report) => {
  const framing = createHidFraming()
  expect(framing.push(report, 0)).toBeUndefined()
  expect(framing.counts()).toEqual({ ...nothingCounted, malformedReports: 1 })
})

test('another model is another profile', () => {
  const profile = { reportId: 7, reportLength: 16, lengthAt: 4, aimAt: 1, dataAt: 5, dataLengthMax: 10, moreAt: 15, moreMask: 0x80 }
  const framing = createHidFraming(profile)
  const outcomes = encodeHidReports(recordedPass, ']Q1', profile).flatMap((report, index) => framing.push(report, index) ?? [])
  expect(outcomes).toEqual([{ kind: 'text', text: recordedPass, aimId: ']Q1' }])
})

test('any text up to the limit, split into reports, comes back whole', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 1500 }).filter((text) => Buffer.byteLength(text) <= codeBytesMax)
  fc.assert(
    fc.property(anyText, (text) => {
      expect(pushAll(encodeHidReports(text))).toEqual([{ kind: 'text', text, aimId: ']Q1' }])
    }),
  )
})

test('any bytes make one outcome and garbage between codes never throws nor spoils the next code', () => {
  const anyReport = fc.oneof(
    fc.uint8Array({ maxLength: 70 }),
    fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => bytes.with(0, 2)),
    fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => bytes.with(0, 2).with(1, (bytes[1] ?? 0) % 57)),
  )
  fc.assert(
    fc.property(fc.array(anyReport, { maxLength: 120 }), fc.uint8Array({ maxLength: 200 }), (garbage, bytes) => {
      const framing = createHidFraming()
      for (const [index, report] of garbage.entries()) framing.push(report, index)
      const laterMs = garbage.length + partialExpiryMs + 1
      const outcomes = encodeHidReportBytes(bytes).flatMap((report, index) => framing.push(report, laterMs + index) ?? [])
      expect(outcomes.length).toBe(1)
    }),
    { numRuns: 500 },
  )
})
