// One training as central keeps it: its terms, its places with their owners, the blocks that were lent, and how each rider
// stands to it (invariant 7, docs/decisions/0007). Plain data and how it is looked up and replaced; the rules that move it are
// beside this file. A place is central's unless it lies in a block, which belongs to one life of one station's file.

import type { Holder } from '../ledger.ts'

export const SIGNUP_STANDINGS = ['seated', 'waiting', 'offered', 'declined', 'cancelled', 'refused', 'attended'] as const
export type SignupStanding = (typeof SIGNUP_STANDINGS)[number]

/** Why a request was refused. */
export const SIGNUP_REFUSALS = [
  'training_unknown', 'rider_unknown', 'training_cancelled', 'training_over', 'already_signed_up', 'not_invited', 'list_full', 'not_signed_up', 'offer_over',
] as const
export type SignupRefusal = (typeof SIGNUP_REFUSALS)[number]

/** What a rider is to be told beside his state, until he has seen it. */
export const SIGNUP_NOTES = ['seated_twice', 'place_lost', 'refused'] as const
export type SignupNote = (typeof SIGNUP_NOTES)[number]

export interface TrainingTerms {
  state: 'open' | 'cancelled'
  capacity: number
  startsAtMs: number
  endsAtMs: number
  /** Until then riders sign up, and places are offered. */
  closesAtMs: number
  /** From then on host stations give back what nobody has taken. */
  blocksBackAtMs: number
  /** How long a rider may take to answer an offer. */
  answerMs: number
}

export interface Seat {
  seat: number
  /** null: central's own. */
  block: string | null
  rider: string | null
  /** Held for a rider who was offered it; central's own places only. */
  offeredTo: string | null
  /** Somebody has given it up: the next one is asked, not put on it. */
  vacated: boolean
  /** There were more places once. */
  retired: boolean
}

export interface SeatBlock extends Holder {
  id: string
  seats: readonly number[]
  received: boolean
  /** The holder is asked to give back what nobody has taken. For good: what is lent later is another block. */
  recalled: boolean
}

export interface Signup {
  rider: string
  /** The request that began it: whatever is meant for an earlier one does not touch this one. */
  id: string
  standing: SignupStanding
  seat: number | null
  /** In the waiting list; the smallest is the head. */
  number: number | null
  offerEndsAtMs: number | null
  /** When central heard of it. */
  askedAtMs: number
  refusal: SignupRefusal | null
  note: SignupNote | null
  /** The revision of the training that he has seen. */
  seenRevision: number
}

export interface TrainingBook {
  training: string
  terms: TrainingTerms
  seats: ReadonlyMap<number, Seat>
  blocks: ReadonlyMap<string, SeatBlock>
  /** By rider. */
  signups: ReadonlyMap<string, Signup>
  /** The last number that was given out in the waiting list. */
  lastNumber: number
}

/** More than this nobody is queued: the list would be no promise. */
export const WAITING_MAX = 500

export function withSeat(book: TrainingBook, seat: Seat): TrainingBook {
  return { ...book, seats: new Map(book.seats).set(seat.seat, seat) }
}

export function withBlock(book: TrainingBook, block: SeatBlock): TrainingBook {
  return { ...book, blocks: new Map(book.blocks).set(block.id, block) }
}

export function withSignup(book: TrainingBook, signup: Signup): TrainingBook {
  return { ...book, signups: new Map(book.signups).set(signup.rider, signup) }
}

/** He has a place, waits for one, or was offered one. */
export function isActive(signup: Signup | undefined): signup is Signup {
  return signup !== undefined && (signup.standing === 'seated' || signup.standing === 'waiting' || signup.standing === 'offered' || signup.standing === 'attended')
}

/** Places that exist, whoever owns them, by their numbers. */
export function seatsInUse(book: TrainingBook): Seat[] {
  return [...book.seats.values()].filter(({ retired }) => !retired).toSorted((one, other) => one.seat - other.seat)
}

/** Central's own places that nobody has and nobody was offered, by their numbers. */
export function freeAtCentral(book: TrainingBook): Seat[] {
  return seatsInUse(book).filter(({ block, rider, offeredTo }) => block === null && rider === null && offeredTo === null)
}

/** Lent, and as far as central knows taken by nobody, by their numbers. */
export function freeInBlock(book: TrainingBook, block: string): Seat[] {
  return seatsInUse(book).filter((seat) => seat.block === block && seat.rider === null)
}

/** Riders who wait, the head first. */
export function waitingList(book: TrainingBook): Signup[] {
  return [...book.signups.values()].filter(({ standing }) => standing === 'waiting').toSorted((one, other) => (one.number ?? 0) - (other.number ?? 0))
}

export function takenSeats(book: TrainingBook): Seat[] {
  return seatsInUse(book).filter(({ rider }) => rider !== null)
}

/** Places that are more than the capacity allows by now: shown to staff until cancellations bring them down. */
export function surplusSeats(book: TrainingBook): number {
  return Math.max(0, seatsInUse(book).length - book.terms.capacity)
}

/** The places a training begins with, or gets by a greater capacity: retired ones come back first, then new numbers. */
export function seatsAdded(book: Pick<TrainingBook, 'seats'>, capacity: number): Seat[] {
  const all = [...book.seats.values()]
  let missing = capacity - all.filter(({ retired }) => !retired).length
  const added: Seat[] = []
  for (const seat of all.filter(({ retired }) => retired).toSorted((one, other) => one.seat - other.seat)) {
    if (missing <= 0) return added
    added.push({ ...seat, retired: false, vacated: false })
    missing -= 1
  }
  const highest = Math.max(0, ...all.map(({ seat }) => seat))
  for (let more = 1; more <= missing; more += 1) added.push({ seat: highest + more, block: null, rider: null, offeredTo: null, vacated: false, retired: false })
  return added
}
