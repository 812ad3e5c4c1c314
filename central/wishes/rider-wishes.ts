// What a rider does about his wishes without a station's file in between: by phone, or by staff who write for him. The same
// steps as at a station, in central's own order; and what goes with him when he is erased.

import { eraseWish, NEW_WISH, takeFact, type WishFact, type WishFlag } from '../../domain/wish.ts'
import type { WishAct } from '../../domain/wish-history.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { WishRow } from '../store/wishes.ts'
import { addWish, changeWish, closeWishes, type NewWish, openWishBook, openWishes, type Words } from './wish-book.ts'

/** As many of his wishes as anybody looks through. */
const WISHES_OF_RIDER_MAX = 1_000

export type PostRefusal = 'unknown_rider' | 'wish_repeated' | 'wishes_full'
export type PostResult = { ok: true } | { ok: false; error: PostRefusal; wishesMax?: number }

export interface PostedWish extends Omit<NewWish, 'district' | 'postedAtMs'> {
  /** Keeps what was typed, once the wish may be posted; null: nothing is kept of him any more. */
  words: () => Promise<Words | null>
  /** Who wrote it for him; null: he himself. */
  account: string | null
}

export async function postWish(transaction: StoreTransaction, { words, account, ...posted }: PostedWish, nowMs: number): Promise<PostResult> {
  const district = (await transaction.readRidersKnown([posted.rider])).get(posted.rider)
  if (district === undefined) return { ok: false, error: 'unknown_rider' }
  const book = await openWishBook(transaction, [posted.id, ...(await transaction.readWishesOfRiders([posted.rider], WISHES_OF_RIDER_MAX))], nowMs)
  if (book.wishes.has(posted.id)) return { ok: false, error: 'wish_repeated' }
  const wishesMax = (await transaction.readRuleValues(district)).get('wishes_open_max') ?? 0
  if ([...book.wishes.values()].filter(isUnderWay).length >= wishesMax) return { ok: false, error: 'wishes_full', wishesMax }
  const kept = await words()
  if (kept === null) return { ok: false, error: 'unknown_rider' }
  addWish(book, { ...posted, district, postedAtMs: nowMs }, kept, NEW_WISH, account === null ? {} : { account })
  await closeWishes(transaction, book)
  return { ok: true }
}

export type RiderActResult = { ok: true; flag: WishFlag | null } | { ok: false; error: 'unknown_wish' }

/** One that comes too late is a line of its history all the same, and says so. */
export async function tellOfWish(
  transaction: StoreTransaction,
  told: { wish: string; rider: string; fact: WishFact; words?: Words; account: string | null },
  nowMs: number,
): Promise<RiderActResult> {
  const book = await openWishes(transaction, [told.wish], nowMs)
  const row = book.wishes.get(told.wish)
  if (row === undefined || row.rider !== told.rider) return { ok: false, error: 'unknown_wish' }
  const { wish: next, flag, news } = takeFact(row, told.fact, nowMs)
  const newWords = next.version > row.version && told.words !== undefined ? { newWords: told.words } : {}
  changeWish(book, row, actOf(told.fact), next, { claim: told.fact.claim, flag, news, ...newWords, ...(told.account === null ? {} : { account: told.account }) })
  await closeWishes(transaction, book)
  return { ok: true, flag }
}

/** Under the rider's lock. What was published goes from the wall, what was said in words goes, what happened stays without them. */
export async function eraseWishesOf(transaction: StoreTransaction, rider: string, nowMs: number): Promise<void> {
  const wishes = await transaction.readWishesOfRiders([rider], WISHES_OF_RIDER_MAX)
  const book = await openWishBook(transaction, wishes, nowMs)
  const gone = { publicText: null, publicWho: null, staffWords: null, fulfilmentWords: null, fulfilmentPhoto: null }
  for (const row of book.wishes.values()) {
    changeWish(book, row, 'erased', eraseWish(row), { change: gone, news: row.stage === 'claimed' ? { what: 'withdrawn', took: true } : null })
  }
  await closeWishes(transaction, book)
  await transaction.eraseWishWords(wishes)
}

function isUnderWay({ stage }: Pick<WishRow, 'stage'>): boolean {
  return stage !== 'confirmed' && stage !== 'withdrawn' && stage !== 'refused'
}

function actOf(fact: WishFact): WishAct {
  switch (fact.fact) {
    case 'edited':
    case 'withdrawn':
      return fact.fact
    case 'confirmed':
      return fact.reached ? 'confirmed' : 'not_yet'
    case 'fulfilled':
      return 'handed_over'
  }
}
