// What new events of stations mean for the books. Reads each body by its schema, plans in memory (points: book-points;
// goods: signed movements), then writes it all. A body that cannot be read is parked; a fact that breaks a rule is booked and
// flagged; what a banned file says is flagged and books only goods handed out; none of it ever stops the queue (invariant 3).

import { EVENT_BODIES, type EventName } from '../../contract/sync/event-bodies.ts'
import { isPlainRedemption } from '../../contract/sync/plain-redemption.ts'
import type { EventHeader } from '../../contract/sync/event-envelope.ts'
import type { FlagCode, ParkCode } from '../../contract/sync/odd-codes.ts'
import type { EventOutcome } from '../../contract/sync/sync-protocol.ts'
import type { SentEvent } from '../store/outboxes.ts'
import {
  bookAttended, bookEarned, bookEarningSliceReceived, bookReceived, bookRedeemed, bookRedeemedByBanned, bookReturned, bookUndone,
} from './book-points.ts'
import { bookWishConfirmed, bookWishEdited, bookWishFulfilled, bookWishPosted, bookWishWithdrawn } from './book-wishes.ts'
import type { SignupRefusal } from '../../domain/training/training-book.ts'
import {
  bookBlockFact, bookRequest, bookSeatedFact, bookSeenFact, requestedAct, type TrainingMoment,
} from './book-trainings.ts'
import type { Books } from './books.ts'
import type { ReadEvent } from './names-in-uploads.ts'
import { bookRegistered } from './book-people.ts'
import { parseText } from './push-batch.ts'

/** Of a fact its flag; of a request what central decided. */
type Verdict = FlagCode | null | { granted: true } | { refused: SignupRefusal }

/** An event whose body nobody here can read. */
export interface UnreadEvent {
  name: null
  code: ParkCode
  event: SentEvent
}

export type EventRead = ReadEvent | UnreadEvent

/** What of an upload's events can be read at all. */
export function readableOf(events: readonly EventRead[]): ReadEvent[] {
  return events.filter((event) => event.name !== null)
}

/** Plans one after the other over the books, which were opened for all that these events name. Nothing of it is written yet. One an event, in their order. */
export function bookEvents(books: Books, events: readonly EventRead[]): EventOutcome[] {
  return events.map((read): EventOutcome => {
    const { seq } = read.event.header
    if (read.name === null) return { seq, outcome: 'parked', code: read.code }
    return outcomeOf(seq, books.moment.state === 'banned' ? bookBannedEvent(books, read) : bookEvent(books, read))
  })
}

function outcomeOf(seq: number, verdict: Verdict): EventOutcome {
  if (verdict === null) return { seq, outcome: 'recorded' }
  if (typeof verdict === 'string') return { seq, outcome: 'flagged', code: verdict }
  return 'granted' in verdict ? { seq, outcome: 'granted' } : { seq, outcome: 'refused', code: verdict.refused }
}

function decided(refusal: SignupRefusal | null): Verdict {
  return refusal === null ? { granted: true } : { refused: refusal }
}

/** What a station records day in, day out, also while it is cut off: names riders, goods, staff and requests of its screen, and moves points out of its slices alone. */
const PLAIN: ReadonlySet<EventName> = new Set<EventName>([
  'redemption.recorded/1', 'checkin.recorded/1', 'checkin.counted/1', 'scan.refused/1', 'staff.signed_in/1', 'restock.recorded/1',
])

/** Whether no event that anybody here can read is anything else. */
export function arePlain(events: readonly SentEvent[]): boolean {
  return events.every(({ header }) => {
    const name = nameOf(header)
    return name === undefined || PLAIN.has(name)
  })
}

/** `bodyText`: null where its body is no text. */
export interface ReadableEvent extends SentEvent {
  readonly bodyText: string | null
}

/** Needs nothing but the event: it can be read while the database is asked who sends it. */
export function readBody(event: ReadableEvent): EventRead {
  const name = nameOf(event.header)
  if (name === undefined) return { name: null, code: 'kind_unknown', event }
  const text = event.bodyText
  const said = text === null ? null : parseText(text)
  if (name === 'redemption.recorded/1' && isPlainRedemption(said)) return { name, body: said, event }
  const body = EVENT_BODIES[name].safeParse(said)
  return body.success ? ({ name, body: body.data, event } as ReadEvent) : { name: null, code: 'body_unreadable', event }
}

