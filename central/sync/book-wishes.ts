// What stations' facts about wishes mean: each is a line of the wish's history and changes it as far as it can (domain/wish); one
// that came too late, or was meant for a lease that is over, is flagged and who holds the wish now is told. Nothing of it is lost.

import type { EventBody } from '../../contract/sync/event-bodies.ts'
import { NEW_WISH, takeFact, type WishFact, type WishFlag } from '../../domain/wish.ts'
import type { WishAct } from '../../domain/wish-history.ts'
import type { SentEvent } from '../store/outboxes.ts'
import { addWish, changeWish, type Words } from '../wishes/wish-book.ts'
import { type Books, promise } from './books.ts'

export type WishFactFlag = WishFlag | 'rider_unknown' | 'staff_unknown'

export function bookWishPosted(books: Books, body: EventBody<'wish.posted/1'>, event: SentEvent): WishFactFlag | null {
  const district = books.riderDistricts.get(body.rider)
  if (district === undefined) return 'rider_unknown'
  if (books.wishes.wishes.has(body.wish)) return 'wish_repeated'
  const { wish: id, rider, category, shown, reach, words } = body
  promise(books, event, { rider, purpose: 'wish', words })
  const postedAtMs = Math.min(event.header.wallMs, books.moment.nowMs)
  addWish(books.wishes, { id, district, rider, station: books.outbox.station, category, shown, reach, postedAtMs }, words, NEW_WISH, { event: event.header.id })
  return null
}

export function bookWishEdited(books: Books, { wish, rider, claim, words }: EventBody<'wish.edited/1'>, event: SentEvent): WishFactFlag | null {
  const flag = bookFact(books, event, wish, rider, 'edited', { fact: 'edited', claim }, words)
  // One that came too late is kept too.
  if (flag !== 'wish_unknown') promise(books, event, { rider, purpose: 'wish', words })
  return flag
}

export function bookWishWithdrawn(books: Books, { wish, rider, claim }: EventBody<'wish.withdrawn/1'>, event: SentEvent): WishFactFlag | null {
  return bookFact(books, event, wish, rider, 'withdrawn', { fact: 'withdrawn', claim })
}

export function bookWishConfirmed(books: Books, { wish, rider, claim, reached }: EventBody<'wish.confirmed/1'>, event: SentEvent): WishFactFlag | null {
  return bookFact(books, event, wish, rider, reached ? 'confirmed' : 'not_yet', { fact: 'confirmed', claim, reached })
}

export function bookWishFulfilled(books: Books, { wish, staff, claim }: EventBody<'wish.fulfilled/1'>, event: SentEvent): WishFactFlag | null {
  return bookFact(books, event, wish, null, 'handed_over', { fact: 'fulfilled', claim }) ?? (books.staff.has(staff) ? null : 'staff_unknown')
}

/** `rider` null: staff did it, whoever's it is. Another rider's wish is none that he can speak of. */
function bookFact(books: Books, event: SentEvent, wish: string, rider: string | null, act: WishAct, fact: WishFact, newWords?: Words): WishFactFlag | null {
  const row = books.wishes.wishes.get(wish)
  if (row === undefined || (rider !== null && row.rider !== rider)) return 'wish_unknown'
  const { wish: next, flag, news } = takeFact(row, fact, books.moment.nowMs)
  const isTaken = next.version > row.version
  changeWish(books.wishes, row, act, next, { claim: fact.claim, event: event.header.id, flag, news, ...(isTaken && newWords !== undefined ? { newWords } : {}) })
  return flag
}
