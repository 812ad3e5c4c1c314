import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { countVisits, type SyncCount } from '../../../central/sync/sync-counters.ts'
import type { EventOutcome } from '../../../contract/sync/sync-protocol.ts'

function visitsOf(events: readonly [kind: string, body: object, outcome: EventOutcome['outcome']][]): SyncCount[] {
  const counts: SyncCount[] = []
  countVisits(
    { count: (what) => counts.push(what) },
    events.map(([kind, body], index) => ({ header: { seq: index + 1, id: randomUUID(), kind, version: 1, wallMs: 1, monotonicMs: 1, boot: 1 }, body: Buffer.from(JSON.stringify(body)) })),
    events.map(([, , outcome], index) => (outcome === 'recorded' || outcome === 'granted' ? { seq: index + 1, outcome } : { seq: index + 1, outcome, code: 'any' })),
  )
  return counts
}

test('people who were only counted are visits like those who were recorded; what central could not read is none', () => {
  expect(visitsOf([
    ['checkin.recorded', { known: true }, 'recorded'], ['checkin.recorded', { known: true }, 'flagged'], ['checkin.counted', { day: 1, count: 31 }, 'recorded'],
    ['checkin.recorded', {}, 'parked'], ['checkin.counted', { day: 1, count: 7 }, 'parked'], ['scan.refused', { count: 9 }, 'recorded'],
  ])).toEqual([{ what: 'visits', people: 33 }])
  expect(visitsOf([['scan.refused', { count: 9 }, 'recorded']])).toEqual([])
})