function nameOf({ kind, version }: EventHeader): EventName | undefined {
  return KNOWN_NAMES.get(kind)?.get(version)
}

/** By kind and version: found without putting a name together for each event. */
const KNOWN_NAMES = namesByKind(Object.keys(EVENT_BODIES) as EventName[])

function namesByKind(names: readonly EventName[]): ReadonlyMap<string, ReadonlyMap<number, EventName>> {
  const ofKinds = new Map<string, Map<number, EventName>>()
  for (const name of names) {
    const [kind = '', version] = name.split('/')
    const ofKind = ofKinds.get(kind) ?? new Map<number, EventName>()
    ofKinds.set(kind, ofKind.set(Number(version), name))
  }
  return ofKinds
}

function bookBannedEvent(books: Books, { name, body, event }: ReadEvent): FlagCode {
  if (name === 'redemption.recorded/1') bookRedeemedByBanned(books, body, event)
  // Somebody was told that he has a place: where it was given anew he comes first in the list.
  if (name === 'signup.seated/1') bookSeatedFact(books.training, body, books.riderDistricts.has(body.rider), momentOf(books))
  return 'banned'
}

function momentOf({ outbox: { station, incarnation }, moment: { nowMs, recovering } }: Books): TrainingMoment {
  return { station, incarnation, recovering, nowMs, mayGive: !recovering }
}

function bookEvent(books: Books, { name, body, event }: ReadEvent): Verdict {
  switch (name) {
    case 'redemption.recorded/1':
      return bookRedeemed(books, body, event)
    case 'redemption.undone/1':
      return bookUndone(books, body, event)
    case 'allowance.received/1':
      return bookReceived(books, body, event)
    case 'allowance.returned/1':
      return bookReturned(books, body, event)
    case 'earning_slice.received/1':
      return bookEarningSliceReceived(books, body, event)
    case 'points.earned/1':
      return bookEarned(books, body, event)
    case 'wish.posted/1':
      return bookWishPosted(books, body, event)
    case 'wish.edited/1':
      return bookWishEdited(books, body, event)
    case 'wish.withdrawn/1':
      return bookWishWithdrawn(books, body, event)
    case 'wish.confirmed/1':
      return bookWishConfirmed(books, body, event)
    case 'wish.fulfilled/1':
      return bookWishFulfilled(books, body, event)
    case 'restock.recorded/1':
      for (const line of body.lines) {
        books.movements.push({ ...books.outbox, item: line.item, lot: line.lot, quantity: line.quantity, expiryDay: line.expiryDay, donor: line.donor })
      }
      if (!books.staff.has(body.staff)) return 'staff_unknown'
      return body.lines.every((line) => books.items.has(line.item)) ? null : 'item_unknown'
    case 'checkin.recorded/1':
      return books.riderDistricts.has(body.rider) ? null : 'rider_unknown'
    case 'staff.signed_in/1':
      return books.staff.has(body.staff) ? null : 'staff_unknown'
    case 'checkin.counted/1':
    case 'scan.refused/1':
      return null
    case 'rider.registered/1':
      return bookRegistered(books, body, event)
    case 'seat_block.received/1':
      return bookBlockFact(books.training, { name: 'received', body }, momentOf(books))
    case 'seat_block.returned/1':
      return bookBlockFact(books.training, { name: 'returned', body }, momentOf(books))
    case 'signup.seated/1':
      return bookSeatedFact(books.training, body, books.riderDistricts.has(body.rider), momentOf(books))
    case 'signup.requested/1':
      return decided(bookRequest(books.training, body, books.riderDistricts.has(body.rider), momentOf(books), (open) => requestedAct(books.training, body, open)))
    case 'signup.cancelled/1':
      return decided(bookRequest(books.training, body, books.riderDistricts.has(body.rider), momentOf(books), () => ({ act: 'cancelled', fact: { id: body.signup, rider: body.rider } })))
    case 'signup.offer_answered/1':
      return decided(bookRequest(books.training, body, books.riderDistricts.has(body.rider), momentOf(books), () => ({
        act: 'answered', fact: { id: body.signup, rider: body.rider, accept: body.accept },
      })))
    case 'signup.acknowledged/1':
      return bookSeenFact(books.training, body, momentOf(books))
    case 'attendance.recorded/1':
      return bookAttended(books, body, event, momentOf(books))
  }
}
