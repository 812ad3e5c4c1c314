// What central could not read and has booked since: the station hears of it once a day, and its staff are told no longer that
// something is parked. A real central, which an update of its program is played upon by what that leaves behind.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendEvent } from '../../../station/store/outbox.ts'
import { acknowledgedSeq } from '../../../station/store/sync-state.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { clientOf, openCentral, openSyncingStation, type SyncingStation } from './syncing-station.ts'
import { lastSeqOf } from './talking-station.ts'

const HOUR_MS = 3_600_000

let databases: TestDatabases

beforeAll(async () => {
  databases = await startDatabases('pglite')
}, 120_000)

afterAll(() => databases.stop(), 60_000)

const outcomesOf = ({ counter }: SyncingStation) => counter.database.read.all<{ seq: number; outcome: string; code: string }>('SELECT seq, outcome, code FROM outcomes ORDER BY seq')

function recite({ counter }: SyncingStation): number {
  return counter.database.write((writer) => appendEvent(writer, counter, 'poem.recited/1' as 'scan.refused/1', () => ({ text: 'that nobody knows yet' }) as never)).seq
}

test('a day later the station hears what became of what was parked, and of nothing else', { timeout: 60_000 }, async () => {
  const central = await openCentral(await databases.create())
  const station = await openSyncingStation(clientOf(central.url))
  const read = station.counter.database.read
  const seqs = [recite(station), recite(station), recite(station)]
  station.counter.database.write((writer) => appendEvent(writer, station.counter, 'scan.refused/1', () => ({ verdict: 'forged', count: 1 })))
  seqs.push(recite(station))
  await station.timers.round()
  expect(acknowledgedSeq(read)).toBe(lastSeqOf(station.counter))
  expect(outcomesOf(station).map(({ seq, outcome }) => [seq, outcome])).toEqual(seqs.map((seq) => [seq, 'parked']))

  const settle = (seq: number | undefined, outcome: string, code: string | null) => central.database.query('UPDATE events SET outcome = $2, code = $3 WHERE seq = $1', [seq ?? 0, outcome, code])
  await settle(seqs[0], 'recorded', null)
  await settle(seqs[1], 'flagged', 'item_unknown')
  await settle(seqs[3], 'recorded', null)
  station.counter.clock.advance(HOUR_MS)
  await station.timers.round()
  expect(outcomesOf(station).length).toBe(4)

  station.counter.clock.advance(24 * HOUR_MS)
  await station.timers.round()
  expect(outcomesOf(station)).toEqual([{ seq: seqs[1], outcome: 'flagged', code: 'item_unknown' }, { seq: seqs[2], outcome: 'parked', code: 'kind_unknown' }])
  expect(acknowledgedSeq(read)).toBe(lastSeqOf(station.counter))
  expect(station.problems).toEqual([])
})
