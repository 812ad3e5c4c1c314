// Claims: granted only here, one lease at a time under the lock of the wish's row; joined, extended with a reason, fulfilled, given
// back, and ended by central's clock or by the end of the partner. Whatever a partner does carries the number of the lease that
// he means. While central recovers nothing is granted: what was granted after the backup it has forgotten.

import { type ClaimRefusal, extendClaim, fulfilClaim, grantClaim, holdsClaim, lapseClaim, seeText } from '../../domain/wish.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { ClaimMemberRow, WishRow } from '../store/wishes.ts'
import { changeWish, closeWishes, openWishes, type WishBook } from './wish-book.ts'

export interface ActingPartner {
  id: string
  /** Whose wishes he may claim. */
  district: string
  name: { zh: string; en: string }
  /** Who acts for the partner. */
  account: string | null
}

export const CLAIM_REFUSALS = [
  'unknown_wish', 'recovering', 'not_open', 'already_claimed', 'claim_over', 'text_unseen', 'extensions_used_up', 'not_a_member', 'members_full',
] as const
export type ClaimActRefusal = ClaimRefusal | 'unknown_wish' | 'recovering' | 'not_a_member' | 'members_full'
export type ClaimActResult<Answer = Record<string, never>> = { ok: true; answer: Answer } | { ok: false; error: ClaimActRefusal }

const DAY_MS = 86_400_000

export async function claimWish(transaction: StoreTransaction, partner: ActingPartner, wish: string, nowMs: number): Promise<ClaimActResult<{ claim: number; untilMs: number }>> {
  if (await transaction.readRecovering()) return refuse('recovering')
  const { book, row } = await openOne(transaction, partner, wish, nowMs)
  if (row === null) return refuse('unknown_wish')
  const rule = await rulesOf(transaction, row.district)
  const free = endWhereOver(book, row)
  const untilMs = nowMs + rule('claim_days') * DAY_MS
  const granted = grantClaim(free, untilMs)
  if (!granted.ok) return leaveAsIs(transaction, book, granted.error)
  const { claim } = granted.wish
  changeWish(book, free, 'claimed', granted.wish, { claim, partner: partner.id, ...accountOf(partner), change: { fulfilmentWords: null, fulfilmentPhoto: null } })
  book.members.push(memberOf(partner, row, claim, nowMs))
  await closeWishes(transaction, book)
  return { ok: true, answer: { claim, untilMs } }
}

export interface HeldWish {
  wish: string
  claim: number
}

/** Several may hold one lease together; who is in it already is in it. */
export async function joinClaim(transaction: StoreTransaction, partner: ActingPartner, held: HeldWish, nowMs: number): Promise<ClaimActResult> {
  if (await transaction.readRecovering()) return refuse('recovering')
  const { book, row } = await openOne(transaction, partner, held.wish, nowMs)
  if (row === null) return refuse('unknown_wish')
  if (!holdsClaim(row, held.claim, nowMs)) return refuse('claim_over')
  const members = await presentMembers(transaction, held)
  if (members.some((member) => member.partner === partner.id)) return done()
  const rule = await rulesOf(transaction, row.district)
  if (members.length >= rule('claim_members_max')) return refuse('members_full')
  changeWish(book, row, 'joined', row, { claim: held.claim, partner: partner.id, ...accountOf(partner) })
  book.members.push(memberOf(partner, row, held.claim, nowMs))
  await closeWishes(transaction, book)
  return done()
}

export async function extendLease(transaction: StoreTransaction, partner: ActingPartner, held: HeldWish & { reason: string }, nowMs: number): Promise<ClaimActResult<{ untilMs: number }>> {
  return asMember(transaction, partner, held, nowMs, async (book, row) => {
    const rule = await rulesOf(transaction, row.district)
    const extended = extendClaim(row, held.claim, { nowMs, byMs: rule('claim_extension_days') * DAY_MS, extensionsMax: rule('claim_extensions_max') })
    if (!extended.ok) return extended
    changeWish(book, row, 'extended', extended.wish, { claim: held.claim, partner: partner.id, ...accountOf(partner), words: held.reason })
    return { ok: true, answer: { untilMs: extended.wish.untilMs ?? nowMs } }
  })
}

/** With a word, a photo, or both: the rider sees it, and confirms. */
export async function fulfilWish(
  transaction: StoreTransaction,
  partner: ActingPartner,
  held: HeldWish & { words: string | null; photo: string | null },
  nowMs: number,
): Promise<ClaimActResult> {
  return asMember(transaction, partner, held, nowMs, async (book, row) => {
    const lit = fulfilClaim(row, held.claim, nowMs)
    if (!lit.ok) return lit
    const change = { fulfilmentWords: held.words, fulfilmentPhoto: held.photo }
    changeWish(book, row, 'fulfilled', lit.wish, { claim: held.claim, partner: partner.id, ...accountOf(partner), change })
    return done()
  })
}

