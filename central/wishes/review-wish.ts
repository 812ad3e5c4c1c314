// Moderation: the text that was read is approved for everybody (as it is, or with what is personal hidden), asked back with a
// question, or refused with a reason; both go to the rider as they are written. Bound to the version that was read: a newer
// text is another matter.

import { WISH_TEXT_MAX } from '../../contract/kiosk/wish-view.ts'
import { cleanText } from '../../domain/clean-text.ts'
import { countCharacters } from '../../domain/count-characters.ts'
import { reviewWish as judge, type ReviewRefusal } from '../../domain/wish.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { WishRow } from '../store/wishes.ts'
import { changeWish, closeWishes, openWishes } from './wish-book.ts'

export type Review = { wish: string; version: number; account: string | null } & (
  /** `text`: what everybody may read. `who`: the masked name, where the rider wants to be named. */
  | { verdict: 'approve'; text: string; who: string | null }
  | { verdict: 'ask_back' | 'refuse'; words: string }
)

export type ReviewActRefusal = ReviewRefusal | 'unknown_wish' | 'text_unusable' | 'words_missing'
export type ReviewActResult = { ok: true } | { ok: false; error: ReviewActRefusal }

const STAFF_WORDS_MAX = 200

export async function reviewWish(transaction: StoreTransaction, district: string, review: Review, nowMs: number): Promise<ReviewActResult> {
  const book = await openWishes(transaction, [review.wish], nowMs)
  const row = book.wishes.get(review.wish)
  if (row === undefined || row.district !== district) return { ok: false, error: 'unknown_wish' }
  const judged = judge(row, review.version, review.verdict)
  if (!judged.ok) return judged
  const written = wordsOf(row, review)
  if (!written.ok) return written
  const acts = { approve: 'approved', ask_back: 'asked_back', refuse: 'refused' } as const
  changeWish(book, row, acts[review.verdict], judged.wish, {
    version: review.version, change: written.change, words: written.change.staffWords ?? null, ...(review.account === null ? {} : { account: review.account }),
  })
  await closeWishes(transaction, book)
  return { ok: true }
}

type Written = { ok: true; change: Partial<WishRow> } | { ok: false; error: ReviewActRefusal }

function wordsOf(row: WishRow, review: Review): Written {
  if (review.verdict === 'approve') {
    const text = cleanText(review.text)
    if (text === '' || countCharacters(text) > WISH_TEXT_MAX) return { ok: false, error: 'text_unusable' }
    return { ok: true, change: { publicText: text, publicWho: row.shown === 'named' ? review.who : null, staffWords: null } }
  }
  const words = cleanText(review.words)
  if (words === '' || countCharacters(words) > STAFF_WORDS_MAX) return { ok: false, error: 'words_missing' }
  return { ok: true, change: { staffWords: words } }
}
