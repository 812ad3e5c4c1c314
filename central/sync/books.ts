// The books while events of one or several stations are planned: what central knows of the things they name, the balances
// under lock, and everything that is to be written. Uploads are planned one after the other over the same books, so the later
// finds what the earlier has left. Read in sets and written in sets: many uploads cost as many statements as one.

import type { WordsReference } from '../../contract/sync/sealed-words.ts'
import type { IncarnationState } from '../../contract/sync/sync-protocol.ts'
import { accountKey, type Booking, type Transfer } from '../../domain/ledger.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { type DistrictAccount, sliceOf } from '../store/district-account.ts'
import type { EntryRow } from '../store/entries.ts'
import type { EarningSliceRow, GrantRow } from '../store/grants.ts'
import type { Posting } from '../store/ledger.ts'
import type { SentEvent, Outbox } from '../store/outboxes.ts'
import { writeWishBook, type WishBook } from '../wishes/wish-book.ts'
import type { RegisteredRider } from '../store/people.ts'
import type { MirroringStation } from '../store/stations.ts'
import type { PromisedWords, WordsPurpose } from '../store/words.ts'
import type { ChangedRow } from '../store/changes.ts'
import type { EarningRow, PaidRedemption, RecordedRedemption, RedemptionRow, StockMovement, UndoneRow } from '../store/station-facts.ts'
import { type TrainingPlan, writeTrainingPlan } from './book-trainings.ts'

/** What central is in while it books: of the incarnation, and whether it was restored and may have forgotten what it lent. */
export interface BookingMoment {
  state: IncarnationState
  recovering: boolean
  nowMs: number
}

/** What all uploads of one transaction have in common. */
export interface SharedBooks {
  /** Those who register meanwhile too. */
  riderDistricts: Map<string, string>
  /** Who mirrors the riders whose points are about to move. */
  readers: { asked: Set<string>; known: Map<string, readonly MirroringStation[]> }
  registered: RegisteredRider[]
  staff: Set<string>
  /** By id, with the life each was lent to. */
  grants: Map<string, GrantRow>
  earningSlices: Map<string, EarningSliceRow>
  /** Events that undoings name. */
  undoings: ReadonlySet<string>
  /** Of these the redemptions, with the life that made each; those that are booked meanwhile too. */
  undoable: Map<string, RecordedRedemption>
  /** By district, then by `accountKey`, each as the plan has left it. */
  accounts: Map<string, Map<string, PlannedAccount>>
  /** What a slice of somebody known holds that nobody has asked for. */
  slicePoints: number
  /** Those that redemptions have moved whose rows are the transfers. */
  redeemed: Set<PlannedAccount>
  /** What the programme stood in for when slices were relent after a restore, by rider; asked for while central recovers (debts.ts). */
  owed: Map<string, number>
  /** How many lines of each event are posted. */
  lines: Map<string, number>
  postings: Posting[]
  entries: EntryRow[]
  redemptions: RedemptionRow[]
  undone: UndoneRow[]
  earnings: EarningRow[]
  movements: StockMovement[]
  grantsReceived: string[]
  grantsRelent: GrantRow[]
  earningSlicesReceived: string[]
  earningSlicesRelent: EarningSliceRow[]
  /** Those that are named, locked. */
  wishes: WishBook
  words: PromisedWords[]
  training: TrainingPlan
}

/** An account of the plan. */
export interface PlannedAccount extends DistrictAccount {
  /** Long, so put together once. */
  key: string
  balance: number
  /** Of it, what redemptions have moved whose rows are the transfers. */
  redeemed: number
}

/** As one upload sees them. */
export interface Books extends SharedBooks {
  outbox: Outbox
  moment: BookingMoment
  /** Of its district. */
  utcOffsetMinutes: number
  items: ReadonlySet<string>
  services: ReadonlyMap<string, { zh: string; en: string }>
  /** Of its station's screen. */
  requests: Set<string>
  earningRequests: Set<string>
  /** What a rider now sees by it that he did not see before. */
  seen: { rider: string; entry: string }[]
  /** Whose points went back to central. */
  returned: Set<string>
  /** Who registered with it. */
  newcomers: string[]
  /** Riders' slices in this life of the file, by rider, in the ledger of the rider's district; the key of an account is long. */
  slices: Map<string, PlannedAccount>
  /** How redemptions say that a slice has paid them, by ledger: the same for all of them. */
  paid: Map<string, PaidRedemption>
  /** What the station has redeemed, by ledger. */
  redeemedHere: Map<string, PlannedAccount>
  /** What left its shelf for riders and came back from them, by lot: one of `movements` each. */
  handedOut: Map<number, StockMovement>
}

/** The redemptions since it was last asked: whoever writes them need not wait for the rest. */
export function takeRedemptions({ redemptions }: SharedBooks): RedemptionRow[] {
  return redemptions.splice(0)
}

