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
import { type BookedUploads, bookUploads } from './book-events.ts'
import { changesOfWishes } from '../wishes/wish-changes.ts'
import { HELLO_NEEDED } from './meet-incarnation.ts'
import { chainEvents, chainSeed, type PushBatch } from './push-batch.ts'
import { noteRecoveryProgress } from './recovery.ts'
import type { AskingStation } from './station-auth.ts'
import type { SyncResult } from './sync-context.ts'

export interface Upload {
  station: AskingStation
  batch: PushBatch
  /** Of the batch as it came. */
  bytes: number
}

/** What became of an upload. */
export interface Taken {
  answer: PushAnswer
  /** What was new in it, with the outcome at its place. */
  fresh: readonly ChainedEvent[]
  outcomes: readonly EventOutcome[]
}

/** One that can go on: its life is here and has said hello, and there is no gap. */
interface Continuing {
  place: number
  outbox: Outbox
  batch: PushBatch
  life: IncarnationRow
}

/** One that is new at least in its last event. */
interface Fresh {
  place: number
  outbox: Outbox
  head: PushHead
  state: IncarnationState
  repeated: EventOutcome[]
  events: readonly ChainedEvent[]
  last: ChainedEvent
}

/** No two uploads of one station. One result an upload, in their order. */
export async function recordUploads(transaction: StoreTransaction, uploads: readonly Upload[], nowMs: number): Promise<SyncResult<Taken>[]> {
  const results = new Map<number, SyncResult<Taken>>()
  const settle = (place: number, taken: Taken): void => void results.set(place, { ok: true, answer: taken })

  const continuing: Continuing[] = []
  for (const [place, entry] of (await lockAndFind(transaction, uploads)).entries()) {
    if (!entry.ok) results.set(place, entry)
    else if (isAfterGap(entry.answer) && entry.answer.life.state !== 'quarantined' && entry.answer.life.state !== 'banned') {
      settle(place, nothingNew({ result: 'gap', lastSeq: entry.answer.life.lastSeq }))
    } else continuing.push(entry.answer)
  }

  const proofs: KeptProof[] = []
  const fresh: Fresh[] = []
  for (const { upload, contradicting, recorded, events } of await compare(transaction, continuing)) {
    const { place, outbox, batch, life } = upload
    if (contradicting) {
      await transaction.quarantine(outbox, events, nowMs)
      proofs.push(proofOf(outbox, batch.head))
      settle(place, nothingNew({ result: 'quarantined', lastSeq: life.lastSeq }))
      continue
    }
    const repeated = [...recorded].filter(([seq]) => seq >= batch.head.firstSeq).map(([, { outcome }]) => outcome)
    const newer = events.filter((event) => event.header.seq > life.lastSeq)
    const last = newer.at(-1)
    if (last === undefined) settle(place, nothingNew({ result: 'applied', lastSeq: life.lastSeq, outcomes: repeated }))
    else fresh.push({ place, outbox, head: batch.head, state: life.state, repeated, events: newer, last })
  }

  const { booked, wishes, changes } = await book(transaction, fresh, nowMs)
  const rows: EventRow[] = []
  for (const [index, { place, outbox, head, repeated, events, last }] of fresh.entries()) {
    const outcomes = booked[index]?.outcomes ?? []
    for (const [at, event] of events.entries()) {
      const outcome = outcomes[at]
      if (outcome === undefined) throw new Error('every event has its outcome')
      rows.push({ outbox, event, outcome })
    }
    proofs.push(proofOf(outbox, head))
    settle(place, { answer: { result: 'applied', lastSeq: last.header.seq, outcomes: [...repeated, ...outcomes] }, fresh: events, outcomes })
  }
  await allEnded([
    transaction.insertEvents(rows, nowMs),
    transaction.keepBatchProofs(proofs, nowMs),
    transaction.advanceIncarnations(fresh.map(({ outbox, last }) => ({ outbox, lastSeq: last.header.seq, lastHash: last.hash })), nowMs),
  ])
  if (fresh.length > 0) await transaction.appendChanges([...(await changesOf(transaction, fresh, { booked, wishes }, nowMs)), ...changes])
  return uploads.map((_upload, place) => {
    const result = results.get(place)
    if (result === undefined) throw new Error('every upload has its result')
    return result
  })
}

async function lockAndFind(transaction: StoreTransaction, uploads: readonly Upload[]): Promise<SyncResult<Continuing>[]> {
  const rows = await transaction.lockStations(uploads.map(({ station }) => station.station))
  const lives = await transaction.findIncarnations(uploads.map(({ station, batch }) => ({ station: station.station, incarnation: batch.head.incarnation })))
  return uploads.map(({ station: asking, batch }, place) => {
    const { station, district } = asking
    // The key was checked before the lock; it may have been another one's since.
    if (rows.get(station)?.publicKey !== asking.rawKey) return { ok: false, error: 'bad_signature' }
    const life = lives[place] ?? null
    if (life === null || !life.greeted) return HELLO_NEEDED
    return { ok: true, answer: { place, outbox: { district, station, incarnation: batch.head.incarnation }, batch, life } }
  })
}

interface Compared {
  upload: Continuing
  contradicting: boolean
  recorded: ReadonlyMap<number, RecordedEvent>
  events: ChainedEvent[]
}

