// What the torture's driver adds to the checker: on rows of which everything is true it finds nothing, and each untrue thing by its name.

import { expect, test } from 'vitest'
import { findViolations, type Told } from '../../../scripts/torture/verdict.ts'
import { emptyWitness } from '../../../scripts/torture/witness.ts'
import { LIFE, RIDER, rowWhere, soundEvidence, STATION } from '../../simulation/checker/sound-evidence.ts'

type Rows = Record<string, Record<string, unknown>[]>

function soundTold(): Told & { central: Rows; files: { post: string; trouble: string | null; tables: Rows }[] } {
  const { central, files } = soundEvidence()
  for (const row of central['redemptions'] ?? []) row['points'] = 10
  const tables = { ...files[0]?.tables, identity: [{ station: STATION, incarnation: LIFE }] }
  const green = { post: 'S1', station: STATION, incarnation: LIFE, request: 'request-1', rider: RIDER, points: 10, receipt: '1-00002-0', atMs: 10_000 }
  return {
    central, files: [{ post: 'S1', trouble: null, tables }], witness: { ...emptyWitness(), greens: [green] }, replaced: [], cloned: [], writtenOff: [], restoredAtMs: null, isMarkerLost: false,
    acknowledged: [{ incarnation: LIFE, seq: 3 }],
  }
}

const propertiesOf = (told: Told): string[] => [...new Set(findViolations(told).violations.map(({ property }) => property))]

test('nothing is found where nothing is wrong', () => {
  expect(findViolations(soundTold())).toEqual({ violations: [], lostWithDisk: 0, discrepancyPoints: 0, lateFacts: 0, visitorsCompared: { counted: 0, uncertain: 0 } })
})

test('an event that is on its disk only is found, unless central has it raw', () => {
  const told = soundTold()
  const own = { seq: 4, id: 'event-4', kind: 'checkin.recorded', version: 1, wall_ms: 1, monotonic_ms: 1, boot: 1, body: Buffer.from('{}'), hash: Buffer.alloc(32) }
  told.files[0]?.tables['outbox']?.push(own)
  expect(propertiesOf(told)).toContain('every event at central')
  told.central['quarantined_events']?.push({ station_id: STATION, incarnation: LIFE, seq: 4, header: '[4,"event-4","checkin.recorded",1,1,1,1]', body: Buffer.from('{}') })
  expect(propertiesOf(told)).not.toContain('every event at central')
})

test('a receipt that was shown and is nowhere is found; on a disk that was replaced just then it is counted instead', () => {
  const told = soundTold()
  const [green] = told.witness.greens
  if (green !== undefined) told.witness.greens.push({ ...green, request: 'request-9' })
  expect(propertiesOf(told)).toContain('receipts')
  const disk = { post: 'S1', station: STATION, incarnation: LIFE, kind: 'restored_image' as const, copiedAtMs: 9_000, replacedAtMs: 11_000 }
  expect(findViolations({ ...told, replaced: [disk] })).toEqual({ violations: [], lostWithDisk: 1, discrepancyPoints: 0, lateFacts: 0, visitorsCompared: { counted: 0, uncertain: 0 } })
  expect(propertiesOf({ ...told, replaced: [{ ...disk, copiedAtMs: 10_600 }] })).toContain('receipts')
})

test('a receipt recorded with other points, or twice, is found', () => {
  const other = soundTold()
  for (const row of other.central['redemptions'] ?? []) row['points'] = 9
  expect(propertiesOf(other)).toContain('receipts')
  const twice = soundTold()
  twice.central['redemptions']?.push({ ...twice.central['redemptions'][0], event_id: 'event-3' })
  expect(propertiesOf(twice)).toContain('receipts')
})

test('a station that is out of order after healing is found, unless its disk was', () => {
  const told = soundTold()
  const files = told.files.map((file) => ({ ...file, trouble: 'quarantined' }))
  expect(propertiesOf({ ...told, files })).toEqual(['in service'])
  expect(propertiesOf({ ...told, files, cloned: [{ station: STATION, incarnation: LIFE, atMs: 1 }] })).toEqual([])
})

