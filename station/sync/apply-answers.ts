// What central's answers change here: the cursor never before its rows and in one transaction with the last of them, so that a
// kill in between repeats a page instead of skipping it.

import type { Change, EventOutcome, PullAnswer, PushAnswer } from '../../contract/sync/sync-protocol.ts'
import type { Counter } from '../acts/act.ts'
import { hearOfSeatBlock } from '../acts/hold-seats.ts'
import { receiveEarningSlice, receiveGrant } from '../acts/receive-grant.ts'
import type { Writer } from '../store/database.ts'
import { raiseFence } from '../store/fence.ts'
import { applyMirrorChange } from '../store/mirror.ts'
import { forgetVersions } from '../store/mirror-versions.ts'
import { lastSeq } from '../store/outbox.ts'
import { hearCentral, syncState } from '../store/sync-state.ts'

/** `batchSeq`: the last event that was sent; the hashes up to it, as far as it was taken, are what central has compared. Returns whether central
 *  has less than it had acknowledged. */
export function applyPushAnswer(counter: Counter, answer: PushAnswer, batchSeq: number): boolean {
  return counter.database.write((writer) => {
    if (answer.result === 'quarantined') {
      raiseFence(writer, 'quarantined')
      // Central has less than it had acknowledged: what lies between is told too.
      if (forgotten(writer, answer.lastSeq)) return true
      writer.run('UPDATE sync_state SET told_seq = ?', batchSeq)
      return false
    }
    const own = lastSeq(writer)
    const { incarnationState, backedUpSeq, recovering } = syncState(writer)
    // Of several batches central may have taken the first ones.
    const agreedSeq = answer.result === 'applied' ? Math.min(batchSeq, answer.lastSeq) : 0
    const hasLess = hearCentral(writer, { state: incarnationState ?? 'active', lastSeq: answer.lastSeq, backedUpSeq, recovering: recovering === 1, hashAgrees: null, agreedSeq })
    if (answer.result !== 'applied') return hasLess
    for (const outcome of answer.outcomes) {
      if (outcome.outcome === 'recorded' || outcome.outcome === 'granted' || outcome.seq > own) continue
      writer.run(
        'INSERT INTO outcomes (seq, outcome, code) VALUES (?, ?, ?) ON CONFLICT (seq) DO UPDATE SET outcome = excluded.outcome, code = excluded.code',
        outcome.seq, outcome.outcome, outcome.code,
      )
    }
    return hasLess
  })
}

/** What became of events that central had parked. Whether anything did. */
export function applySettled(counter: Counter, outcomes: readonly EventOutcome[]): boolean {
  const parked = new Set(counter.database.read.all<{ seq: number }>("SELECT seq FROM outcomes WHERE outcome = 'parked'").map(({ seq }) => seq))
  const settled = outcomes.filter(({ seq, outcome }) => outcome !== 'parked' && parked.has(seq))
  if (settled.length === 0) return false
  counter.database.write((writer) => {
    for (const outcome of settled) {
      if (outcome.outcome === 'recorded' || outcome.outcome === 'granted') writer.run('DELETE FROM outcomes WHERE seq = ?', outcome.seq)
      else writer.run('UPDATE outcomes SET outcome = ?, code = ? WHERE seq = ?', outcome.outcome, outcome.code, outcome.seq)
    }
  })
  return true
}

/** A file that is kept raw believes central as well, and begins again from there. */
function forgotten(writer: Writer, centralSeq: number): boolean {
  const { acknowledgedSeq, toldSeq } = syncState(writer)
  if (toldSeq >= acknowledgedSeq || centralSeq >= acknowledgedSeq) return false
  writer.run('UPDATE sync_state SET acknowledged_seq = ?', centralSeq)
  return true
}

/** No longer than a person at the screen notices. */
const CHANGES_A_SLICE = 200

/**
 * A page with its cursor; `cursor_unknown` (central was restored) starts the mirror over from nothing. A long page goes in by
 * slices, in its order, with a pause after each; the cursor stands in the transaction of the last one, so a kill in between
 * repeats the page, and a repeated row changes nothing. Returns whether central has less than it had acknowledged.
 */
export async function applyPullAnswer(counter: Counter, answer: PullAnswer, pause: () => Promise<void>): Promise<boolean> {
  if (answer.result === 'cursor_unknown') {
    counter.database.write(startMirrorOver)
    return false
  }
  const { changes } = answer
  let at = 0
  for (; changes.length - at > CHANGES_A_SLICE; at += CHANGES_A_SLICE) {
    applyChanges(counter, changes.slice(at, at + CHANGES_A_SLICE))
    await pause()
  }
  return counter.database.write((writer) => {
    for (const change of changes.slice(at)) applyChange(counter, writer, change)
    const { history, number } = answer.cursor
    // Every five seconds nothing has changed: that costs no write.
    writer.run('UPDATE sync_state SET history = ?, cursor_number = ? WHERE history IS NOT ? OR cursor_number <> ?', history, number, history, number)
    return hearCentral(writer, { ...answer, hashAgrees: null, agreedSeq: 0 })
  })
}

/** All rows come once more; numbers of another history say nothing about them. */
export function startMirrorOver(writer: Writer): void {
  writer.run('UPDATE sync_state SET history = NULL, cursor_number = 0')
  forgetVersions(writer)
}

export function applyChanges(counter: Counter, changes: readonly Change[]): void {
  counter.database.write((writer) => {
    for (const change of changes) applyChange(counter, writer, change)
  })
}

export function applyChange(counter: Counter, writer: Writer, change: Change): void {
  if (change.kind === 'grant') {
    if (change.row !== null) receiveGrant(counter, writer, change.row)
  } else if (change.kind === 'earning_slice') {
    if (change.row !== null) receiveEarningSlice(counter, writer, change.row)
  } else if (change.kind === 'seat_block') {
    if (change.row !== null) hearOfSeatBlock(counter, writer, change.row)
  } else {
    applyMirrorChange(writer, change)
  }
}
