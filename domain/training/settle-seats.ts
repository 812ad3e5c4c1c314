// What follows from how places and riders stand, after anything has moved and whenever a clock of central's own may have run
// out: offers that are over end, places beyond the capacity go, free ones go to the head of the list, lent ones are recalled
// while somebody waits. And which places are lent. Nothing here takes a place that is not central's, or a seat from anybody.

import type { Holder } from '../ledger.ts'
import { freeAtCentral, freeInBlock, type Seat, type SeatBlock, surplusSeats, type TrainingBook, waitingList, withBlock, withSeat, withSignup } from './training-book.ts'

/** `mayGive`: false while central recovers; then nobody is put on a place or offered one. */
export function settleSeats(book: TrainingBook, nowMs: number, mayGive: boolean): TrainingBook {
  const ended = retireSurplus(endOffers(book, nowMs))
  return recallBlocks(mayGive ? giveFreeSeats(ended, nowMs) : ended)
}

/** The next moment at which time alone changes something; null: none. Now, where somebody waits beside a free place: central recovers. */
export function nextSettlingMs(book: TrainingBook, nowMs: number): number | null {
  const { state, closesAtMs } = book.terms
  if (state === 'open' && nowMs < closesAtMs && waitingList(book).length > 0 && freeAtCentral(book).length > 0) return nowMs
  const ends = [...book.signups.values()].flatMap(({ standing, offerEndsAtMs }) => (standing === 'offered' && offerEndsAtMs !== null ? [offerEndsAtMs] : []))
  return ends.length === 0 ? null : Math.min(...ends)
}

function endOffers(book: TrainingBook, nowMs: number): TrainingBook {
  let next = book
  for (const signup of book.signups.values()) {
    if (signup.standing !== 'offered' || signup.offerEndsAtMs === null || signup.offerEndsAtMs > nowMs) continue
    next = vacate(next, signup.seat)
    next = withSignup(next, { ...signup, standing: 'declined', seat: null, offerEndsAtMs: null })
  }
  return next
}

/** A place that somebody had, or was offered: its owner's again. */
export function vacate(book: TrainingBook, number: number | null): TrainingBook {
  const seat = number === null ? undefined : book.seats.get(number)
  return seat === undefined ? book : withSeat(book, { ...seat, rider: null, offeredTo: null, vacated: true })
}

function retireSurplus(book: TrainingBook): TrainingBook {
  let next = book
  for (const seat of freeAtCentral(book).toReversed()) {
    if (surplusSeats(next) === 0) return next
    next = withSeat(next, { ...seat, retired: true })
  }
  return next
}

function giveFreeSeats(book: TrainingBook, nowMs: number): TrainingBook {
  const { state, closesAtMs, answerMs } = book.terms
  if (state !== 'open' || nowMs >= closesAtMs) return book
  let next = book
  const waiting = waitingList(book)
  for (const seat of freeAtCentral(book)) {
    const head = waiting.shift()
    if (head === undefined) return next
    // Whoever has asked so lately still wants it; a place that was somebody's is offered all the same, for he may have been told that he waits.
    const stillWants = !seat.vacated && nowMs - head.askedAtMs < answerMs
    next = stillWants ? seatRider(next, seat, head.rider) : offerSeat(next, seat, head.rider, Math.min(nowMs + answerMs, closesAtMs))
  }
  return next
}

/** Puts a rider who is on the list, or was offered it, on a free place. */
export function seatRider(book: TrainingBook, seat: Seat, rider: string): TrainingBook {
  const signup = book.signups.get(rider)
  if (signup === undefined) throw new Error('a rider is seated who is not on the list')
  const seated = withSeat(book, { ...seat, rider, offeredTo: null, vacated: false })
  return withSignup(seated, { ...signup, standing: 'seated', seat: seat.seat, number: null, offerEndsAtMs: null, refusal: null })
}

function offerSeat(book: TrainingBook, seat: Seat, rider: string, offerEndsAtMs: number): TrainingBook {
  const signup = book.signups.get(rider)
  if (signup === undefined) throw new Error('a rider is offered a place who is not on the list')
  const held = withSeat(book, { ...seat, offeredTo: rider })
  return withSignup(held, { ...signup, standing: 'offered', seat: seat.seat, number: null, offerEndsAtMs })
}

/** Lent places that nobody has taken are asked for where somebody waits, where there are too many places, or none is wanted any more. */
function recallBlocks(book: TrainingBook): TrainingBook {
  const isWanted = book.terms.state === 'cancelled' || surplusSeats(book) > 0 || waitingList(book).length > 0
  if (!isWanted) return book
  let next = book
  for (const block of book.blocks.values()) {
    if (!block.recalled && freeInBlock(book, block.id).length > 0) next = withBlock(next, { ...block, recalled: true })
  }
  return next
}

export interface LendingRule {
  /** Of one block. */
  seatsMax: number
}

/** Half of what lies free at central, when the host has nothing left to give and nobody waits. null: nothing is lent. */
export function planLending(book: TrainingBook, host: Holder, block: string, rule: LendingRule, nowMs: number): SeatBlock | null {
  const { state, blocksBackAtMs } = book.terms
  if (state !== 'open' || nowMs >= blocksBackAtMs || surplusSeats(book) > 0 || waitingList(book).length > 0) return null
  const held = [...book.blocks.values()].filter(({ station, incarnation }) => station === host.station && incarnation === host.incarnation)
  if (held.some(({ id }) => freeInBlock(book, id).length > 0)) return null
  const free = freeAtCentral(book)
  const count = Math.min(rule.seatsMax, Math.floor(free.length / 2))
  if (count === 0) return null
  return { id: block, ...host, seats: free.slice(-count).map(({ seat }) => seat), received: false, recalled: false }
}

export function lendBlock(book: TrainingBook, block: SeatBlock): TrainingBook {
  let next = withBlock(book, block)
  for (const number of block.seats) {
    const seat = next.seats.get(number)
    if (seat === undefined || seat.block !== null || seat.rider !== null || seat.offeredTo !== null) throw new Error(`place ${number} is not free to be lent`)
    next = withSeat(next, { ...seat, block: block.id, vacated: false })
  }
  return next
}

/** The file is given up: all its places are central's; who sits on one stays. */
export function writeOffBlocks(book: TrainingBook, { station, incarnation }: Holder): TrainingBook {
  let next = book
  for (const seat of book.seats.values()) {
    const block = seat.block === null ? undefined : book.blocks.get(seat.block)
    if (block?.station === station && block.incarnation === incarnation) next = withSeat(next, { ...seat, block: null })
  }
  return next
}
