// What is written at the end of a transaction of uploads, when all of them are booked: balances and what moves with them, how far
// each life has got, and the changes that stations hear of, which are numbered last.

import { RECALL_MS_MAX } from '../../contract/sync/sync-protocol.ts'
import { allEnded } from '../store/all-ended.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { ridersScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import type { Outbox, SentEvent } from '../store/outboxes.ts'
import type { MirroringStation } from '../store/stations.ts'
import { touchedWishes } from '../wishes/wish-book.ts'
import { changesOfWishes } from '../wishes/wish-changes.ts'
import { type Books, type SharedBooks, writeMovements, writeWishesAndTrainings } from './books.ts'
import { noteRecoveryProgress } from './recovery.ts'

/** One of which something is new. */
export interface BookedUpload {
  outbox: Outbox
  last: SentEvent
  books: Books | null
}

/** All that is written is asked for at once, in this order: the database writes the one while the next is put together. */
export async function writeAll(transaction: StoreTransaction, fresh: readonly BookedUpload[], shared: SharedBooks, recording: () => Promise<void>[], recovering: boolean, nowMs: number): Promise<void> {
  await transaction.registerRiders(shared.registered, nowMs)
  const { accounts, others } = writeMovements(transaction, shared, nowMs)
  await allEnded([accounts, ...others, ...recording(), tell(transaction, fresh, shared, accounts, recovering, nowMs)])
}

/** Waits for the accounts alone, which take more than one question where one of them is new; whatever else is written stands before it on the same connection. */
async function tell(transaction: StoreTransaction, fresh: readonly BookedUpload[], shared: SharedBooks, accounts: Promise<void>, recovering: boolean, nowMs: number): Promise<void> {
  // Put together while the database is at the balances.
  const entries = fresh.length === 1 ? seenIn(fresh[0]) : fresh.flatMap(seenIn)
  const changes = changesOfEntries(entries, await readersOf(transaction, entries, shared))
  await accounts
  // After the accounts and before what is last of all, the counter of changes: so is central's row locked by everybody.
  if (recovering) for (const { outbox, last } of fresh) await noteRecoveryProgress(transaction, { ...outbox, lastSeq: last.header.seq }, nowMs)
  const told = await writeWishesAndTrainings(transaction, shared, nowMs)
  await transaction.appendChanges([...newcomersOf(fresh), ...changes, ...(await changesOfReturned(transaction, fresh, nowMs)), ...(await changesOfWishes(transaction, touchedWishes(shared.wishes))), ...told])
}

type Seen = Books['seen']

function seenIn(fresh: BookedUpload | undefined): Seen {
  return fresh?.books?.seen ?? []
}

/** As they were asked for with the rest, where nobody is new. */
async function readersOf(transaction: StoreTransaction, entries: Seen, { registered, readers }: SharedBooks): Promise<ReadonlyMap<string, readonly MirroringStation[]>> {
  if (registered.length === 0 && entries.every(({ rider }) => readers.asked.has(rider))) return readers.known
  return transaction.stationsThatMirror([...new Set(entries.map(({ rider }) => rider))])
}

/** What riders hear of it, upload by upload; of what he has left each hears once. */
function changesOfEntries(entries: Seen, readers: ReadonlyMap<string, readonly MirroringStation[]>): ChangedRow[] {
  const changes: ChangedRow[] = []
  const toldOf = new Set<string>()
  const scopes = scopesOfStations()
  for (const { rider, entry } of entries) {
    const isTold = toldOf.has(rider)
    for (const { station, district } of readers.get(rider) ?? []) {
      const scope = scopes(station)
      if (!isTold) changes.push({ district, scope, kind: 'rider', key: rider })
      changes.push({ district, scope, kind: 'entry', key: entry })
    }
    if (!isTold) toldOf.add(rider)
  }
  return changes
}

/** Put together once a station: as keys of maps thousands of equal texts are each read from end to end. */
function scopesOfStations(): (station: string) => string {
  const known = new Map<string, string>()
  return (station) => {
    const scope = known.get(station) ?? ridersScope(station)
    known.set(station, scope)
    return scope
  }
}

function newcomersOf(fresh: readonly BookedUpload[]): ChangedRow[] {
  return fresh.flatMap(({ outbox, books }) => (books?.newcomers ?? []).map((key): ChangedRow => ({
    district: outbox.district, scope: ridersScope(outbox.station), kind: 'rider', key,
  })))
}

/** Somebody stands elsewhere and waits for these points: his station hears of them, and asks again. */
async function changesOfReturned(transaction: StoreTransaction, fresh: readonly BookedUpload[], nowMs: number): Promise<ChangedRow[]> {
  const returned = fresh.flatMap(({ outbox, books }) => [...(books?.returned ?? [])].map((rider) => ({ rider, holder: outbox.station })))
  const waiting = (await transaction.closeRecalls(returned)).filter(({ askedAtMs }) => askedAtMs >= nowMs - RECALL_MS_MAX)
  return waiting.map(({ rider, asker, district }): ChangedRow => ({ district, scope: ridersScope(asker), kind: 'rider', key: rider }))
}