test('points that a copied disk is booked to have overspent are found: nothing but a restore of central explains them', () => {
  const told = soundTold()
  Object.assign(rowWhere(told.central['events'], 'seq', 2), { outcome: 'flagged', code: 'overdrawn' })
  told.central['transfers']?.push({ event_id: 'event-2', line: 2, district_id: 'district-1', from_key: 'discrepancy', to_key: 'redeemed', points: 1, booked_at_ms: 1_500 })
  const disk = { post: 'S1', station: STATION, incarnation: LIFE, kind: 'restored_image' as const, copiedAtMs: 900, replacedAtMs: 1_000 }
  const { violations } = findViolations({ ...told, replaced: [disk], cloned: [{ station: STATION, incarnation: LIFE, atMs: 1_000 }] })
  expect(violations.filter(({ property }) => property === 'no overspend').map(({ what }) => what)).toEqual([`1 points of ${STATION} ${LIFE} came from discrepancy: no fault explains it`])
})

test('what was confirmed about a training or a wish and is on no disk and not at central is found; a disk that was replaced afterwards explains it', () => {
  const told = soundTold()
  const said = { post: 'S1', station: STATION, incarnation: LIFE, atMs: 10_000 }
  told.witness.said.push({ ...said, kind: 'wish', request: 'request-3' })
  expect(propertiesOf(told)).toEqual([])
  told.witness.said.push({ ...said, kind: 'training', request: 'request-8' })
  expect(propertiesOf(told)).toEqual(['durability'])
  const disk = { post: 'S1', station: STATION, incarnation: LIFE, kind: 'restored_image' as const, copiedAtMs: 9_000, replacedAtMs: 11_000 }
  expect(propertiesOf({ ...told, replaced: [disk] })).toEqual([])
})

test('a place that two people have, and a wish that nobody has though it is claimed, are found', () => {
  const twice = soundTold()
  for (const row of twice.central['training_seats'] ?? []) row['rider_id'] = RIDER
  expect(propertiesOf(twice)).toContain('seats')
  const unheld = soundTold()
  unheld.central['claims'] = []
  expect(propertiesOf(unheld)).toContain('claims')
})

test('a late fact of a file that was given up is counted and may take from discrepancy; where it takes from anybody else, or nobody gave the file up, it is found', () => {
  const told = soundTold()
  for (const row of told.central['events'] ?? []) if (row['event_id'] === 'event-2') Object.assign(row, { outcome: 'flagged', code: 'banned' })
  expect(propertiesOf(told)).toEqual(['no zombie'])
  for (const row of told.central['transfers'] ?? []) if (row['event_id'] === 'event-2') row['from_key'] = 'discrepancy'
  const writtenOff = [{ station: STATION, incarnation: LIFE, atMs: 5_000 }]
  expect(findViolations({ ...told, writtenOff })).toMatchObject({ lateFacts: 1 })
  expect(propertiesOf(told)).toContain('no overspend')
  expect(propertiesOf({ ...told, writtenOff })).not.toContain('no overspend')
  expect(propertiesOf({ ...told, writtenOff })).not.toContain('no zombie')
})

test('a station whose file was given up may begin anew', () => {
  const told = soundTold()
  told.witness.begunAnew.push({ post: 'S1', station: STATION, trouble: 'banned' })
  expect(propertiesOf(told)).toEqual(['in service'])
  expect(propertiesOf({ ...told, writtenOff: [{ station: STATION, incarnation: LIFE, atMs: 1 }] })).toEqual([])
})

test('a greeted rider whom nobody counted, and one counted whom nobody greeted, are found, unless nobody knows or the disk was replaced', () => {
  const told = soundTold()
  told.witness.arrivals[STATION] = { counted: 1, uncertain: 0 }
  expect(propertiesOf(told)).toEqual(['visits'])
  const disk = { post: 'S1', station: STATION, incarnation: LIFE, kind: 'restored_image' as const, copiedAtMs: 9_000, replacedAtMs: 11_000 }
  expect(findViolations({ ...told, replaced: [disk] })).toMatchObject({ violations: [], visitorsCompared: { counted: 0, uncertain: 0 } })
  for (const row of told.central['events'] ?? []) if (row['kind'] === 'wish.posted') row['kind'] = 'checkin.recorded'
  expect(findViolations(told).visitorsCompared).toEqual({ counted: 1, uncertain: 0 })
  expect(propertiesOf(told)).not.toContain('visits')
  told.witness.arrivals[STATION] = { counted: 0, uncertain: 0 }
  expect(propertiesOf(told)).toContain('visits')
  told.witness.arrivals[STATION] = { counted: 0, uncertain: 1 }
  expect(propertiesOf(told)).not.toContain('visits')
})
