// The events of uploads, a portion after the other: each is read and all that it names is asked for before the portion before it
// is written, so that the database writes the one while the next is read, and has answered for it when its turn comes. One
// transaction all the same. Only plain facts that are trusted come in several portions: what else an event may name is locked in
// an order that goes through all of them.

import type { StoreTransaction } from '../store/central-store.ts'
import type { Ask } from '../store/all-ended.ts'
import type { Outbox } from '../store/outboxes.ts'
import { arePlain, type EventRead, readableOf, readBody } from './book-events.ts'
import { namesIn, newNames } from './names-in-uploads.ts'
import { learnMore, openBooks, type OpenBooks } from './open-books.ts'
import type { PushedEvent } from './push-batch.ts'

/** Whether slices are believed to hold what their station spent of them; else they are asked for. */
export type Trust = 'trusting' | 'asking'

export interface BookingOptions {
  trust: Trust
  nowMs: number
  /** At most so many in one. */
  portionEvents: number
}

export interface UploadOfEvents {
  outbox: Outbox
  events: readonly PushedEvent[]
}

/** Events of one upload, one behind the other. */
export interface PortionRead {
  /** Among the uploads. */
  upload: number
  /** Where the first of them stands among the upload's. */
  from: number
  read: readonly EventRead[]
}

export interface Portions {
  count: number
  /** Reads the next portion, if there is one, and asks for what it names. */
  askNext(): void
  /** The first portion that was asked for and not taken yet, and the books that know all that it names. Only the taker has it then: what was read of thousands of events is not kept until the last of them is written. */
  takeNext(): Promise<{ portion: readonly PortionRead[]; open: OpenBooks }>
  /** Of all portions. */
  books(): Promise<OpenBooks>
}

interface Asked {
  portion: readonly PortionRead[]
  known: Promise<unknown>
}

export function openPortions(transaction: StoreTransaction, uploads: readonly UploadOfEvents[], { trust, nowMs, portionEvents }: BookingOptions, ask: Ask): Portions {
  const isTrusted = trust === 'trusting' && uploads.every(({ events }) => arePlain(events))
  const cut = cutUp(uploads, isTrusted ? portionEvents : Number.POSITIVE_INFINITY)
  const names = { riders: new Set<string>(), moving: new Set<string>(), staff: new Set<string>(), items: new Map<string, Set<string>>() }
  const asked: Asked[] = []
  let readTo = 0
  let opening: Promise<OpenBooks> | null = null
  return {
    count: cut.length,
    askNext() {
      const next = cut[readTo]
      if (next === undefined) return
      readTo += 1
      const portion = next.map(({ upload, from, events }): PortionRead => ({ upload, from, read: events.map(readBody) }))
      const readable = portion.flatMap(({ upload, read }) => {
        const outbox = uploads[upload]?.outbox
        return outbox === undefined ? [] : [{ outbox, readable: readableOf(read) }]
      })
      const named = newNames(namesIn(readable), names)
      const known: Promise<unknown> = opening === null ? (opening = ask(openBooks(transaction, readable, named, isTrusted, nowMs))) : ask(learnMore(transaction, opening, named))
      asked.push({ portion, known })
    },
    async takeNext() {
      const one = asked.shift()
      if (one === undefined || opening === null) throw new Error('a portion is asked for before it is booked')
      await one.known
      return { portion: one.portion, open: await opening }
    },
    async books() {
      if (opening === null) throw new Error('books are opened before they are written')
      return opening
    },
  }
}

interface Slice {
  upload: number
  from: number
  events: readonly PushedEvent[]
}

/** Where many stations come together PostgreSQL has another group to write meanwhile, and each statement more is only a cost (docs/decisions/0013): these are one portion. */
function cutUp(uploads: readonly UploadOfEvents[], eventsMax: number): Slice[][] {
  const [alone, ...others] = uploads
  if (alone === undefined || others.length > 0) return [uploads.map(({ events }, upload) => ({ upload, from: 0, events }))]
  const { events } = alone
  const portions: Slice[][] = []
  for (let from = 0; from < events.length; from += eventsMax) portions.push([{ upload: 0, from, events: events.slice(from, from + eventsMax) }])
  return portions
}
