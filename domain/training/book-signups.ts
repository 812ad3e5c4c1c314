// What a station's facts and requests about places mean for a training. A fact is booked as far as it can be and flagged where it
// breaks a rule; a request is granted or refused. Nobody is put on a place that somebody has, and nobody has two (invariant 7).
// Whatever follows (offers, recalls) is settle-seats'.

import type { Holder } from '../ledger.ts'
import { seatRider, vacate } from './settle-seats.ts'
import {
  freeAtCentral, isActive, type SeatBlock, type Signup, type SignupRefusal, type TrainingBook, waitingList, WAITING_MAX, withBlock, withSeat, withSignup,
} from './training-book.ts'

export type SeatFlag = 'seat_not_held' | 'seated_twice' | 'block_unknown' | 'already_attended'

/** A fact: `flag` null where it breaks no rule. */
export interface BookedFact {
  book: TrainingBook
  flag: SeatFlag | null
}

export interface DecidedRequest {
  book: TrainingBook
  refusal: SignupRefusal | null
}

export interface SignupFact {
  /** The request that began it. */
  id: string
  rider: string
  /** The revision of the training that was on the screen. */
  revision: number
}

/** A rider took a place of the block that his station held. */
export function bookSeated(book: TrainingBook, fact: SignupFact & { seat: number; holder: Holder }, nowMs: number, mayGive: boolean): BookedFact {
  const before = book.signups.get(fact.rider)
  if (before?.standing === 'attended') return { book, flag: 'already_attended' }
  if (before?.standing === 'seated') return { book: withSignup(book, { ...before, note: 'seated_twice' }), flag: 'seated_twice' }
  const seat = book.seats.get(fact.seat)
  const block = seat?.block === undefined || seat.block === null ? undefined : book.blocks.get(seat.block)
  const isOwn = block?.station === fact.holder.station && block.incarnation === fact.holder.incarnation
  // A place that he was offered beside it is the next one's.
  const freed = before?.standing === 'offered' ? vacate(book, before.seat) : book
  const listed = withSignup(freed, begun(fact, nowMs))
  if (seat !== undefined && isOwn && seat.rider === null && !seat.retired) return { book: seatRider(listed, seat, fact.rider), flag: null }
  return { book: seatAnew(listed, fact.rider, mayGive), flag: 'seat_not_held' }
}

/** His place was given anew, to somebody else: another one if there is one, else he is the first to get one. */
export function seatAnew(book: TrainingBook, rider: string, mayGive: boolean): TrainingBook {
  const signup = book.signups.get(rider)
  if (signup === undefined) throw new Error('a rider is seated anew who is not on the list')
  const waiting = waitingList(book).filter((other) => other.rider !== rider)
  const [free] = freeAtCentral(book)
  if (free !== undefined && mayGive && waiting.length === 0) return seatRider(book, free, rider)
  const number = Math.min(0, (waiting[0]?.number ?? 1) - 1)
  return withSignup(book, { ...signup, standing: 'waiting', seat: null, number, offerEndsAtMs: null, note: 'place_lost' })
}

/** A rider asks for a place of central's. `isInvited`: the training is for people like him. */
export function bookRequested(book: TrainingBook, fact: SignupFact & { isInvited: boolean }, nowMs: number, mayGive: boolean): DecidedRequest {
  const before = book.signups.get(fact.rider)
  if (isActive(before)) return { book, refusal: 'already_signed_up' }
  const refusal = refusalOf(book, fact.isInvited, nowMs)
  if (refusal !== null) return { book: withSignup(book, { ...begun(fact, nowMs), standing: 'refused', number: null, refusal, note: 'refused' }), refusal }
  const [free] = freeAtCentral(book)
  const waiting = waitingList(book)
  const number = book.lastNumber + 1
  const listed = { ...withSignup(book, { ...begun(fact, nowMs), number }), lastNumber: number }
  const isFree = free !== undefined && mayGive && waiting.length === 0
  return { book: isFree ? seatRider(listed, free, fact.rider) : listed, refusal: null }
}

function refusalOf(book: TrainingBook, isInvited: boolean, nowMs: number): SignupRefusal | null {
  const { state, closesAtMs } = book.terms
  if (state === 'cancelled') return 'training_cancelled'
  if (nowMs >= closesAtMs) return 'training_over'
  if (!isInvited) return 'not_invited'
  return waitingList(book).length >= WAITING_MAX ? 'list_full' : null
}

function begun({ id, rider, revision }: SignupFact, nowMs: number): Signup {
  return { rider, id, standing: 'waiting', seat: null, number: null, offerEndsAtMs: null, askedAtMs: nowMs, refusal: null, note: null, seenRevision: revision }
}

/** He gives up his place, his turn, or what he was offered; the place is its owner's again. */
export function bookCancelled(book: TrainingBook, { id, rider }: Pick<SignupFact, 'id' | 'rider'>): DecidedRequest {
  const signup = book.signups.get(rider)
  if (signup === undefined || signup.id !== id || !isActive(signup) || signup.standing === 'attended') return { book, refusal: 'not_signed_up' }
  const freed = vacate(book, signup.seat)
  return { book: withSignup(freed, { ...signup, standing: 'cancelled', seat: null, number: null, offerEndsAtMs: null }), refusal: null }
}

