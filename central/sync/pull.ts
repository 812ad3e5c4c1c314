// Answers what changed for a station since its cursor. Everything in a page is of one snapshot: the changes, the rows they
// name, the balances, and how many of the station's own events are inside those balances.

import { PULL_CHANGES_MAX, type PullAnswer, type PullRequest, type ScopeChecksum } from '../../contract/sync/sync-protocol.ts'
import { readMirrorChanges } from '../store/mirror-changes.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { HELLO_NEEDED, hasSaidHello } from './meet-incarnation.ts'
import { type KnownStation, mirrorReader, type SyncContext, type SyncResult } from './sync-context.ts'

export async function answerPull(
  context: SyncContext,
  asking: KnownStation,
  request: PullRequest,
  changesMax: number = PULL_CHANGES_MAX,
): Promise<SyncResult<PullAnswer>> {
  const { station, district } = asking
  const { incarnation } = request
  if (!(await hasSaidHello(context, asking, incarnation))) return HELLO_NEEDED
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
    const life = await snapshot.findIncarnation(station, incarnation)
    if (life === null) throw new Error('an incarnation is met before it is told anything')
    const reader = mirrorReader({ station, district, incarnation, includedSeq: life.lastSeq }, nowMs)
    const changes = await readMirrorChanges(snapshot, reader, page)
    const number = more ? (page.at(-1)?.number ?? after) : upTo
    return {
      result: 'page', cursor: { history, number }, more, changes, centralWallMs: nowMs,
      lastSeq: life.lastSeq, backedUpSeq: life.backedUpSeq, state: life.state, recovering: await snapshot.readRecovering(),
      differs: await differingScopes(snapshot, asking, request.checksums, after),
    }
  })
  return { ok: true, answer }
}

/** A scope is compared only where nothing of it is newer than the asker's cursor: then his rows and this log must say the same. */
async function differingScopes(
  snapshot: StoreTransaction,
  { station, district }: KnownStation,
  checksums: PullRequest['checksums'],
  after: number,
): Promise<ScopeChecksum['scope'][]> {
  const differing: ScopeChecksum['scope'][] = []
  for (const { scope, rows, sum } of checksums) {
    const own = await snapshot.readScopeSum({ district, station, scope })
    if (own.newest <= after && (own.rows !== rows || own.sum !== sum)) differing.push(scope)
  }
  return differing
}
