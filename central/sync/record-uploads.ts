// Takes the uploads of several stations in one transaction, each exactly once and in order (invariant 4): lock the stations,
// check each chain against what is here, record, book, number the changes, advance. Read and written in sets; what one upload
// means is decided by itself, in the order in which they came. A repeat is a success; a gap is loud; a contradiction (same
// place, other content) puts the incarnation in quarantine: kept raw, nothing booked.

import { type EventOutcome, type IncarnationState, type PushAnswer, type PushHead, RECALL_MS_MAX } from '../../contract/sync/sync-protocol.ts'
import { allEnded } from '../store/all-ended.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { ridersScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import type { IncarnationRow } from '../store/incarnations.ts'
import type { ChainedEvent, EventRow, KeptProof, Outbox, RecordedEvent } from '../store/outboxes.ts'
import { type Booked, bookUploads, type EventRead, readableOf, readBody } from './book-events.ts'
import { openBooks, type OpenBooks, type Trust, writeMovements, writeWishesAndTrainings } from './books.ts'
import type { MirroringStation } from '../store/stations.ts'
import { touchedWishes } from '../wishes/wish-book.ts'
import { changesOfWishes } from '../wishes/wish-changes.ts'
import { HELLO_NEEDED } from './meet-incarnation.ts'
import { chainEvents, chainSeed, type Push } from './push-batch.ts'
import { noteRecoveryProgress } from './recovery.ts'
import type { AskingStation } from './station-auth.ts'
import type { SyncResult } from './sync-context.ts'

export interface Upload {
  station: AskingStation
  push: Push
  /** Of all its batches as they came. */
  bytes: number
  /** Where one of several batches contradicts nothing is taken, and the first is to come alone; else all of them are kept raw. */
  mayComeApart: boolean
}

/** What became of an upload. */
export interface Taken {
  answer: PushAnswer
  /** What was new in it, with the outcome at its place. */
  fresh: readonly ChainedEvent[]
  outcomes: readonly EventOutcome[]
}

/** `not_whole`: of several batches, and one of them contradicts what is here. Nothing of it was taken; its first batch is to come alone. */
export type Recorded = SyncResult<Taken> | 'not_whole'

/** One that can go on: its life is here and has said hello, and there is no gap. */
interface Continuing {
  place: number
  outbox: Outbox
  push: Push
  mayComeApart: boolean
  /** Of its events, in their order. */
  read: readonly EventRead[]
  life: IncarnationRow
  /** null: what came before its first event is not the last one here. */
  chain: ChainedEvent[] | null
}

/** One that is new at least in its last event. */
interface Fresh {
  place: number
  outbox: Outbox
  heads: readonly PushHead[]
  state: IncarnationState
  repeated: EventOutcome[]
  events: readonly ChainedEvent[]
  /** Of these. */
  read: readonly EventRead[]
  last: ChainedEvent
}