export function bookAnswered(book: TrainingBook, { id, rider, accept }: Pick<SignupFact, 'id' | 'rider'> & { accept: boolean }, nowMs: number, mayGive: boolean): DecidedRequest {
  const signup = book.signups.get(rider)
  if (signup === undefined || signup.id !== id) return { book, refusal: 'not_signed_up' }
  const seat = signup.seat === null ? undefined : book.seats.get(signup.seat)
  const stands = signup.standing === 'offered' && signup.offerEndsAtMs !== null && signup.offerEndsAtMs > nowMs && seat?.offeredTo === rider
  if (!accept) {
    if (signup.standing !== 'offered') return { book, refusal: signup.standing === 'declined' ? null : 'offer_over' }
    return { book: withSignup(vacate(book, signup.seat), { ...signup, standing: 'declined', seat: null, offerEndsAtMs: null }), refusal: null }
  }
  if (stands && book.terms.state === 'open') return { book: seatRider(book, seat, rider), refusal: null }
  // Said in time at a station that was cut off, and heard too late: a place that nobody else wants is his all the same.
  const [free] = freeAtCentral(book)
  const isFree = free !== undefined && mayGive && waitingList(book).length === 0 && book.terms.state === 'open' && nowMs < book.terms.closesAtMs
  if (signup.standing === 'declined' && isFree) return { book: seatRider(book, free, rider), refusal: null }
  return { book, refusal: 'offer_over' }
}

/** A lent block has arrived. One that a restored central has forgotten is lent once more; who sits there meanwhile comes first in the list. */
export function bookBlockReceived(book: TrainingBook, fact: Pick<SeatBlock, 'id' | 'seats' | 'station' | 'incarnation'>, recovering: boolean): BookedFact {
  const known = book.blocks.get(fact.id)
  if (known !== undefined) {
    const isSame = known.station === fact.station && known.incarnation === fact.incarnation && known.seats.join() === fact.seats.join()
    return isSame ? { book: withBlock(book, { ...known, received: true }), flag: null } : { book, flag: 'block_unknown' }
  }
  if (!recovering) return { book, flag: 'block_unknown' }
  let next = withBlock(book, { ...fact, received: true, recalled: false })
  let flag: SeatFlag | null = null
  for (const number of fact.seats) {
    const seat = next.seats.get(number)
    if (seat === undefined || seat.block !== null) {
      flag = 'seat_not_held'
      continue
    }
    next = withSeat(next, { ...seat, block: fact.id, rider: null, offeredTo: null, vacated: false, retired: false })
    const displaced = seat.rider ?? seat.offeredTo
    if (displaced !== null) next = seatAnew(next, displaced, false)
  }
  return { book: next, flag }
}

/**
 * Places go back to central: those that are the station's to give. One that somebody has at central stays his, on a place of
 * central's: the station holds it no more, and a central that was restored may have forgotten that he gave it up, and hear of it
 * only when the station where he did so is back.
 */
export function bookBlockReturned(book: TrainingBook, fact: Holder & { seats: readonly number[] }): BookedFact {
  let next = book
  let flag: SeatFlag | null = null
  for (const number of fact.seats) {
    const seat = next.seats.get(number)
    const block = seat?.block === undefined || seat.block === null ? undefined : next.blocks.get(seat.block)
    const isOwn = block?.station === fact.station && block.incarnation === fact.incarnation
    if (!isOwn || seat?.rider !== null) flag = 'seat_not_held'
    if (isOwn && seat !== undefined) next = withSeat(next, { ...seat, block: null, vacated: false })
  }
  return { book: next, flag }
}

/** He was there. true: for the first time. */
export function bookAttended(book: TrainingBook, { id, rider, revision }: SignupFact, nowMs: number): { book: TrainingBook; first: boolean } {
  const signup = book.signups.get(rider)
  if (signup?.standing === 'attended') return { book, first: false }
  // What he was offered is the next one's; a place that he has stays his.
  const freed = signup?.standing === 'offered' ? vacate(book, signup.seat) : book
  const seat = signup?.standing === 'seated' ? signup.seat : null
  const attended: Signup = { ...(signup ?? begun({ id, rider, revision }, nowMs)), standing: 'attended', seat, number: null, offerEndsAtMs: null, refusal: null, note: null }
  return { book: withSignup(freed, attended), first: true }
}

/** He has seen what was changed, and what he was to be told. */
export function bookSeen(book: TrainingBook, { rider, revision }: Pick<SignupFact, 'rider' | 'revision'>): DecidedRequest {
  const signup = book.signups.get(rider)
  if (signup === undefined) return { book, refusal: 'not_signed_up' }
  return { book: withSignup(book, { ...signup, seenRevision: Math.max(signup.seenRevision, revision), note: null }), refusal: null }
}
