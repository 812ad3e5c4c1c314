// Answers what changed for a station since its cursor. Everything in a page is of one snapshot: the changes, the rows they
// name, the balances, and how many of the station's own events are inside those balances.

import { PULL_CHANGES_MAX, type PullAnswer, type PullRequest } from '../../contract/sync/sync-protocol.ts'
import { readMirrorChanges } from '../store/mirror-changes.ts'
import { meetIncarnation, readIncludedSeq } from './meet-incarnation.ts'
import { entriesSince, type KnownStation, type SyncContext, type SyncResult } from './sync-context.ts'

export async function answerPull(
  context: SyncContext,
  asking: KnownStation,
  request: PullRequest,
  changesMax: number = PULL_CHANGES_MAX,
): Promise<SyncResult<PullAnswer>> {
  const { station, district } = asking
  const { incarnation } = request
  await meetIncarnation(context, asking, incarnation)
  const nowMs = context.nowMs()
  const answer = await context.store.transaction('snapshot', async (snapshot): Promise<PullAnswer> => {
    const history = await snapshot.readHistory()
    if (request.cursor !== null && request.cursor.history !== history) return { result: 'cursor_unknown', history }
    const after = request.cursor?.number ?? 0
    const { rows, upTo } = await snapshot.readChanges({ district, station, after, limit: changesMax + 1 })
    // A number that was never given out comes from another history, whatever the cursor says.
    if (after > upTo) return { result: 'cursor_unknown', history }
    const page = rows.slice(0, changesMax)
    const more = rows.length > page.length
    const includedSeq = await readIncludedSeq(snapshot, station, incarnation)
    const changes = await readMirrorChanges(snapshot, { station, district, incarnation, includedSeq, entriesSinceMs: entriesSince(nowMs) }, page)
    const number = more ? (page.at(-1)?.number ?? after) : upTo
    return { result: 'page', cursor: { history, number }, more, changes, centralWallMs: nowMs }
  })
  return { ok: true, answer }
}
