import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyScanIntake, offerScan, queueLengthMax, takeScan } from '../../../station/scanner/scan-intake.ts'
import type { IntakeVerdict, ScanIntake } from '../../../station/scanner/scan-intake.ts'
import { tooLongText, undecodableText } from '../../../station/scanner/scanner-port.ts'
import type { ScanSource } from '../../../station/scanner/scanner-port.ts'
import { recordedPass } from '../../fixtures/scanner/recording.ts'

type Offer = readonly [text: string, atMs: number, source?: ScanSource]

const otherPass = `BXZ1${'7'.repeat(145)}`
const soap = '6901234567892'

function offerAll(offers: readonly Offer[]): { verdicts: IntakeVerdict[]; intake: ScanIntake } {
  const verdicts: IntakeVerdict[] = []
  let intake = emptyScanIntake
  for (const [text, atMs, source = 'hid'] of offers) {
    const offered = offerScan(intake, text, atMs, source)
    intake = offered.intake
    verdicts.push(offered.verdict)
  }
  return { verdicts, intake }
}

test('a scan is taken with its verdict, its time and its source, oldest first', () => {
  const { intake } = offerAll([
    [recordedPass, 5],
    [soap, 9, 'wedge'],
  ])
  const first = takeScan(intake)
  const second = takeScan(first.intake)
  expect([first.scan, second.scan, takeScan(second.intake).scan]).toEqual([
    { code: { kind: 'pass', text: recordedPass }, atMs: 5, source: 'hid' },
    { code: { kind: 'item', symbology: 'ean13', code: soap }, atMs: 9, source: 'wedge' },
    undefined,
  ])
})

test('the same pass within 1.5 s is one scan, and after it a new one', () => {
  expect(
    offerAll([
      [recordedPass, 0],
      [recordedPass.toLowerCase(), 1499],
      [recordedPass, 3000],
    ]).verdicts,
  ).toEqual(['queued', 'repeated', 'queued'])
})

test('a card held in front of the scanner stays one scan, however long', () => {
  const held = Array.from({ length: 30 }, (_, index): Offer => [recordedPass, index * 1000])
  expect(offerAll(held).verdicts).toEqual(['queued', ...Array.from({ length: 29 }, () => 'repeated')])
})

test('two passes held in turn are one scan each', () => {
  expect(
    offerAll([
      [recordedPass, 0],
      [otherPass, 500],
      [recordedPass, 1000],
      [otherPass, 1500],
    ]).verdicts,
  ).toEqual(['queued', 'queued', 'repeated', 'repeated'])
})

test('five soaps are five scans', () => {
  const soaps = Array.from({ length: 5 }, (_, index): Offer => [soap, index * 120])
  expect(offerAll(soaps).verdicts).toEqual(Array.from({ length: 5 }, () => 'queued'))
})

test('an item read by a second device within 300 ms is its echo, after that a scan', () => {
  expect(
    offerAll([
      [soap, 0, 'hid'],
      [soap, 40, 'wedge'],
      [soap, 400, 'wedge'],
    ]).verdicts,
  ).toEqual(['queued', 'echoed', 'queued'])
})

test('five soaps read by a scanner that speaks twice are five scans', () => {
  const spoken = Array.from({ length: 5 }, (_, index): Offer[] => [
    [soap, index * 100, 'hid'],
    [soap, index * 100 + 40, 'wedge'],
  ]).flat()
  expect(offerAll(spoken).intake.waiting.length).toBe(5)
})

test('one item in two spellings is one item: the echo of a UPC-A is its EAN-13', () => {
  expect(
    offerAll([
      ['036000291452', 0, 'hid'],
      ['0036000291452', 40, 'wedge'],
    ]).verdicts,
  ).toEqual(['queued', 'echoed'])
})

test('a pass read by two devices is one scan', () => {
  expect(
    offerAll([
      [recordedPass, 0, 'hid'],
      [recordedPass, 200, 'camera'],
    ]).verdicts,
  ).toEqual(['queued', 'repeated'])
})

test('a code that is nothing here and is held there is said once', () => {
  expect(
    offerAll([
      [tooLongText, 0],
      [tooLongText, 700],
      ['134567890123456789', 800],
      ['134567890123456789', 1400],
      [undecodableText, 1500],
    ]).verdicts,
  ).toEqual(['queued', 'repeated', 'queued', 'repeated', 'queued'])
})

test('a full queue drops the newest, counts it, and lets the same pass in when it is scanned again', () => {
  const filled = Array.from({ length: queueLengthMax }, (_, index): Offer => [soap, index])
  const { verdicts, intake } = offerAll([...filled, [recordedPass, 100], [soap, 101]])
  expect(verdicts.slice(queueLengthMax)).toEqual(['overflowed', 'overflowed'])
  expect(intake.overflowCount).toBe(2)
  const again = offerScan(takeScan(intake).intake, recordedPass, 200, 'hid')
  expect(again.verdict).toBe('queued')
  expect(again.intake.waiting.length).toBe(queueLengthMax)
})

test('whatever is offered, nothing is lost uncounted and memory is bounded', () => {
  const anyOffer = fc.tuple(
    fc.constantFrom(recordedPass, otherPass, soap, '96385074', 'x', ''),
    fc.nat({ max: 2000 }),
    fc.constantFrom<ScanSource>('hid', 'wedge', 'camera', 'simulated'),
  )
  fc.assert(
    fc.property(fc.array(anyOffer, { maxLength: 200 }), (offers) => {
      let atMs = 0
      const { verdicts, intake } = offerAll(offers.map(([text, gapMs, source]): Offer => [text, (atMs += gapMs % 400), source]))
      expect(verdicts.filter((verdict) => verdict === 'queued').length).toBe(intake.waiting.length)
      expect(verdicts.filter((verdict) => verdict === 'overflowed').length).toBe(intake.overflowCount)
      expect(intake.waiting.length).toBeLessThanOrEqual(queueLengthMax)
      expect(intake.recent.length).toBeLessThanOrEqual(64)
    }),
  )
})
