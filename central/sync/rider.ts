// A rider came to a station that has no row for him: from now on that station mirrors him. His rows go out at once, and are
// numbered too, so the next pull brings them again if the answer is lost.

import type { RiderAnswer, RiderRequest } from '../../contract/sync/sync-protocol.ts'
import { changesFor } from '../../contract/sync/wire-versions.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { ridersScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import { readMirrorChanges, revokedCardKey } from '../store/mirror-changes.ts'
import { HELLO_NEEDED, hasSaidHello, readIncludedSeq } from './meet-incarnation.ts'
import { entriesSince, type KnownStation, mirrorReader, type SyncContext, type SyncResult, trainingsSince } from './sync-context.ts'

/** The newest entries that go along; the rider's whole history is asked for by no screen of a station. */
const ENTRIES_MAX = 900
const REVOKED_CARDS_MAX = 50
const WISHES_MAX = 50

export async function addRider(context: SyncContext, asking: KnownStation, { rider, incarnation }: RiderRequest, protocol: number): Promise<SyncResult<RiderAnswer>> {
  const { station, district } = asking
  if (!(await hasSaidHello(context, asking, incarnation))) return HELLO_NEEDED
  const nowMs = context.nowMs()
  const entriesSinceMs = entriesSince(nowMs)
  return context.store.transaction('write', async (transaction): Promise<SyncResult<RiderAnswer>> => {
    await transaction.lockStation(station)
    // A push that books for this rider holds his row until it has told all who mirror him: it is over, or it will see this one.
    if (!(await transaction.lockRider(rider))) return { ok: false, error: 'rider_unknown' }
    if ((await transaction.readErased([rider])).has(rider)) return { ok: false, error: 'rider_unknown' }
    const isNew = await transaction.beginToMirror({ station, district }, rider, nowMs)
    const wanted = await riderKeys(transaction, rider, entriesSinceMs, trainingsSince(nowMs))
    const scope = ridersScope(station)
    if (isNew) {
      await transaction.appendChanges(wanted.map(({ kind, key }): ChangedRow => ({ district, scope, kind, key })))
    }
    const includedSeq = await readIncludedSeq(transaction, station, incarnation)
    const numbered = await transaction.readNumbers({ district, scope, rows: wanted })
    const changes = await readMirrorChanges(transaction, mirrorReader({ station, district, incarnation, includedSeq }, nowMs), numbered)
    return { ok: true, answer: { changes: changesFor(protocol, changes) } }
  })
}

async function riderKeys(transaction: StoreTransaction, rider: string, entriesSinceMs: number, trainingsSinceMs: number): Promise<Pick<ChangedRow, 'kind' | 'key'>[]> {
  const cards = await transaction.readRevokedCards(rider, REVOKED_CARDS_MAX)
  const wishes = await transaction.readWishesOfRiders([rider], WISHES_MAX)
  const entries = await transaction.recentEntryKeys([rider], entriesSinceMs, ENTRIES_MAX)
  return [
    { kind: 'rider' as const, key: rider },
    ...cards.map((card) => ({ kind: 'revoked_card' as const, key: revokedCardKey(rider, card) })),
    ...wishes.map((key) => ({ kind: 'own_wish' as const, key })),
    ...entries.map((key) => ({ kind: 'entry' as const, key })),
    ...(await transaction.trainingKeysOf(rider, trainingsSinceMs)),
  ]
}