/** No two uploads of one station. One result an upload, in their order. `trusting` throws what the database says of a check (23514) where a slice does not suffice; `asking` never does. */
export async function recordUploads(transaction: StoreTransaction, uploads: readonly Upload[], trust: Trust, nowMs: number): Promise<Recorded[]> {
  const results = new Map<number, Recorded>()
  const settle = (place: number, taken: Taken): void => void results.set(place, { ok: true, answer: taken })

  const continuing: Continuing[] = []
  const { found, taken, recovering, open } = await askForAll(transaction, uploads, trust, nowMs)
  for (const [place, entry] of found.entries()) {
    if (!entry.ok) results.set(place, entry)
    else if (isAfterGap(entry.answer) && entry.answer.life.state !== 'quarantined' && entry.answer.life.state !== 'banned') {
      settle(place, nothingNew({ result: 'gap', lastSeq: entry.answer.life.lastSeq }))
    } else continuing.push(entry.answer)
  }

  const proofs: KeptProof[] = []
  const fresh: Fresh[] = []
  for (const { upload, contradicting, recorded, events } of await compare(transaction, continuing, taken)) {
    const { place, outbox, push, mayComeApart, read, life } = upload
    if (contradicting && mayComeApart && push.heads.length > 1 && life.state !== 'quarantined') {
      results.set(place, 'not_whole')
      continue
    }
    if (contradicting) {
      await transaction.quarantine(outbox, events, nowMs)
      proofs.push(...push.heads.map((head) => proofOf(outbox, head)))
      settle(place, nothingNew({ result: 'quarantined', lastSeq: life.lastSeq }))
      continue
    }
    const repeated = [...recorded].filter(([seq]) => seq >= push.firstSeq).map(([, { outcome }]) => outcome)
    const newer = fromPlace(events, knownOf(upload))
    const last = newer.at(-1)
    if (last === undefined) settle(place, nothingNew({ result: 'applied', lastSeq: life.lastSeq, outcomes: repeated }))
    else fresh.push({ place, outbox, heads: push.heads, state: life.state, repeated, events: newer, read: fromPlace(read, knownOf(upload)), last })
  }

  const booked = bookUploads(open, fresh.map(({ outbox, read, state }) => ({ outbox, events: read, moment: { state, recovering, nowMs } })))
  const rows: EventRow[] = []
  for (const [index, { place, outbox, heads, repeated, events, last }] of fresh.entries()) {
    const outcomes = booked[index]?.outcomes ?? []
    let at = 0
    for (const event of events) {
      const outcome = outcomes[at]
      if (outcome === undefined) throw new Error('every event has its outcome')
      rows.push({ outbox, event, outcome })
      at += 1
    }
    proofs.push(...heads.map((head) => proofOf(outbox, head)))
    settle(place, { answer: { result: 'applied', lastSeq: last.header.seq, outcomes: repeated.length === 0 ? outcomes : [...repeated, ...outcomes] }, fresh: events, outcomes })
  }
  const recording = (): Promise<void>[] => [
    transaction.insertEvents(rows, nowMs),
    transaction.keepBatchProofs(proofs, nowMs),
    transaction.advanceIncarnations(fresh.map(({ outbox, last }) => ({ outbox, lastSeq: last.header.seq, lastHash: last.hash })), nowMs),
  ]
  if (fresh.length === 0) await allEnded(recording())
  else await writeAll(transaction, fresh, { booked, open }, recording, recovering, nowMs)
  return uploads.map((_upload, place) => {
    const result = results.get(place)
    if (result === undefined) throw new Error('every upload has its result')
    return result
  })
}

interface Answers {
  /** One an upload, in their order. */
  found: SyncResult<Continuing>[]
  /** Of all their events, the ids that name something already. */
  taken: ReadonlySet<string>
  recovering: boolean
  /** For all that they name, also those that will not go on. */
  open: OpenBooks
}

/**
 * All that is asked of the database, at once and in one order, under the locks that are asked for first: it works on one
 * question while the next is put together. Bodies are read meanwhile, and hashed as soon as it is known behind what.
 */
async function askForAll(transaction: StoreTransaction, uploads: readonly Upload[], trust: Trust, nowMs: number): Promise<Answers> {
  const rowsLocked = transaction.lockStations(uploads.map(({ station }) => station.station))
  const livesAsked = transaction.findIncarnations(uploads.map(({ station, push }) => ({ station: station.station, incarnation: push.incarnation })))
  const asked = allEnded([
    rowsLocked,
    livesAsked,
    transaction.readIdsTaken(uploads.flatMap(({ push }) => push.events.map(({ header }) => header.id))),
    transaction.readRecovering(),
  ])
  const readings = uploads.map(({ push }) => push.events.map(readBody))
  const outboxes = uploads.map(({ station: { station, district }, push }): Outbox => ({ district, station, incarnation: push.incarnation }))
  const opening = openBooks(transaction, readings.map((read, place) => ({ outbox: outboxOf(outboxes, place), readable: readableOf(read) })), trust, nowMs)
  const chained = livesAsked.then(
    (lives) => uploads.map(({ station, push }, place) => chainBehind(lives[place] ?? null, station.station, push)),
    // Told by all of them together.
    () => [],
  )
  const [[rows, lives, taken, recovering], open, chains] = await allEnded([asked, opening, chained])
  const found = uploads.map(({ station: asking, push, mayComeApart }, place): SyncResult<Continuing> => {
    const { station } = asking
    // The key was checked before the lock; it may have been another one's since.
    if (rows.get(station)?.publicKey !== asking.rawKey) return { ok: false, error: 'bad_signature' }
    const life = lives[place] ?? null
    if (life === null || !life.greeted) return HELLO_NEEDED
    return { ok: true, answer: { place, outbox: outboxOf(outboxes, place), push, mayComeApart, read: readings[place] ?? [], life, chain: chains[place] ?? null } }
  })
  return { found, taken, recovering, open }
}

