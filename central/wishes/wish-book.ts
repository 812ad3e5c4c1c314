// The wishes that one transaction touches: locked, changed in memory by the domain's rules, then written with their history, the
// leases, and what claimants are told. The one way by which a wish changes at central, whoever does it. Knows no HTTP and no SQL.

import { type ClaimantNews, isPublic, type Wish, type WishFlag } from '../../domain/wish.ts'
import type { WishAct } from '../../domain/wish-history.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { changesOfWishes } from './wish-changes.ts'
import type { ClaimEnd, ClaimMemberRow, ClaimNewsRow, ClaimRow, WishLine, WishRow, WishVersionRow } from '../store/wishes.ts'

export interface WishBook {
  nowMs: number
  wishes: Map<string, WishRow>
  /** Those that are new with this transaction. */
  fresh: Set<string>
  touched: Set<string>
  versions: WishVersionRow[]
  lines: WishLine[]
  news: ClaimNewsRow[]
  /** By wish: the lease that holds, as it will be written. */
  holding: Map<string, ClaimRow>
  claims: Map<string, ClaimRow>
  members: ClaimMemberRow[]
}

/** For who does not come with a station's upload: their riders are locked first, so that nobody begins to mirror one meanwhile and is not told. */
export async function openWishes(transaction: StoreTransaction, wishes: readonly string[], nowMs: number): Promise<WishBook> {
  const riders = await transaction.readWishRiders(wishes)
  await transaction.readRidersKnown([...new Set(riders.values())])
  return openWishBook(transaction, wishes, nowMs)
}

/** Writes the book and tells stations of it. The last thing of a transaction. */
export async function closeWishes(transaction: StoreTransaction, book: WishBook): Promise<void> {
  await writeWishBook(transaction, book)
  if (book.touched.size > 0) await transaction.appendChanges(await changesOfWishes(transaction, touchedWishes(book)))
}

/** Locks the wishes, by id, after riders and accounts. */
export async function openWishBook(transaction: StoreTransaction, wishes: readonly string[], nowMs: number): Promise<WishBook> {
  const ids = [...new Set(wishes)].toSorted()
  const rows = ids.length === 0 ? new Map<string, WishRow>() : await transaction.lockWishes(ids)
  const leased = [...rows.values()].filter(({ stage }) => stage === 'claimed' || stage === 'fulfilled').map(({ id }) => id)
  return {
    nowMs, wishes: new Map(rows), fresh: new Set(), touched: new Set(), versions: [], lines: [], news: [],
    holding: new Map(leased.length === 0 ? [] : await transaction.readHoldingClaims(leased)), claims: new Map(), members: [],
  }
}

export type NewWish = Pick<WishRow, 'id' | 'district' | 'rider' | 'station' | 'category' | 'shown' | 'reach' | 'postedAtMs'>

export interface Words {
  ref: string
  commitment: string
}

/** What a line says besides what follows from the wish. */
export interface LineDetails {
  claim?: number
  version?: number
  partner?: string
  account?: string
  event?: string
  flag?: WishFlag | null
  words?: string | null
}

export function addWish(book: WishBook, wish: NewWish, words: Words, start: Wish, details: LineDetails): WishRow {
  const row: WishRow = {
    ...wish, ...start, changedAtMs: book.nowMs, isPublic: false, publicText: null, publicWho: null, staffWords: null, fulfilmentWords: null, fulfilmentPhoto: null, lines: 0,
  }
  book.wishes.set(row.id, row)
  book.fresh.add(row.id)
  addVersion(book, row, words)
  return addLine(book, row, 'posted', details)
}

