// Answers what changed for a station since its cursor. Everything in a page is of one moment: the changes, the rows they name,
// the balances, and how many of the station's own events are inside those balances. One question to the database is enough
// where nothing changed, or only rows that all stations of the district read alike; else all of it is read in one snapshot.

import { CHECKED_KINDS, PULL_CHANGES_MAX, type PullAnswer, type PullRequest, type ScopeChecksum, SYNC_PROTOCOL_VERSION } from '../../contract/sync/sync-protocol.ts'
import { changesFor, isKindOf } from '../../contract/sync/wire-versions.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { NumberedChange } from '../store/changes.ts'
import { readMirrorChanges } from '../store/mirror-changes.ts'
import type { PullHead } from '../store/pull-head.ts'
import { HELLO_NEEDED } from './meet-incarnation.ts'
import type { AskingStation } from './station-auth.ts'
import { type KnownStation, mirrorReader, type SyncContext, type SyncResult } from './sync-context.ts'

type Page = Extract<PullAnswer, { result: 'page' }>

export async function answerPull(
  context: SyncContext,
  asking: AskingStation,
  request: PullRequest,
  { changesMax = PULL_CHANGES_MAX, protocol = SYNC_PROTOCOL_VERSION }: { changesMax?: number; protocol?: number } = {},
): Promise<SyncResult<PullAnswer>> {
  const { store, memory } = context
  const { station, district } = asking
  const { incarnation } = request
  const nowMs = context.nowMs()
  const after = request.cursor?.number ?? 0
  const question = { district, station, incarnation, after, limit: changesMax + 1 }
  const begin = (head: PullHead): Begun => beginPage(context, asking, request, head, { changesMax, protocol, nowMs })

  const first = begin(await store.readPullHead(question))
  if (!first.goesOn) return first.result
  if (request.checksums.length === 0) {
    const reader = mirrorReader({ station, district, incarnation, includedSeq: first.page.lastSeq }, nowMs)
    const changes = await memory.districtRows.read({ store, history: first.page.cursor.history, reader, wanted: first.wanted, nowMs })
    if (changes !== null) return { ok: true, answer: { ...first.page, changes: changesFor(protocol, changes) } }
  }
  return store.transaction('snapshot', async (snapshot): Promise<SyncResult<PullAnswer>> => {
    const begun = begin(await snapshot.readPullHead(question))
    if (!begun.goesOn) return begun.result
    const reader = mirrorReader({ station, district, incarnation, includedSeq: begun.page.lastSeq }, nowMs)
    const changes = await readMirrorChanges(snapshot, reader, begun.wanted)
    const differs = await differingScopes(snapshot, asking, request.checksums, { after, protocol })
    return { ok: true, answer: { ...begun.page, changes: changesFor(protocol, changes), differs } }
  })
}

/** Answered at once, or a page whose rows are still to be read. */
type Begun = { goesOn: false; result: SyncResult<PullAnswer> } | { goesOn: true; page: Page; wanted: NumberedChange[] }

interface PageLimits {
  changesMax: number
  /** What the asker speaks. */
  protocol: number
  nowMs: number
}

function beginPage({ memory }: SyncContext, asking: AskingStation, request: PullRequest, head: PullHead, { changesMax, protocol, nowMs }: PageLimits): Begun {
  const { history, life, changes } = head
  // The asker was recognised by a copy of his key: here is what the database says of him.
  if (head.station?.publicKey !== asking.rawKey || head.station.status === 'revoked') {
    memory.keys.forget(asking.station)
    return { goesOn: false, result: { ok: false, error: head.station?.publicKey === asking.rawKey ? 'revoked' : 'bad_signature' } }
  }
  if (life === null || !life.greeted) return { goesOn: false, result: HELLO_NEEDED }
  const after = request.cursor?.number ?? 0
  // A number that was never given out comes from another history, whatever the cursor says.
  if ((request.cursor !== null && request.cursor.history !== history) || after > changes.upTo) {
    return { goesOn: false, result: { ok: true, answer: { result: 'cursor_unknown', history } } }
  }
  const read = changes.rows.slice(0, changesMax)
  const more = changes.rows.length > read.length
  const number = more ? (read.at(-1)?.number ?? after) : changes.upTo
  return {
    goesOn: true,
    wanted: read.filter(({ kind }) => isKindOf(protocol, kind)),
    page: {
      result: 'page', cursor: { history, number }, more, changes: [], centralWallMs: nowMs, lastSeq: life.lastSeq, backedUpSeq: life.backedUpSeq,
      state: life.state, recovering: head.recovering, differs: [],
    },
  }
}

/** A scope is compared only where nothing of it is newer than the asker's cursor: then his rows and this log must say the same. */
async function differingScopes(
  snapshot: StoreTransaction,
  { station, district }: KnownStation,
  checksums: PullRequest['checksums'],
  { after, protocol }: { after: number; protocol: number },
): Promise<ScopeChecksum['scope'][]> {
  const differing: ScopeChecksum['scope'][] = []
  const kinds = CHECKED_KINDS.filter((kind) => isKindOf(protocol, kind))
  for (const { scope, rows, sum } of checksums) {
    const own = await snapshot.readScopeSum({ district, station, scope, kinds })
    if (own.newest <= after && (own.rows !== rows || own.sum !== sum)) differing.push(scope)
  }
  return differing
}
