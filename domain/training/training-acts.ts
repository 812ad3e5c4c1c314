// Everything that can move a training at central, as plain acts: what a station said, what staff decided, what time did. Each is
// kept in its order; over all of them the places and the list come out as they stand (invariant 9), by this one function.

import type { Holder } from '../ledger.ts'
import {
  bookAnswered, bookAttended, bookBlockReceived, bookBlockReturned, bookCancelled, bookRequested, bookSeated, bookSeen, type SeatFlag, type SignupFact,
} from './book-signups.ts'
import { lendBlock, settleSeats, writeOffBlocks } from './settle-seats.ts'
import { type SeatBlock, seatsAdded, type SignupRefusal, type TrainingBook, type TrainingTerms, withSeat } from './training-book.ts'

export type TrainingAct =
  /** Made, or changed by staff: the terms as they are from now on. */
  | { act: 'terms_set'; terms: TrainingTerms }
  | { act: 'seated'; fact: SignupFact & { seat: number; holder: Holder } }
  | { act: 'requested'; fact: SignupFact & { isInvited: boolean } }
  | { act: 'cancelled'; fact: Pick<SignupFact, 'id' | 'rider'> }
  | { act: 'answered'; fact: Pick<SignupFact, 'id' | 'rider'> & { accept: boolean } }
  | { act: 'attended'; fact: SignupFact }
  | { act: 'seen'; fact: Pick<SignupFact, 'rider' | 'revision'> }
  | { act: 'lent'; block: SeatBlock }
  | { act: 'block_received'; fact: Pick<SeatBlock, 'id' | 'seats' | 'station' | 'incarnation'>; recovering: boolean }
  | { act: 'block_returned'; fact: Holder & { seats: readonly number[] } }
  | { act: 'written_off'; holder: Holder }
  /** Nothing but time. */
  | { act: 'settled' }

/** When central took it, and whether it might give places then: not while it recovered. */
export interface ActMoment {
  nowMs: number
  mayGive: boolean
}

export interface ActOutcome {
  book: TrainingBook
  flag: SeatFlag | null
  refusal: SignupRefusal | null
}

export function emptyTraining(training: string, terms: TrainingTerms): TrainingBook {
  return { training, terms, seats: new Map(), blocks: new Map(), signups: new Map(), lastNumber: 0 }
}

/** What follows from it (offers, recalls, places that are too many) follows at once. */
export function actOn(book: TrainingBook, act: TrainingAct, moment: ActMoment): ActOutcome {
  const { book: moved, flag = null, refusal = null } = move(book, act, moment)
  return { book: settleSeats(moved, moment.nowMs, moment.mayGive), flag, refusal }
}

function move(book: TrainingBook, act: TrainingAct, { nowMs, mayGive }: ActMoment): { book: TrainingBook; flag?: SeatFlag | null; refusal?: SignupRefusal | null } {
  switch (act.act) {
    case 'terms_set': {
      const changed = { ...book, terms: act.terms }
      return { book: seatsAdded(changed, act.terms.capacity).reduce(withSeat, changed) }
    }
    case 'seated':
      return bookSeated(book, act.fact, nowMs, mayGive)
    case 'requested':
      return bookRequested(book, act.fact, nowMs, mayGive)
    case 'cancelled':
      return bookCancelled(book, act.fact)
    case 'answered':
      return bookAnswered(book, act.fact, nowMs, mayGive)
    case 'attended': {
      const { book: attended, first } = bookAttended(book, act.fact, nowMs)
      return { book: attended, flag: first ? null : 'already_attended' }
    }
    case 'seen':
      return bookSeen(book, act.fact)
    case 'lent':
      return { book: lendBlock(book, act.block) }
    case 'block_received':
      return bookBlockReceived(book, act.fact, act.recovering)
    case 'block_returned':
      return bookBlockReturned(book, act.fact)
    case 'written_off':
      return { book: writeOffBlocks(book, act.holder) }
    case 'settled':
      return { book }
  }
}