/** What moves points and goods beside the redemptions, asked for at once: to be waited for with `allEnded`. */
export function writeMovements(transaction: StoreTransaction, shared: SharedBooks, nowMs: number): { accounts: Promise<void>; others: Promise<void>[] } {
  return {
    accounts: transaction.writePostings(shared.postings, [...shared.redeemed].map(({ district, account, key, redeemed }) => ({ district, account, key, points: redeemed }))),
    others: [
      transaction.writeEntries(shared.entries),
      transaction.writeUndone(shared.undone),
      transaction.writeEarnings(shared.earnings),
      transaction.writeStockMovements(shared.movements),
      transaction.writeGrants(shared.grantsRelent, nowMs),
      transaction.markGrantsReceived(shared.grantsReceived, nowMs),
      ...shared.earningSlicesRelent.map((slice) => transaction.writeEarningSlice(slice, nowMs)),
      transaction.markEarningSlicesReceived(shared.earningSlicesReceived, nowMs),
    ],
  }
}

/** The rest, after the accounts. Answers what is to be told beside the riders' points and the wishes. */
export async function writeWishesAndTrainings(transaction: StoreTransaction, shared: SharedBooks, nowMs: number): Promise<ChangedRow[]> {
  await writeWishBook(transaction, shared.wishes)
  await transaction.promiseWords(shared.words)
  return writeTrainingPlan(transaction, shared.training, nowMs)
}

/** The text of this event comes beside it (take-words). */
export function promise(books: Books, event: SentEvent, { rider, purpose, words }: { rider: string; purpose: WordsPurpose; words: WordsReference }): void {
  const { district, station } = books.outbox
  books.words.push({ ref: words.ref, district, station, rider, event: event.header.id, purpose, commitment: Buffer.from(words.commitment, 'hex') })
}

/** Posts an event's transfers, in order, and keeps the balances of the plan in step. */
export function post(books: Books, event: SentEvent, district: string, transfers: readonly Transfer[]): void {
  const eventId = event.header.id
  for (const transfer of transfers) {
    const line = (books.lines.get(eventId) ?? 0) + 1
    books.lines.set(eventId, line)
    books.postings.push({ eventId, line, district, transfer, bookedAtMs: books.moment.nowMs })
    accountOf(books, { district, account: transfer.from }).balance -= transfer.points
    accountOf(books, { district, account: transfer.to }).balance += transfer.points
  }
}

export function postBooking(books: Books, event: SentEvent, district: string, booking: Booking): void {
  post(books, event, district, booking.transfers)
}

/** A redemption whose row is the transfer (migration 0032). */
export function redeemFrom(books: Books, slice: PlannedAccount, points: number): void {
  const { district } = slice
  const known = books.redeemedHere.get(district)
  const to = known ?? accountOf(books, { district, account: { kind: 'redeemed_station', station: books.outbox.station } })
  if (known === undefined) books.redeemedHere.set(district, to)
  moveRedeemed(books, slice, -points)
  moveRedeemed(books, to, points)
}

export function paidIn(books: Books, ledger: string): PaidRedemption {
  const known = books.paid.get(ledger)
  if (known !== undefined) return known
  const paid = { ledger, bookedAtMs: books.moment.nowMs }
  books.paid.set(ledger, paid)
  return paid
}

/** Goods that left the shelf for a rider; below zero: that came back. A lot moves often in one upload and is one movement all the same. */
export function handOut(books: Books, item: string, lot: number, quantity: number): void {
  const known = books.handedOut.get(lot)
  if (known?.item === item) {
    known.quantity -= quantity
    return
  }
  const { district, station, incarnation } = books.outbox
  const movement: StockMovement = { district, station, incarnation, item, lot, quantity: -quantity, expiryDay: null, donor: null }
  books.handedOut.set(lot, movement)
  books.movements.push(movement)
}

function moveRedeemed(books: Books, account: PlannedAccount, points: number): void {
  account.balance += points
  account.redeemed += points
  books.redeemed.add(account)
}

/** What the plan has left in an account. */
export function balanceOf(books: Books, account: DistrictAccount): number {
  return books.accounts.get(account.district)?.get(accountKey(account.account))?.balance ?? 0
}

function accountOf(books: Books, { district, account }: DistrictAccount, balance = 0): PlannedAccount {
  const key = accountKey(account)
  const ofDistrict = accountsIn(books.accounts, district)
  const known = ofDistrict.get(key)
  if (known !== undefined) return known
  const made = { district, account, key, balance, redeemed: 0 }
  ofDistrict.set(key, made)
  return made
}

export function accountsIn(accounts: SharedBooks['accounts'], district: string): Map<string, PlannedAccount> {
  const known = accounts.get(district)
  if (known !== undefined) return known
  const made = new Map<string, PlannedAccount>()
  accounts.set(district, made)
  return made
}

/** A rider's slice in this life of the station's file. */
export function plannedSlice(books: Books, rider: string, district: string): PlannedAccount {
  const known = books.slices.get(rider)
  if (known?.district === district) return known
  const slice = accountOf(books, sliceOf(books.outbox, rider, district), books.riderDistricts.get(rider) === district ? books.slicePoints : 0)
  books.slices.set(rider, slice)
  return slice
}

/** Whether it belongs to the life that is booked. */
export function isOf({ station, incarnation }: Outbox, holder: Pick<Outbox, 'station' | 'incarnation'>): boolean {
  return holder.station === station && holder.incarnation === incarnation
}

export function pushEntry(books: Books, entry: EntryRow): void {
  books.entries.push(entry)
  books.seen.push({ rider: entry.rider, entry: entry.id })
}
