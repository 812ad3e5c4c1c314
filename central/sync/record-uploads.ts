// Takes the uploads of several stations in one transaction, each exactly once and in order (invariant 4): lock the stations,
// check each chain against what is here, record, book, number the changes, advance. Read and written in sets; what one upload
// means is decided by itself, in the order in which they came. A repeat is a success; a gap is loud; a contradiction (same
// place, other content) puts the incarnation in quarantine: kept raw, nothing booked.

import type { EventOutcome, IncarnationState, PushAnswer, PushHead } from '../../contract/sync/sync-protocol.ts'
import { allEnded, type Ask, endingAll } from '../store/all-ended.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { ChainedEvent, EventRow, KeptProof, Outbox } from '../store/outboxes.ts'
import { bookEvents } from './book-events.ts'
import { type BookingOptions, openPortions, type PortionRead } from './book-portions.ts'
import { type BookingMoment, takeRedemptions } from './books.ts'
import { learnDebts } from './debts.ts'
import { compare, type Continuing, isAfterGap, knownOf, meetUploads, type SentUpload, type Upload } from './meet-uploads.ts'
import type { OpenBooks } from './open-books.ts'
import type { SyncResult } from './sync-context.ts'
import { type BookedUpload, writeAll } from './tell-uploads.ts'

/** What became of an upload. */
export interface Taken {
  answer: PushAnswer
  /** What was new in it, with the outcome at its place. */
  fresh: readonly ChainedEvent[]
  outcomes: readonly EventOutcome[]
}

/** `not_whole`: of several batches, and one of them contradicts what is here. Nothing of it was taken; its first batch is to come alone. */
export type Recorded = SyncResult<Taken> | 'not_whole'

/** One that is new at least in its last event. */
interface Fresh extends BookedUpload {
  place: number
  heads: readonly PushHead[]
  state: IncarnationState
  last: ChainedEvent
  repeated: EventOutcome[]
  /** Of all its events, those that were here already too. */
  chained: readonly ChainedEvent[]
  /** How many of them, the first ones. */
  known: number
  /** Of those that are new, as far as they are booked. */
  outcomes: EventOutcome[]
}

/** No two uploads of one station. One result an upload, in their order. `trusting` throws what the database says of a check (23514) where a slice does not suffice; `asking` never does. */
export function recordUploads(transaction: StoreTransaction, uploads: readonly Upload[], options: BookingOptions): Promise<Recorded[]> {
  return endingAll((ask) => recordAsking(transaction, uploads, options, ask))
}

async function recordAsking(transaction: StoreTransaction, uploads: readonly Upload[], options: BookingOptions, ask: Ask): Promise<Recorded[]> {
  const { nowMs } = options
  const results = new Map<number, Recorded>()
  const settle = (place: number, taken: Taken): void => void results.set(place, { ok: true, answer: taken })

  const sent = uploads.map((upload): SentUpload => ({ ...upload, outbox: { district: upload.station.district, station: upload.station.station, incarnation: upload.push.incarnation } }))
  const meeting = ask(meetUploads(transaction, sent))
  const portions = openPortions(transaction, sent.map(({ outbox, push }) => ({ outbox, events: push.events })), options, ask)
  portions.askNext()
  const { found, taken, recovering } = await meeting
  const continuing: Continuing[] = []
  for (const [place, entry] of found.entries()) {
    if (!entry.ok) results.set(place, entry)
    else if (isAfterGap(entry.answer) && entry.answer.life.state !== 'quarantined' && entry.answer.life.state !== 'banned') {
      settle(place, nothingNew({ result: 'gap', lastSeq: entry.answer.life.lastSeq }))
    } else continuing.push(entry.answer)
  }

  const proofs: KeptProof[] = []
  const fresh = new Map<number, Fresh>()
  for (const { upload, contradicting, recorded, events } of await compare(transaction, continuing, taken)) {
    const { place, outbox, push, mayComeApart, life } = upload
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
    const known = knownOf(upload)
    const last = events.at(-1)
    if (last === undefined || known >= events.length) settle(place, nothingNew({ result: 'applied', lastSeq: life.lastSeq, outcomes: repeated }))
    else fresh.set(place, { place, outbox, heads: push.heads, state: life.state, repeated, chained: events, known, last, outcomes: [], books: null })
  }

  // From here on nothing is refused any more: what is booked is written while the next portion is read.
  for (let place = 0; place < portions.count; place += 1) {
    portions.askNext()
    const { portion, open } = await portions.takeNext()
    if (recovering) await learnDebts(transaction, portion, open.shared)
    const rows = bookPortion(portion, open, fresh, { recovering, nowMs })
    for (const written of [transaction.writeRedemptions(takeRedemptions(open.shared)), transaction.insertEvents(rows, nowMs)]) void ask(written)
  }
  const booked = [...fresh.values()]
  for (const { place, outbox, heads, repeated, chained, known, last, outcomes } of booked) {
    proofs.push(...heads.map((head) => proofOf(outbox, head)))
    const answer: PushAnswer = { result: 'applied', lastSeq: last.header.seq, outcomes: repeated.length === 0 ? outcomes : [...repeated, ...outcomes] }
    settle(place, { answer, fresh: fromPlace(chained, known), outcomes })
  }
  const open = await portions.books()
  const recording = (): Promise<void>[] => [
    transaction.keepBatchProofs(proofs, nowMs),
    transaction.advanceIncarnations(booked.map(({ outbox, last }) => ({ outbox, lastSeq: last.header.seq, lastHash: last.hash })), nowMs),
  ]
  if (booked.length === 0) await allEnded(recording())
  else await writeAll(transaction, booked, open.shared, recording, recovering, nowMs)
  return uploads.map((_upload, place) => {
    const result = results.get(place)
    if (result === undefined) throw new Error('every upload has its result')
    return result
  })
}

/** Books what is new in it. The rows of its events. */
function bookPortion(portion: readonly PortionRead[], open: OpenBooks, fresh: ReadonlyMap<number, Fresh>, moment: Omit<BookingMoment, 'state'>): EventRow[] {
  const rows: EventRow[] = []
  for (const { upload: place, from, read } of portion) {
    const upload = fresh.get(place)
    if (upload === undefined || from + read.length <= upload.known) continue
    upload.books ??= open.of(upload.outbox, { ...moment, state: upload.state })
    const first = Math.max(from, upload.known)
    let at = first
    for (const outcome of bookEvents(upload.books, fromPlace(read, first - from))) {
      const event = upload.chained[at]
      if (event === undefined) throw new Error('every outcome has its event')
      rows.push({ outbox: upload.outbox, event, outcome })
      upload.outcomes.push(outcome)
      at += 1
    }
  }
  return rows
}

function fromPlace<Item>(items: readonly Item[], place: number): readonly Item[] {
  return place === 0 ? items : items.slice(place)
}

/** What the station has signed stays as its word, above all where it contradicts an earlier one. */
function proofOf(outbox: Outbox, { firstSeq, lastSeq, lastHash, signature }: PushHead): KeptProof {
  return { outbox, firstSeq, lastSeq, lastHash: Buffer.from(lastHash, 'hex'), signature: Buffer.from(signature, 'base64url') }
}

function nothingNew(answer: PushAnswer): Taken {
  return { answer, fresh: [], outcomes: [] }
}
