// Drops what the file need not keep: events that are sent and in a backup, boxes of words likewise, told entries and visits of long ago. A little at a
// time, oldest first. The last event always stays, as the end of the chain. Nothing here changes a sum.

import type { Reader, StationDatabase } from './database.ts'
import { lastEvent } from './outbox.ts'
import { pruneBoxes } from './sealed-words.ts'
import { syncState } from './sync-state.ts'

const DAY_MS = 86_400_000
export const EVENTS_KEPT_MS = 45 * DAY_MS
/** Also where central has no backup, with an alarm 310 days before. */
export const EVENTS_KEPT_MS_MAX = 400 * DAY_MS
/** Longer than hardly any station is cut off: what it brings then is old and in no backup before the next night. */
export const BACKUP_MISSED_MS = 90 * DAY_MS
export const ENTRIES_KEPT_MS = 200 * DAY_MS
export const CHECKINS_KEPT_MS = 400 * DAY_MS
export const WISH_FACTS_KEPT_MS = 200 * DAY_MS
export const TRAININGS_KEPT_MS = 200 * DAY_MS
const ROWS_A_TIME_MAX = 500
/** A clock that is further off than this must not make an event look old that no backup holds. */
const CLOCK_OFF_MS_MAX = DAY_MS

export interface Pruned {
  events: number
  /** Of those, how many no backup holds. */
  unbacked: number
  entries: number
  checkins: number
  wishFacts: number
  boxes: number
}

/** Central has had an event for long and no backup of it holds it: one day the event goes from here all the same. */
export function isBackupMissing(reader: Reader, nowMs: number): boolean {
  const { acknowledgedSeq, backedUpSeq, fence, clockOffsetMs } = syncState(reader)
  if (fence !== null || !isClockSane(clockOffsetMs)) return false
  const oldest = reader.get<{ wallMs: number }>('SELECT wall_ms AS wallMs FROM outbox WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT 1', backedUpSeq, acknowledgedSeq)
  return oldest !== undefined && oldest.wallMs <= nowMs - BACKUP_MISSED_MS
}

/** By a clock that is far off an event only looks old. */
function isClockSane(clockOffsetMs: number | null): boolean {
  return clockOffsetMs !== null && Math.abs(clockOffsetMs) <= CLOCK_OFF_MS_MAX
}

export function pruneOld(database: StationDatabase, nowMs: number): Pruned {
  const { acknowledgedSeq, backedUpSeq, fence, clockOffsetMs } = syncState(database.read)
  const sentSeq = Math.min(acknowledgedSeq, (lastEvent(database.read)?.seq ?? 0) - 1)
  return database.write((writer) => {
    /** Events from the oldest on, as long as each is older than that. */
    const oldSeq = (keptMs: number): number => {
      const oldest = writer.all<{ seq: number; wallMs: number }>('SELECT seq, wall_ms AS wallMs FROM outbox ORDER BY seq LIMIT ?', ROWS_A_TIME_MAX)
      const young = oldest.findIndex(({ wallMs }) => wallMs > nowMs - keptMs)
      return (young === -1 ? oldest.at(-1) : oldest[young - 1])?.seq ?? 0
    }
    const isSane = isClockSane(clockOffsetMs)
    const safeSeq = Math.min(oldSeq(EVENTS_KEPT_MS), sentSeq, backedUpSeq)
    const oldestSeq = isSane ? Math.min(oldSeq(EVENTS_KEPT_MS_MAX), sentSeq) : 0
    const upTo = fence === null ? Math.max(safeSeq, oldestSeq) : 0
    const unbacked = upTo > backedUpSeq ? writer.run('DELETE FROM outbox WHERE seq <= ? AND seq > ?', upTo, backedUpSeq) : 0
    const events = unbacked + writer.run('DELETE FROM outbox WHERE seq <= ?', upTo)
    if (events > 0) writer.run('DELETE FROM outcomes WHERE seq <= ?', upTo)
    pruneTrainings()
    return { events, unbacked, entries: pruneEntries(), checkins: pruneCheckins(), boxes: isSane ? pruneBoxes(writer, nowMs) : 0, wishFacts: pruneWishFacts() }

    function pruneEntries(): number {
      const entries = 'SELECT id FROM entries WHERE seq IS NULL AND at_ms < ? ORDER BY at_ms LIMIT ?'
      const before = nowMs - ENTRIES_KEPT_MS
      writer.run(`DELETE FROM entry_lines WHERE entry IN (${entries})`, before, ROWS_A_TIME_MAX)
      return writer.run(`DELETE FROM entries WHERE id IN (${entries})`, before, ROWS_A_TIME_MAX)
    }

    /** Central has them, and a row of its own for each wish that is not long over. */
    function pruneWishFacts(): number {
      return writer.run('DELETE FROM wish_facts WHERE seq IN (SELECT seq FROM wish_facts WHERE seq <= ? ORDER BY seq LIMIT ?) AND at_ms < ?', sentSeq, ROWS_A_TIME_MAX, nowMs - WISH_FACTS_KEPT_MS)
    }

    /** With how riders stood to them; certificates stay. */
    function pruneTrainings(): void {
      const over = 'SELECT id FROM trainings WHERE ends_at_ms < ? ORDER BY ends_at_ms LIMIT 20'
      const before = nowMs - TRAININGS_KEPT_MS
      if (writer.get(`SELECT 1 FROM (${over})`, before) === undefined) return
      writer.run(`DELETE FROM signups WHERE training IN (${over})`, before)
      writer.run(`DELETE FROM signup_acts WHERE training IN (${over}) AND seq <= ?`, before, sentSeq)
      writer.run(`DELETE FROM trainings WHERE id IN (${over})`, before)
    }

    function pruneCheckins(): number {
      return writer.run('DELETE FROM checkins WHERE seq IN (SELECT seq FROM checkins ORDER BY seq LIMIT ?) AND at_ms < ?', ROWS_A_TIME_MAX, nowMs - CHECKINS_KEPT_MS)
    }
  })
}