function outboxOf(outboxes: readonly Outbox[], place: number): Outbox {
  const outbox = outboxes[place]
  if (outbox === undefined) throw new Error('every upload has its outbox')
  return outbox
}

/** null: it begins elsewhere than at the end of what is here. */
function chainBehind(life: IncarnationRow | null, station: string, { incarnation, firstSeq, events }: Push): ChainedEvent[] | null {
  if (life === null) return null
  if (firstSeq === 1) return chainEvents(events, chainSeed(station, incarnation))
  return firstSeq === life.lastSeq + 1 ? chainEvents(events, life.lastHash) : null
}

interface Compared {
  upload: Continuing
  contradicting: boolean
  recorded: ReadonlyMap<number, RecordedEvent>
  events: ChainedEvent[]
}

/** Each with its chain, beside what is here at its places. */
async function compare(transaction: StoreTransaction, continuing: readonly Continuing[], takenBefore: ReadonlySet<string>): Promise<Compared[]> {
  // What goes on right behind the last event has nothing of it here, and the hash before it is known.
  const overlapping = continuing.filter(({ push, life }) => push.firstSeq <= life.lastSeq || life.state === 'quarantined')
  const found = await transaction.readRecorded(overlapping.map(({ outbox, push }) => ({ outbox, first: push.firstSeq - 1, last: push.lastSeq })))
  const recordedOf = new Map(overlapping.map((upload, index) => [upload, found[index] ?? new Map<number, RecordedEvent>()]))
  const chained = continuing.map((upload) => {
    const { outbox, push, chain } = upload
    const recorded = recordedOf.get(upload) ?? new Map<number, RecordedEvent>()
    // Only what one in quarantine, or a banned one, sends after a hole has no known predecessor; its hashes then only tell copies apart.
    const events = chain ?? chainEvents(push.events, recorded.get(push.firstSeq - 1)?.hash ?? chainSeed(outbox.station, outbox.incarnation))
    return { upload, recorded, events }
  })
  const taken = new Set(takenBefore)
  return chained.map(({ upload, recorded, events }, place) => {
    const ids = events.map(({ header }) => header.id)
    const fresh = fromPlace(ids, knownOf(upload))
    const contradicting =
      upload.life.state === 'quarantined' ||
      isAfterGap(upload) ||
      contradicts(events, ids, recorded) ||
      !endAsSigned(events, upload.push) ||
      (taken.size > 0 && fresh.some((id) => taken.has(id)))
    // The next ones of this transaction find them taken.
    if (!contradicting && place < chained.length - 1) for (const id of fresh) taken.add(id)
    return { upload, contradicting, recorded, events }
  })
}

/** How many of its events, the first ones, are not new. */
function knownOf({ push, life }: Pick<Continuing, 'push' | 'life'>): number {
  return Math.max(0, life.lastSeq + 1 - push.firstSeq)
}

function fromPlace<Item>(items: readonly Item[], place: number): readonly Item[] {
  return place === 0 ? items : items.slice(place)
}

/** Its predecessor is not here. Of a banned file it may be nowhere any more; what is left is kept raw, so that all of it is told. */
function isAfterGap({ push, life }: Pick<Continuing, 'push' | 'life'>): boolean {
  return push.firstSeq > life.lastSeq + 1
}

/** Each batch ends with the hash that its head names. */
function endAsSigned(events: readonly ChainedEvent[], { heads, firstSeq }: Push): boolean {
  return heads.every(({ lastSeq, lastHash }) => Buffer.from(events[lastSeq - firstSeq]?.hash ?? []).toString('hex') === lastHash)
}

function contradicts(events: readonly ChainedEvent[], ids: readonly string[], recorded: ReadonlyMap<number, { hash: Uint8Array }>): boolean {
  if (!isRising(ids) && new Set(ids).size !== ids.length) return true
  return recorded.size > 0 && events.some((event) => {
    const known = recorded.get(event.header.seq)
    return known !== undefined && !Buffer.from(known.hash).equals(event.hash)
  })
}

