// A rider came to a station that has no row for him: from now on that station mirrors him. His rows go out at once, and are
// numbered too, so the next pull brings them again if the answer is lost.

import type { RiderAnswer, RiderRequest } from '../../contract/sync/sync-protocol.ts'
import { appendChanges, type ChangedRow, ridersScope } from '../store/changes.ts'
import type { Queryable } from '../store/database.ts'
import { readIncludedSeq } from '../store/incarnations.ts'
import { readMirrorChanges, recentEntryKeys, revokedCardKey } from '../store/mirror-rows.ts'
import { lockStation } from '../store/stations.ts'
import { meetIncarnation } from './meet-incarnation.ts'
import { entriesSince, type KnownStation, type SyncContext, type SyncResult } from './sync-context.ts'

/** The newest entries that go along; the rider's whole history is asked for by no screen of a station. */
const ENTRIES_MAX = 900
const REVOKED_CARDS_MAX = 50

export async function addRider(context: SyncContext, asking: KnownStation, { rider, incarnation }: RiderRequest): Promise<SyncResult<RiderAnswer>> {
  const { station, district } = asking
  await meetIncarnation(context, asking, incarnation)
  const nowMs = context.nowMs()
  const entriesSinceMs = entriesSince(nowMs)
  return context.database.transaction('write', async (transaction): Promise<SyncResult<RiderAnswer>> => {
    await lockStation(transaction, station)
    // A push that books for this rider holds his row until it has told all who mirror him: it is over, or it will see this one.
    const known = await transaction.query('SELECT 1 FROM riders WHERE rider_id = $1 FOR NO KEY UPDATE', [rider])
    if (known.length === 0) return { ok: false, error: 'rider_unknown' }
    const added = await transaction.query(
      `INSERT INTO station_riders (district_id, station_id, rider_id, added_at_ms) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING rider_id`,
      [district, station, rider, nowMs],
    )
    const wanted = await riderKeys(transaction, rider, entriesSinceMs)
    if (added.length > 0) {
      const scope = ridersScope(station)
      await appendChanges(transaction, wanted.map(({ kind, key }): ChangedRow => ({ district, scope, kind, key })))
    }
    const includedSeq = await readIncludedSeq(transaction, station, incarnation)
    const changes = await readMirrorChanges(transaction, { station, district, incarnation, includedSeq, entriesSinceMs }, wanted)
    return { ok: true, answer: { changes } }
  })
}

async function riderKeys(transaction: Queryable, rider: string, entriesSinceMs: number): Promise<Pick<ChangedRow, 'kind' | 'key'>[]> {
  const cards = await transaction.query<{ card: number }>(
    'SELECT card FROM cards WHERE holder_id = $1 AND revoked_at_ms IS NOT NULL ORDER BY card DESC LIMIT $2',
    [rider, REVOKED_CARDS_MAX],
  )
  const entries = await recentEntryKeys(transaction, [rider], entriesSinceMs, ENTRIES_MAX)
  return [
    { kind: 'rider' as const, key: rider },
    ...cards.map(({ card }) => ({ kind: 'revoked_card' as const, key: revokedCardKey(rider, card) })),
    ...entries.map((key) => ({ kind: 'entry' as const, key })),
  ]
}
