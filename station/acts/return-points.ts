// Slices that go back to central because nobody stands here for their riders: on a recall, or when a visit is over. Said only
// when central can be reached, so that a rider can come back to a station that is cut off and find his points.

import { RECALL_MS_MAX } from '../../contract/sync/sync-protocol.ts'
import { pointsToReturn } from '../../domain/returned-points.ts'
import type { Writer } from '../store/database.ts'
import { fenceOf } from '../store/fence.ts'
import { rulesRow } from '../store/mirror.ts'
import { allowancePoints, riderRow } from '../store/rider-points.ts'
import type { Counter } from './act.ts'
import { recordFact } from './effects.ts'

const RIDERS_A_ROUND_MAX = 200

export interface ReturnQuestion {
  /** By central's clock: a recall that is older than agreed has lapsed. */
  centralWallMs: number
  isInSession: (rider: string) => boolean
}

/** Returns whether anything went back. */
export function returnPoints(counter: Counter, { centralWallMs, isInSession }: ReturnQuestion): boolean {
  const { read } = counter.database
  if (fenceOf(read) !== null) return false
  const waiting = read.get('SELECT 1 FROM returns_due UNION ALL SELECT 1 FROM recalls LIMIT 1')
  if (waiting === undefined) return false
  return counter.database.write((writer) => {
    writer.run('DELETE FROM recalls WHERE asked_at_ms < ?', centralWallMs - RECALL_MS_MAX)
    const due = writer.all<{ rider: string; recalled: number }>(
      `SELECT rider, max(recalled) AS recalled FROM (SELECT rider, 0 AS recalled FROM returns_due UNION ALL SELECT rider, 1 FROM recalls)
       GROUP BY rider ORDER BY rider LIMIT ?`,
      RIDERS_A_ROUND_MAX,
    )
    // Kept for the end of the visit; a recall that stands then is answered then.
    const away = due.filter(({ rider }) => !isInSession(rider))
    return away.map(({ rider, recalled }) => returnOf(counter, writer, rider, recalled === 1)).some((returned) => returned)
  })
}

function returnOf(counter: Counter, writer: Writer, rider: string, recalled: boolean): boolean {
  const known = riderRow(writer, rider)
  const points = pointsToReturn(
    { points: allowancePoints(writer, rider), home: known?.home ?? false, balance: known?.balance ?? 0, recalled },
    rulesRow(writer).standingPoints,
  )
  writer.run('DELETE FROM returns_due WHERE rider = ?', rider)
  writer.run('DELETE FROM recalls WHERE rider = ?', rider)
  if (points === 0) return false
  recordFact(writer, counter, 'allowance.returned/1', () => ({ rider, points, reason: recalled ? 'recall' : 'visit_over' }))
  return true
}

/** Nobody is in session when a station starts: whatever visit a stop or a power cut ended is over. */
export function endAllVisits(counter: Counter): void {
  counter.database.write((writer) => writer.run('INSERT OR IGNORE INTO returns_due (rider) SELECT rider FROM allowances WHERE points > 0'))
}