/** Each above the one before it, as a station makes them: none is there twice. */
function isRising(ids: readonly string[]): boolean {
  let before = ''
  for (const id of ids) {
    if (id <= before) return false
    before = id
  }
  return true
}

/** What is booked and not written yet. */
interface Written {
  /** One for each that is fresh. */
  booked: readonly Booked[]
  open: OpenBooks
}

/** All that is written is asked for at once, in this order: the database writes the one while the next is put together. */
async function writeAll(transaction: StoreTransaction, fresh: readonly Fresh[], books: Written, recording: () => Promise<void>[], recovering: boolean, nowMs: number): Promise<void> {
  await transaction.registerRiders(books.open.shared.registered, nowMs)
  const { accounts, others } = writeMovements(transaction, books.open, nowMs)
  await allEnded([accounts, ...others, ...recording(), tell(transaction, fresh, books, accounts, recovering, nowMs)])
}

/** Waits for the accounts alone, which take more than one question where one of them is new; whatever else is written stands before it on the same connection. */
async function tell(transaction: StoreTransaction, fresh: readonly Fresh[], { booked, open }: Written, accounts: Promise<void>, recovering: boolean, nowMs: number): Promise<void> {
  await accounts
  // After the accounts and before what is last of all, the counter of changes: so is central's row locked by everybody.
  if (recovering) for (const { outbox, last } of fresh) await noteRecoveryProgress(transaction, { ...outbox, lastSeq: last.header.seq }, nowMs)
  const told = await writeWishesAndTrainings(transaction, open, nowMs)
  const entries = booked.length === 1 ? (booked[0]?.entries ?? []) : booked.flatMap((one) => one.entries)
  const changes = changesOfEntries(entries, await readersOf(transaction, entries, open))
  await transaction.appendChanges([...newcomersOf(fresh, booked), ...changes, ...(await changesOfReturned(transaction, fresh, booked, nowMs)), ...(await changesOfWishes(transaction, touchedWishes(open.shared.wishes))), ...told])
}

/** As they were asked for with the rest, where nobody is new. */
async function readersOf(transaction: StoreTransaction, entries: Booked['entries'], { shared: { registered, readers } }: OpenBooks): Promise<ReadonlyMap<string, readonly MirroringStation[]>> {
  if (registered.length === 0 && entries.every(({ rider }) => readers.asked.has(rider))) return readers.known
  return transaction.stationsThatMirror([...new Set(entries.map(({ rider }) => rider))])
}

/** What riders hear of it, upload by upload; of what he has left each hears once. */
function changesOfEntries(entries: Booked['entries'], readers: ReadonlyMap<string, readonly MirroringStation[]>): ChangedRow[] {
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

function newcomersOf(fresh: readonly Fresh[], booked: readonly Booked[]): ChangedRow[] {
  return fresh.flatMap(({ outbox }, index) => (booked[index]?.registered ?? []).map((key): ChangedRow => ({
    district: outbox.district, scope: ridersScope(outbox.station), kind: 'rider', key,
  })))
}

/** Somebody stands elsewhere and waits for these points: his station hears of them, and asks again. */
async function changesOfReturned(transaction: StoreTransaction, fresh: readonly Fresh[], booked: readonly Booked[], nowMs: number): Promise<ChangedRow[]> {
  const returned = fresh.flatMap(({ outbox }, index) => (booked[index]?.returned ?? []).map((rider) => ({ rider, holder: outbox.station })))
  const waiting = (await transaction.closeRecalls(returned)).filter(({ askedAtMs }) => askedAtMs >= nowMs - RECALL_MS_MAX)
  return waiting.map(({ rider, asker, district }): ChangedRow => ({ district, scope: ridersScope(asker), kind: 'rider', key: rider }))
}

/** What the station has signed stays as its word, above all where it contradicts an earlier one. */
function proofOf(outbox: Outbox, { firstSeq, lastSeq, lastHash, signature }: PushHead): KeptProof {
  return { outbox, firstSeq, lastSeq, lastHash: Buffer.from(lastHash, 'hex'), signature: Buffer.from(signature, 'base64url') }
}

function nothingNew(answer: PushAnswer): Taken {
  return { answer, fresh: [], outcomes: [] }
}