/** He has read the text as it is now, and what he was told of the wish. */
export async function seeWish(transaction: StoreTransaction, partner: ActingPartner, held: HeldWish, nowMs: number): Promise<ClaimActResult> {
  return asMember(transaction, partner, held, nowMs, async (book, row) => {
    await transaction.markClaimNewsSeen(held.wish, held.claim, nowMs)
    const seen = seeText(row, held.claim)
    if (seen.ok && seen.wish.seenVersion !== row.seenVersion) {
      changeWish(book, row, 'seen', seen.wish, { claim: held.claim, version: seen.wish.seenVersion, partner: partner.id, ...accountOf(partner) })
    }
    return done()
  })
}

/** The last member who leaves ends the lease: the wish is back on the wall, and first. */
export async function giveBackClaim(transaction: StoreTransaction, partner: ActingPartner, held: HeldWish, nowMs: number): Promise<ClaimActResult> {
  return asMember(transaction, partner, held, nowMs, async (book, row, members) => {
    if (!holdsClaim(row, held.claim, nowMs)) return refuse('claim_over')
    leaveLease(book, row, members, partner.id, 'given_back', accountOf(partner))
    return done()
  })
}

/** The partner's account is closed: every lease that he held alone ends, of the others he is a member no more. */
export async function endClaimsOfPartner(transaction: StoreTransaction, partner: string, account: string | null, nowMs: number): Promise<void> {
  const book = await openWishes(transaction, await transaction.readWishesHeldBy(partner), nowMs)
  for (const row of book.wishes.values()) {
    // What is lit waits for its rider's word.
    if (row.stage !== 'claimed') continue
    leaveLease(book, row, await presentMembers(transaction, { wish: row.id, claim: row.claim }), partner, 'ended', account === null ? {} : { account })
  }
  await closeWishes(transaction, book)
}

/** By central's clock, over its own leases. Answers how many have lapsed; fewer than `limit`: there are no more. */
export async function lapseClaims(transaction: StoreTransaction, nowMs: number, limit: number): Promise<number> {
  const due = await transaction.readLapsedWishes(nowMs, limit)
  if (due.length === 0) return 0
  const book = await openWishes(transaction, due, nowMs)
  for (const row of book.wishes.values()) endWhereOver(book, row)
  await closeWishes(transaction, book)
  return due.length
}

// ── what these have in common ──

function endWhereOver(book: WishBook, row: WishRow): WishRow {
  if (row.stage !== 'claimed' || (row.untilMs ?? 0) > book.nowMs) return row
  return changeWish(book, row, 'lapsed', lapseClaim(row), {})
}

function leaveLease(book: WishBook, row: WishRow, members: readonly ClaimMemberRow[], partner: string, end: 'given_back' | 'ended', by: { account?: string }): void {
  const own = members.find((member) => member.partner === partner)
  if (own === undefined) return
  book.members.push({ ...own, leftAtMs: book.nowMs })
  if (members.length > 1) changeWish(book, row, 'left', row, { partner, ...by })
  else changeWish(book, row, end, lapseClaim(row), { partner, ...by })
}

async function openOne(transaction: StoreTransaction, { district }: ActingPartner, wish: string, nowMs: number): Promise<{ book: WishBook; row: WishRow | null }> {
  const book = await openWishes(transaction, [wish], nowMs)
  const row = book.wishes.get(wish)
  return { book, row: row?.district === district ? row : null }
}

/** Of the lease that is meant, and of no other. */
async function asMember<Answer>(
  transaction: StoreTransaction,
  partner: ActingPartner,
  held: HeldWish,
  nowMs: number,
  act: (book: WishBook, row: WishRow, members: readonly ClaimMemberRow[]) => Promise<ClaimActResult<Answer>>,
): Promise<ClaimActResult<Answer>> {
  const { book, row } = await openOne(transaction, partner, held.wish, nowMs)
  if (row === null) return refuse('unknown_wish')
  const members = await presentMembers(transaction, held)
  if (!members.some((member) => member.partner === partner.id)) return refuse('not_a_member')
  const result = await act(book, row, members)
  await closeWishes(transaction, book)
  return result
}

async function presentMembers(transaction: StoreTransaction, { wish, claim }: HeldWish): Promise<ClaimMemberRow[]> {
  return (await transaction.readClaimMembers(wish, claim)).filter(({ leftAtMs }) => leftAtMs === null)
}

/** A lease that was found to be over is over, whatever else is refused. */
async function leaveAsIs(transaction: StoreTransaction, book: WishBook, error: ClaimActRefusal): Promise<{ ok: false; error: ClaimActRefusal }> {
  await closeWishes(transaction, book)
  return refuse(error)
}

async function rulesOf(transaction: StoreTransaction, district: string): Promise<(name: string) => number> {
  const values = await transaction.readRuleValues(district)
  return (name) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`the rule ${name} is missing`)
    return value
  }
}

function memberOf(partner: ActingPartner, row: WishRow, number: number, nowMs: number): ClaimMemberRow {
  return { wish: row.id, number, partner: partner.id, district: row.district, name: partner.name, joinedAtMs: nowMs, leftAtMs: null }
}

function accountOf({ account }: ActingPartner): { account?: string } {
  return account === null ? {} : { account }
}

function refuse(error: ClaimActRefusal): { ok: false; error: ClaimActRefusal } {
  return { ok: false, error }
}

function done(): { ok: true; answer: Record<string, never> } {
  return { ok: true, answer: {} }
}