/** Each with its chain, beside what is here at its places. */
async function compare(transaction: StoreTransaction, continuing: readonly Continuing[]): Promise<Compared[]> {
  // What goes on right behind the last event has nothing of it here, and the hash before it is known.
  const overlapping = continuing.filter(({ batch, life }) => batch.head.firstSeq <= life.lastSeq || life.state === 'quarantined')
  const found = await transaction.readRecorded(overlapping.map(({ outbox, batch }) => ({ outbox, first: batch.head.firstSeq - 1, last: batch.head.lastSeq })))
  const recordedOf = new Map(overlapping.map((upload, index) => [upload, found[index] ?? new Map<number, RecordedEvent>()]))
  const chained = continuing.map((upload) => {
    const { outbox, batch, life } = upload
    const { firstSeq } = batch.head
    const recorded = recordedOf.get(upload) ?? new Map<number, RecordedEvent>()
    const seed = chainSeed(outbox.station, outbox.incarnation)
    const previous = firstSeq === 1 ? seed : firstSeq === life.lastSeq + 1 ? life.lastHash : recorded.get(firstSeq - 1)?.hash
    // Only what one in quarantine, or a banned one, sends after a hole has no known predecessor; its hashes then only tell copies apart.
    return { upload, recorded, events: chainEvents(batch.events, previous ?? seed) }
  })
  const freshIds = ({ upload, events }: (typeof chained)[number]): string[] => events.flatMap(({ header }) => (header.seq > upload.life.lastSeq ? [header.id] : []))
  const taken = new Set(await transaction.readIdsTaken(chained.flatMap((one) => (one.upload.life.state === 'quarantined' ? [] : freshIds(one)))))
  return chained.map((one) => {
    const { upload, recorded, events } = one
    const ids = freshIds(one)
    const contradicting =
      upload.life.state === 'quarantined' ||
      isAfterGap(upload) ||
      contradicts(events, recorded) ||
      Buffer.from(events.at(-1)?.hash ?? []).toString('hex') !== upload.batch.head.lastHash ||
      ids.some((id) => taken.has(id))
    // The next ones of this transaction find them taken.
    if (!contradicting) for (const id of ids) taken.add(id)
    return { upload, contradicting, recorded, events }
  })
}

/** Its predecessor is not here. Of a banned file it may be nowhere any more; what is left is kept raw, so that all of it is told. */
function isAfterGap({ batch, life }: Pick<Continuing, 'batch' | 'life'>): boolean {
  return batch.head.firstSeq > life.lastSeq + 1
}

function contradicts(events: readonly ChainedEvent[], recorded: ReadonlyMap<number, { hash: Uint8Array }>): boolean {
  const ids = new Set(events.map((event) => event.header.id))
  if (ids.size !== events.length) return true
  return events.some((event) => {
    const known = recorded.get(event.header.seq)
    return known !== undefined && !Buffer.from(known.hash).equals(event.hash)
  })
}

async function book(transaction: StoreTransaction, fresh: readonly Fresh[], nowMs: number): Promise<BookedUploads> {
  if (fresh.length === 0) return { booked: [], wishes: [], changes: [] }
  const recovering = await transaction.readRecovering()
  // Before the accounts: the central row is locked ahead of them.
  if (recovering) for (const { outbox, last } of fresh) await noteRecoveryProgress(transaction, { ...outbox, lastSeq: last.header.seq }, nowMs)
  return bookUploads(transaction, fresh.map(({ outbox, events, state }) => ({ outbox, events, moment: { state, recovering, nowMs } })), nowMs)
}

/** What riders and those who wait for their points hear of it, upload by upload. */
async function changesOf(transaction: StoreTransaction, fresh: readonly Fresh[], { booked, wishes }: Pick<BookedUploads, 'booked' | 'wishes'>, nowMs: number): Promise<ChangedRow[]> {
  const entries = booked.flatMap((one) => one.entries)
  const readers = await transaction.stationsThatMirror([...new Set(entries.map(({ rider }) => rider))])
  const changes = entries.flatMap(({ rider, entry }) =>
    (readers.get(rider) ?? []).flatMap(({ station, district }): ChangedRow[] => [
      { district, scope: ridersScope(station), kind: 'rider', key: rider },
      { district, scope: ridersScope(station), kind: 'entry', key: entry },
    ]),
  )
  const newcomers = fresh.flatMap(({ outbox }, index) => (booked[index]?.registered ?? []).map((key): ChangedRow => ({
    district: outbox.district, scope: ridersScope(outbox.station), kind: 'rider', key,
  })))
  // Somebody stands elsewhere and waits for these points: his station hears of them, and asks again.
  const returned = fresh.flatMap(({ outbox }, index) => (booked[index]?.returned ?? []).map((rider) => ({ rider, holder: outbox.station })))
  const waiting = (await transaction.closeRecalls(returned)).filter(({ askedAtMs }) => askedAtMs >= nowMs - RECALL_MS_MAX)
  for (const { rider, asker, district } of waiting) changes.push({ district, scope: ridersScope(asker), kind: 'rider', key: rider })
  return [...newcomers, ...changes, ...(await changesOfWishes(transaction, wishes))]
}

/** What the station has signed stays as its word, above all where it contradicts an earlier one. */
function proofOf(outbox: Outbox, { firstSeq, lastSeq, lastHash, signature }: PushHead): KeptProof {
  return { outbox, firstSeq, lastSeq, lastHash: Buffer.from(lastHash, 'hex'), signature: Buffer.from(signature, 'base64url') }
}

function nothingNew(answer: PushAnswer): Taken {
  return { answer, fresh: [], outcomes: [] }
}
