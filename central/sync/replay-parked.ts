// Events that were parked because nobody here could read them, once more: a newer program may. What can be read now is booked as if
// it had just come, behind what was booked since (every booking is a signed amount, so the sums are the same), and is told like
// anything else; what still can not stays parked. Run at the start and now and then (a process of before may park more while the
// new one is up), by any process of central, by several at once without harm: a page of one life a transaction, under its station's
// lock, read again there.

import { isUtf8 } from 'node:buffer'
import { decodeHeader } from '../../contract/sync/event-envelope.ts'
import type { CentralStore, StoreTransaction } from '../store/central-store.ts'
import type { Outbox } from '../store/outboxes.ts'
import type { ParkedEvent } from '../store/parked-events.ts'
import { bookEvents, type EventRead, type ReadableEvent, readableOf, readBody } from './book-events.ts'
import { takeRedemptions } from './books.ts'
import { namesIn } from './names-in-uploads.ts'
import { openBooks } from './open-books.ts'
import { writeAll } from './tell-uploads.ts'

const REPLAY_EVERY_MS = 3_600_000
const PAGE_EVENTS = 500

export interface ReplayOptions {
  nowMs: number
  /** Reads an event as this program does. */
  read?: (event: ReadableEvent) => EventRead
  pageEvents?: number
}

/** How many of them are parked no more. */
export async function replayParked(store: CentralStore, { nowMs, read = readBody, pageEvents = PAGE_EVENTS }: ReplayOptions): Promise<number> {
  let replayed = 0
  for (const outbox of await store.transaction('snapshot', (snapshot) => snapshot.readParkedLives())) {
    let after: number | null = 0
    while (after !== null) {
      const from: number = after
      const page = await store.transaction('write', (transaction) => replayPage(transaction, outbox, { nowMs, read, after: from, pageEvents }))
      replayed += page.replayed
      after = page.next
    }
  }
  return replayed
}

export interface ReplayingParts {
  store: CentralStore
  nowMs(): number
  /** Some are booked now. */
  replayed(events: number): void
  failed(error: unknown): void
}

/** Looks at once and once an hour. The answer ends it, after the look that is under way. */
export function startReplaying({ store, nowMs, replayed, failed }: ReplayingParts): () => Promise<void> {
  const look = async (): Promise<void> => {
    const events = await replayParked(store, { nowMs: nowMs() })
    if (events > 0) replayed(events)
  }
  let underWay: Promise<void> = look().catch(failed)
  const timer = setInterval(() => {
    underWay = underWay.then(look).catch(failed)
  }, REPLAY_EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}

interface Page {
  replayed: number
  /** Behind which the next one begins; null: this was the last. */
  next: number | null
}

async function replayPage(transaction: StoreTransaction, outbox: Outbox, { nowMs, read, after, pageEvents }: Required<ReplayOptions> & { after: number }): Promise<Page> {
  await transaction.lockStation(outbox.station)
  const parked = (await transaction.readParked({ outbox, after, limit: pageEvents })).map(asSent)
  const last = parked.at(-1)
  if (last === undefined) return { replayed: 0, next: null }
  const next = parked.length < pageEvents ? null : last.header.seq
  const readable = readableOf(parked.map(read))
  const life = await transaction.findIncarnation(outbox.station, outbox.incarnation)
  if (readable.length === 0 || life === null) return { replayed: 0, next }

  const uploads = [{ outbox, readable }]
  const recovering = await transaction.readRecovering()
  const open = await openBooks(transaction, uploads, namesIn(uploads), false, nowMs)
  const books = open.of(outbox, { state: life.state, recovering, nowMs })
  const outcomes = bookEvents(books, readable)
  // Before all else: what is undone in the same page refers to it.
  await transaction.writeRedemptions(takeRedemptions(open.shared))
  // How far the file has got is known since they came: it is no progress of a recovery.
  await writeAll(transaction, [{ outbox, last, books }], open.shared, () => [transaction.settleParked(outbox, outcomes)], false, nowMs)
  return { replayed: outcomes.length, next }
}

function asSent({ headerLine, body }: ParkedEvent): ReadableEvent {
  const header = decodeHeader(headerLine)
  if (header === null) throw new Error('what is recorded has a header')
  return { header, headerLine, body, bodyText: isUtf8(body) ? Buffer.from(body).toString('utf8') : null }
}
