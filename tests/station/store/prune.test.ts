import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkIn } from '../../../station/acts/check-in.ts'
import { raiseFence } from '../../../station/store/fence.ts'
import { eventsAfter, lastEvent } from '../../../station/store/outbox.ts'
import { BACKUP_MISSED_MS, CHECKINS_KEPT_MS, ENTRIES_KEPT_MS, EVENTS_KEPT_MS, EVENTS_KEPT_MS_MAX, isBackupMissing, pruneOld } from '../../../station/store/prune.ts'
import { riderRow } from '../../../station/store/rider-points.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { openStockedCounter, type TestCounter, ZHANG } from '../../support/counter.ts'

const DAY_MS = 86_400_000

/** Ten visits, one a day; then as many days pass as said. */
function withVisits(daysSince: number, told: { acknowledged: number; backedUp: number; clockOffsetMs?: number }): TestCounter {
  const counter = openStockedCounter()
  for (let visit = 0; visit < 10; visit += 1) {
    counter.clock.advance(DAY_MS)
    checkIn(counter, { rider: ZHANG, card: 1 })
  }
  counter.clock.advance(daysSince * DAY_MS)
  counter.database.write((writer) =>
    writer.run('UPDATE sync_state SET acknowledged_seq = ?, backed_up_seq = ?, clock_offset_ms = ?', told.acknowledged, told.backedUp, told.clockOffsetMs ?? 0),
  )
  return counter
}

const seqs = (counter: TestCounter): number[] => eventsAfter(counter.database.read, 0, { countMax: 100, bytesMax: 1e9 }).map(({ seq }) => seq)
const prune = (counter: TestCounter) => pruneOld(counter.database, counter.clock.wallMs())

test('an event goes after 45 days where it is sent and in a backup; the last one stays', () => {
  const counter = withVisits(EVENTS_KEPT_MS / DAY_MS, { acknowledged: 12, backedUp: 12 })
  const last = lastEvent(counter.database.read)
  expect(last?.seq).toBe(12)
  expect([prune(counter).events, seqs(counter)]).toEqual([11, [12]])
  expect([lastEvent(counter.database.read), prune(counter).events]).toEqual([last, 0])
  checkIn(counter, { rider: ZHANG, card: 1 })
  expect(seqs(counter)).toEqual([12, 13])
})

test('what is younger, unsent or in no backup stays', () => {
  expect(seqs(withPruned(EVENTS_KEPT_MS / DAY_MS - 5, { acknowledged: 12, backedUp: 12 }))).toEqual([8, 9, 10, 11, 12])
  expect(seqs(withPruned(100, { acknowledged: 4, backedUp: 12 }))).toEqual([5, 6, 7, 8, 9, 10, 11, 12])
  expect(seqs(withPruned(100, { acknowledged: 12, backedUp: 7 }))).toEqual([8, 9, 10, 11, 12])
})

test('after 400 days a sent event goes without a backup, with an alarm; not by a clock that is off by more than a day', () => {
  const counter = withVisits(EVENTS_KEPT_MS_MAX / DAY_MS, { acknowledged: 12, backedUp: 3 })
  expect([prune(counter), seqs(counter)]).toEqual([{ events: 11, unbacked: 8, entries: 0, checkins: 9, boxes: 0, wishFacts: 0 }, [12]])
  const wrong = withVisits(EVENTS_KEPT_MS_MAX / DAY_MS, { acknowledged: 12, backedUp: 3, clockOffsetMs: -2 * DAY_MS })
  expect([prune(wrong).events, seqs(wrong)[0]]).toEqual([3, 4])
})

test('a backup is missing where a sent event of ninety days ago is in none: 310 days before it goes all the same', () => {
  const isMissing = (counter: TestCounter): boolean => isBackupMissing(counter.database.read, counter.clock.wallMs())
  // Event 4 is the second visit, eight days older than the last one.
  const counter = withVisits(BACKUP_MISSED_MS / DAY_MS - 9, { acknowledged: 12, backedUp: 3 })
  expect([isMissing(counter), prune(counter).unbacked]).toEqual([false, 0])
  counter.clock.advance(DAY_MS)
  expect([isMissing(counter), prune(counter).unbacked]).toEqual([true, 0])
  counter.clock.advance((EVENTS_KEPT_MS_MAX - BACKUP_MISSED_MS) / 2)
  expect([isMissing(counter), prune(counter).unbacked]).toEqual([true, 0])
  counter.database.write((writer) => writer.run('UPDATE sync_state SET backed_up_seq = 12'))
  expect(isMissing(counter)).toBe(false)
})

test('no backup is missed for what central has not got, by a clock that is off by more than a day, or where a fenced file keeps all it has', () => {
  const missing = (told: Parameters<typeof withVisits>[1], fence: 'quarantined' | null = null): boolean => {
    const counter = withVisits(BACKUP_MISSED_MS / DAY_MS, told)
    if (fence !== null) counter.database.write((writer) => raiseFence(writer, fence))
    return isBackupMissing(counter.database.read, counter.clock.wallMs())
  }
  expect(missing({ acknowledged: 12, backedUp: 3 })).toBe(true)
  expect(missing({ acknowledged: 3, backedUp: 3 })).toBe(false)
  expect(missing({ acknowledged: 12, backedUp: 3, clockOffsetMs: 2 * DAY_MS })).toBe(false)
  expect(missing({ acknowledged: 12, backedUp: 3 }, 'quarantined')).toBe(false)
})

test('told entries older than 200 days and visits older than 400 go; what this file recorded of points stays', () => {
  const counter = openStockedCounter()
  const { wallMs } = counter.clock
  const told = (ageMs: number) => {
    const id = randomUUID()
    const row = { id, rider: ZHANG, atMs: wallMs() - ageMs, points: 5, reason: 'service', what: null, lines: [{ item: 'soap', quantity: 1, points: 5 }], stationName: null } as const
    applyChanges(counter, [{ kind: 'entry', scope: 'riders', number: 2, key: id, row: { ...row, lines: [...row.lines] } }])
    return id
  }
  const young = told(ENTRIES_KEPT_MS - DAY_MS)
  told(ENTRIES_KEPT_MS + DAY_MS)
  checkIn(counter, { rider: ZHANG, card: 1 })
  const balance = riderRow(counter.database.read, ZHANG)?.balance
  expect(prune(counter)).toMatchObject({ entries: 1, checkins: 0 })
  expect(counter.database.read.all('SELECT entries.id, count(item) AS lines FROM entries LEFT JOIN entry_lines ON entry = entries.id GROUP BY entries.id')).toEqual([{ id: young, lines: 1 }])
  counter.clock.advance(CHECKINS_KEPT_MS + DAY_MS)
  expect(prune(counter)).toMatchObject({ entries: 1, checkins: 1 })
  expect(riderRow(counter.database.read, ZHANG)?.balance).toBe(balance)
})

function withPruned(daysSince: number, told: { acknowledged: number; backedUp: number }): TestCounter {
  const counter = withVisits(daysSince, told)
  prune(counter)
  return counter
}
