// A training for tests, and what may happen to it, at random: facts of two stations that hold blocks, requests, clocks.

import fc from 'fast-check'
import type { Holder } from '../../../domain/ledger.ts'
import { bookAnswered, bookAttended, bookBlockReturned, bookCancelled, bookRequested, bookSeated } from '../../../domain/training/book-signups.ts'
import { lendBlock, planLending, settleSeats, writeOffBlocks } from '../../../domain/training/settle-seats.ts'
import { freeInBlock, seatsAdded, type TrainingBook, type TrainingTerms, withSeat } from '../../../domain/training/training-book.ts'

export const HOUR_MS = 3_600_000
export const NOW_MS = 1_000 * HOUR_MS
export const TRAINING = 'training'

export const terms: TrainingTerms = {
  state: 'open', capacity: 6, startsAtMs: NOW_MS + 100 * HOUR_MS, endsAtMs: NOW_MS + 102 * HOUR_MS, closesAtMs: NOW_MS + 99 * HOUR_MS,
  blocksBackAtMs: NOW_MS + 97 * HOUR_MS, answerMs: 12 * HOUR_MS,
}

export function emptyBook(capacity: number = terms.capacity): TrainingBook {
  const none = { training: TRAINING, terms: { ...terms, capacity }, seats: new Map(), blocks: new Map(), signups: new Map(), lastNumber: 0 }
  return seatsAdded(none, capacity).reduce(withSeat, none as TrainingBook)
}

export const HOLDERS: readonly Holder[] = [{ station: 'S', incarnation: 's1' }, { station: 'T', incarnation: 't1' }]

export type Step =
  | { step: 'request' | 'cancel' | 'accept' | 'decline' | 'attend'; rider: number }
  | { step: 'seat'; rider: number; holder: number; seat: number }
  | { step: 'lend' | 'return' | 'write_off'; holder: number }
  | { step: 'hours'; hours: number }
  | { step: 'capacity'; capacity: number }
  | { step: 'recovering'; on: boolean }

const rider = fc.nat({ max: 9 })
const holder = fc.nat({ max: 1 })
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ step: fc.constantFrom('request' as const, 'cancel' as const, 'accept' as const, 'decline' as const, 'attend' as const), rider }) },
  { weight: 4, arbitrary: fc.record({ step: fc.constant('seat' as const), rider, holder, seat: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 3, arbitrary: fc.record({ step: fc.constantFrom('lend' as const, 'return' as const, 'write_off' as const), holder }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('capacity' as const), capacity: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('recovering' as const), on: fc.boolean() }) },
)

export interface Run {
  book: TrainingBook
  nowMs: number
  mayGive: boolean
  lent: number
  asked: number
}

export const begin = (): Run => ({ book: emptyBook(), nowMs: NOW_MS, mayGive: true, lent: 0, asked: 0 })

export function take(run: Run, step: Step): Run {
  const next = { ...run, book: moved(run, step), asked: run.asked + 1 }
  if (step.step === 'lend') next.lent += 1
  if (step.step === 'hours') next.nowMs += step.hours * HOUR_MS
  if (step.step === 'recovering') next.mayGive = !step.on
  return { ...next, book: settleSeats(next.book, next.nowMs, next.mayGive) }
}

function moved({ book, nowMs, mayGive, lent, asked }: Run, step: Step): TrainingBook {
  switch (step.step) {
    case 'request':
      return bookRequested(book, { id: `request-${asked}`, rider: `${step.rider}`, revision: 1, isInvited: step.rider !== 9 }, nowMs, mayGive).book
    case 'cancel':
      return bookCancelled(book, { id: book.signups.get(`${step.rider}`)?.id ?? 'none', rider: `${step.rider}` }).book
    case 'accept':
    case 'decline':
      return bookAnswered(book, { id: book.signups.get(`${step.rider}`)?.id ?? 'none', rider: `${step.rider}`, accept: step.step === 'accept' }, nowMs, mayGive).book
    case 'attend':
      return bookAttended(book, { id: `request-${asked}`, rider: `${step.rider}`, revision: 1 }, nowMs).book
    case 'seat': {
      const by = HOLDERS[step.holder]
      return by === undefined ? book : bookSeated(book, { id: `request-${asked}`, rider: `${step.rider}`, revision: 1, seat: step.seat, holder: by }, nowMs, mayGive).book
    }
    case 'lend': {
      const to = HOLDERS[step.holder]
      const block = to === undefined || !mayGive ? null : planLending(book, to, `block-${lent}`, { seatsMax: 20 }, nowMs)
      return block === null ? book : lendBlock(book, block)
    }
    case 'return': {
      const by = HOLDERS[step.holder]
      if (by === undefined) return book
      const seats = [...book.blocks.values()].filter(({ station }) => station === by.station).flatMap(({ id }) => freeInBlock(book, id).map(({ seat }) => seat))
      return bookBlockReturned(book, { ...by, seats }).book
    }
    case 'write_off': {
      const by = HOLDERS[step.holder]
      return by === undefined ? book : writeOffBlocks(book, by)
    }
    case 'capacity': {
      const changed = { ...book, terms: { ...book.terms, capacity: step.capacity } }
      return seatsAdded(changed, step.capacity).reduce(withSeat, changed)
    }
    case 'hours':
    case 'recovering':
      return book
  }
}
