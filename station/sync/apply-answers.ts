// What central's answers change here: each in one transaction, rows and cursor together, so that a kill in between
// repeats a page instead of skipping it.

import type { Change, Cursor, PullAnswer, PushAnswer } from '../../contract/sync/sync-protocol.ts'
import type { Counter } from '../acts/act.ts'
import { receiveGrant } from '../acts/receive-grant.ts'
import type { Reader, Writer } from '../store/database.ts'
import { applyMirrorChange } from '../store/mirror.ts'
import { lastEvent } from '../store/outbox.ts'

/** The station believes central's `lastSeq`, also where it is lower than it knew, and sends again from there. Higher than all
 *  there is here: this file is an old image of one that went on, and what it holds may be spent already. */
export function applyPushAnswer(counter: Counter, answer: PushAnswer): void {
  counter.database.write((writer) => {
    const own = lastEvent(writer)?.seq ?? 0
    const quarantined = answer.result === 'quarantined' || answer.lastSeq > own
    writer.run('UPDATE sync_state SET acknowledged_seq = ?, quarantined = ?', Math.min(answer.lastSeq, own), Number(quarantined))
    if (answer.result !== 'applied') return
    for (const outcome of answer.outcomes) {
      if (outcome.outcome === 'recorded' || outcome.seq > own) continue
      writer.run(
        'INSERT INTO outcomes (seq, outcome, code) VALUES (?, ?, ?) ON CONFLICT (seq) DO UPDATE SET outcome = excluded.outcome, code = excluded.code',
        outcome.seq, outcome.outcome, outcome.code,
      )
    }
  })
}

/** A page with its cursor; `cursor_unknown` (central was restored) starts the mirror over from nothing. */
export function applyPullAnswer(counter: Counter, answer: PullAnswer): void {
  counter.database.write((writer) => {
    if (answer.result === 'cursor_unknown') {
      writer.run('UPDATE sync_state SET history = NULL, cursor_number = 0')
      return
    }
    for (const change of answer.changes) applyChange(counter, writer, change)
    const { history, number } = answer.cursor
    // Every five seconds nothing has changed: that costs no write.
    writer.run('UPDATE sync_state SET history = ?, cursor_number = ? WHERE history IS NOT ? OR cursor_number <> ?', history, number, history, number)
  })
}

export function applyChanges(counter: Counter, changes: readonly Change[]): void {
  counter.database.write((writer) => {
    for (const change of changes) applyChange(counter, writer, change)
  })
}

function applyChange(counter: Counter, writer: Writer, change: Change): void {
  if (change.kind !== 'grant') applyMirrorChange(writer, change)
  else if (change.row !== null) receiveGrant(counter, writer, change.row)
}

export function currentCursor(reader: Reader): Cursor | null {
  const row = reader.get<{ history: string | null; number: number }>('SELECT history, cursor_number AS number FROM sync_state')
  return row === undefined || row.history === null ? null : { history: row.history, number: row.number }
}

export function acknowledgedSeq(reader: Reader): number {
  return reader.get<{ seq: number }>('SELECT acknowledged_seq AS seq FROM sync_state')?.seq ?? 0
}

/** Written once a minute, not at every round: a station that nothing happens at spares its disk. */
const SYNC_NOTED_EVERY_MS = 60_000

export function markSynced(counter: Counter): void {
  const nowMs = counter.clock.wallMs()
  counter.database.write((writer) =>
    writer.run('UPDATE sync_state SET last_sync_ms = ? WHERE last_sync_ms IS NULL OR abs(? - last_sync_ms) >= ?', nowMs, nowMs, SYNC_NOTED_EVERY_MS),
  )
}

/** Within a minute of the truth. */
export function lastSyncMs(reader: Reader): number | null {
  return reader.get<{ lastSyncMs: number | null }>('SELECT last_sync_ms AS lastSyncMs FROM sync_state')?.lastSyncMs ?? null
}