/** What becomes of the wish by one act, its line, and what else changes with it. Answers the row as it will be. */
export function changeWish(
  book: WishBook,
  row: WishRow,
  act: WishAct,
  next: Wish,
  details: LineDetails & { change?: Partial<WishRow>; words?: string | null; newWords?: Words; news?: ClaimantNews | null },
): WishRow {
  const { change, newWords, news, ...line } = details
  const changed: WishRow = { ...row, ...next, ...change, changedAtMs: next.stage === row.stage ? row.changedAtMs : book.nowMs }
  const shown = { ...changed, isPublic: isPublic(changed) && changed.publicText !== null }
  book.wishes.set(row.id, shown)
  if (newWords !== undefined) addVersion(book, shown, newWords)
  followLease(book, row, shown, act)
  const written = addLine(book, shown, act, line)
  if (news !== undefined && news !== null) {
    book.news.push({ ...news, wish: row.id, line: written.lines, district: row.district, claim: row.claim, atMs: book.nowMs })
  }
  return written
}

function addVersion(book: WishBook, row: WishRow, { ref, commitment }: Words): void {
  book.versions.push({ wish: row.id, version: row.version, district: row.district, wordsRef: ref, commitment, writtenAtMs: book.nowMs })
}

function addLine(book: WishBook, row: WishRow, act: WishAct, details: LineDetails): WishRow {
  const line = row.lines + 1
  book.lines.push({
    wish: row.id, line, district: row.district, atMs: book.nowMs, act, claim: details.claim ?? row.claim, version: details.version ?? null,
    untilMs: row.stage === 'claimed' ? row.untilMs : null, partner: details.partner ?? null, account: details.account ?? null, event: details.event ?? null,
    flag: details.flag ?? null, words: details.words ?? null,
  })
  const written = { ...row, lines: line }
  book.wishes.set(row.id, written)
  book.touched.add(row.id)
  return written
}

const ENDS: Partial<Record<WishAct, ClaimEnd>> = {
  lapsed: 'lapsed', ended: 'partner_closed', given_back: 'given_back', withdrawn: 'withdrawn', erased: 'withdrawn', confirmed: 'confirmed',
}

/** The lease's own row follows the wish: granted, extended, lit, "not yet", over. */
function followLease(book: WishBook, before: WishRow, after: WishRow, act: WishAct): void {
  if (act === 'claimed') {
    setLease(book, {
      wish: after.id, number: after.claim, district: after.district, grantedAtMs: book.nowMs, untilMs: after.untilMs ?? book.nowMs, fulfilledAtMs: null, endedAtMs: null,
      endedAs: null,
    })
    return
  }
  const lease = book.holding.get(after.id)
  if (lease === undefined || after.stage === before.stage && after.untilMs === before.untilMs) return
  const untilMs = after.untilMs ?? lease.untilMs
  const fulfilledAtMs = after.stage === 'claimed' ? null : after.stage === 'fulfilled' ? book.nowMs : lease.fulfilledAtMs
  if (after.stage === 'claimed' || after.stage === 'fulfilled') setLease(book, { ...lease, untilMs, fulfilledAtMs })
  else setLease(book, { ...lease, untilMs, fulfilledAtMs, endedAtMs: book.nowMs, endedAs: ENDS[act] ?? 'given_back' })
}

function setLease(book: WishBook, lease: ClaimRow): void {
  if (lease.endedAtMs === null) book.holding.set(lease.wish, lease)
  else book.holding.delete(lease.wish)
  book.claims.set(`${lease.wish} ${lease.number}`, lease)
}

export async function writeWishBook(transaction: StoreTransaction, book: WishBook): Promise<void> {
  if (book.touched.size === 0) return
  const rows = [...book.touched].toSorted().flatMap((id) => book.wishes.get(id) ?? [])
  await transaction.insertWishes(rows.filter(({ id }) => book.fresh.has(id)))
  await transaction.updateWishes(rows.filter(({ id }) => !book.fresh.has(id)))
  await transaction.writeWishVersions(book.versions)
  await transaction.writeWishLines(book.lines)
  await transaction.writeClaimNews(book.news)
  // What is over before what holds now: one claim holds.
  await transaction.writeClaims([...book.claims.values()].toSorted((one, other) => one.number - other.number))
  await transaction.writeClaimMembers(book.members)
}

/** As they are when the book is written. */
export function touchedWishes(book: WishBook): WishRow[] {
  return [...book.touched].flatMap((id) => book.wishes.get(id) ?? [])
}
