// Every refused scan is recorded, and nobody can fill the outbox with them: the first of a kind in an hour are events of
// their own, the rest are counted and become one event when the next hour's first one comes or the station looks again.
// What the code said is never kept: a stranger's payment code is none of our business.

import type { ScanRefusal } from '../../domain/pass-verdict.ts'
import type { Writer } from '../store/database.ts'
import { mayRecord } from '../store/fence.ts'
import { outboxState } from '../store/outbox.ts'
import { type Counter, momentOf } from './act.ts'
import { recordFact } from './effects.ts'

export const REFUSED_SCANS_EACH_HOUR_MAX = 30
const HOUR_MS = 3_600_000

export interface RefusedScan {
  verdict: ScanRefusal
  /** Whose pass it was, where the signature was genuine (expired, revoked). */
  holder?: string
  card?: number
}

export function refuseScan(counter: Counter, scan: RefusedScan): void {
  counter.database.write((writer) => {
    const { rules, wallMs } = momentOf(counter, writer)
    const hour = Math.floor(wallMs / HOUR_MS)
    flushBefore(counter, writer, hour)
    const recorded = writer.get<{ recorded: number }>('SELECT recorded FROM refused_scans WHERE hour = ? AND verdict = ?', hour, scan.verdict)?.recorded ?? 0
    const event = recorded < REFUSED_SCANS_EACH_HOUR_MAX && outboxState(writer).depth < rules.outboxEventsMax && mayRecord(writer)
    if (event) {
      const { verdict, holder, card } = scan
      recordFact(writer, counter, 'scan.refused/1', () => ({
        verdict,
        count: 1,
        ...(holder === undefined ? {} : { holder }),
        ...(card === undefined ? {} : { card }),
      }))
    }
    writer.run(
      `INSERT INTO refused_scans (hour, verdict, recorded, waiting) VALUES (?, ?, ?, ?)
       ON CONFLICT (hour, verdict) DO UPDATE SET recorded = recorded + excluded.recorded, waiting = waiting + excluded.waiting`,
      hour, scan.verdict, event ? 1 : 0, event ? 0 : 1,
    )
  })
}

/** Counted ones of past hours become events; also called at every start. */
export function flushRefusedScans(counter: Counter): void {
  counter.database.write((writer) => flushBefore(counter, writer, Math.floor(counter.clock.wallMs() / HOUR_MS)))
}

function flushBefore(counter: Counter, writer: Writer, hour: number): void {
  if (!mayRecord(writer)) return
  const past = writer.all<{ hour: number; verdict: ScanRefusal; waiting: number }>('SELECT hour, verdict, waiting FROM refused_scans WHERE hour <> ? LIMIT 200', hour)
  for (const row of past) {
    if (row.waiting > 0) {
      recordFact(writer, counter, 'scan.refused/1', () => ({ verdict: row.verdict, count: row.waiting }))
    }
    writer.run('DELETE FROM refused_scans WHERE hour = ? AND verdict = ?', row.hour, row.verdict)
  }
}
