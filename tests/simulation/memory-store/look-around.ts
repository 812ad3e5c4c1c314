// Every question that matters about a town, asked in one snapshot: what a run has left must not only be the same rows, it must
// be told alike.

import type { StoreTransaction } from '../../../central/store/central-store.ts'
import { ridersScope } from '../../../central/store/change-scopes.ts'
import type { MirrorReader } from '../../../central/store/mirror-changes.ts'
import { CHECKED_KINDS, type MirrorKind } from '../../../contract/sync/sync-protocol.ts'
import { FIRST_MS, type SmallTown } from './small-town.ts'
import { comparable, sorted } from './twin-stores.ts'

const SCOPES = ['district', 'station', 'riders'] as const
const HOUR_MS = 3_600_000

export async function lookAround(snapshot: StoreTransaction, town: SmallTown): Promise<unknown> {
  const seen: unknown[] = []
  const many = (kind: Parameters<SmallTown['id']>[0], count: number): string[] => Array.from({ length: count }, (_, index) => town.id(kind, index))
  const grants = many('grant', 4)
  const events = many('event', 6)
  const entries = [...events, ...many('past', town.riders.length)]
  const keys: Partial<Record<MirrorKind, readonly string[]>> = { rider: town.riders, grant: grants, earning_slice: grants, recall: town.riders, entry: entries, station: town.stations, wall_wish: many('wish', 4), own_wish: many('wish', 4) }
  const readers = town.stations.slice(0, 2).flatMap((station, index): Omit<MirrorReader, 'entriesSinceMs' | 'recallsSinceMs' | 'trainingsSinceMs'>[] =>
    (town.incarnations[index] ?? []).map((incarnation) => ({ station, district: town.districts[0] ?? '', incarnation, includedSeq: 0 })),
  )
  for (const reader of readers) {
    for (const [kind, wanted] of Object.entries(keys) as [MirrorKind, readonly string[]][]) {
      seen.push(kind, sorted((await snapshot.readMirrorFacts(kind, { ...reader, entriesSinceMs: FIRST_MS, recallsSinceMs: FIRST_MS, trainingsSinceMs: FIRST_MS }, wanted)).map(comparable)))
    }
    for (const scope of SCOPES) seen.push(await snapshot.readSnapshotKeys({ ...reader, scope, entriesSinceMs: FIRST_MS, entriesMax: 2 }))
    seen.push(await snapshot.readPullHead({ ...reader, after: 3, limit: 9 }), await snapshot.readOwnEvents(reader.station, reader.incarnation, 0, 2))
  }
  for (const station of town.stations) {
    seen.push(await snapshot.readLives(station))
    for (const scope of SCOPES) seen.push(await snapshot.readScopeSum({ district: town.districts[0] ?? '', station, scope, kinds: CHECKED_KINDS }))
    for (const day of [1, 2]) seen.push(await snapshot.readStandingDue({ station, incarnation: readers[0]?.incarnation ?? '', day, limit: 4 }))
  }
  for (const [index, rider] of town.riders.entries()) {
    seen.push(await snapshot.readSlicesElsewhere(rider, town.stations[index % 3] ?? '', 2), await snapshot.recentEntryKeys([rider], FIRST_MS + HOUR_MS, 3))
  }
  for (const event of events) seen.push(await snapshot.findLateFact(event))
  for (const outbox of await snapshot.readParkedLives()) seen.push(outbox, await snapshot.readParked({ outbox, after: 0, limit: 9 }))
  seen.push(
    await snapshot.readIdsTaken([...events, ...grants, ...entries]), await snapshot.readRedemptions(events), await snapshot.readGrants(grants), await snapshot.readEarningSlices(grants),
    await snapshot.stationsThatMirror(town.riders), await snapshot.lastBackupMs(), await snapshot.countMissing(),
    await snapshot.readNumbers({ district: town.districts[0] ?? '', scope: ridersScope(town.stations[0] ?? ''), rows: grants.map((key) => ({ kind: 'grant' as const, key })) }),
  )
  return seen
}
