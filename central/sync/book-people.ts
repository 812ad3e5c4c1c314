// What events about people mean for the books: whoever registers at a station is a rider from there on, with a card, at home
// where he stood. His name comes with his words.

import type { EventBody } from '../../contract/sync/event-bodies.ts'
import { dayOf } from '../../domain/calendar.ts'
import type { SentEvent } from '../store/outboxes.ts'
import { type Books, promise } from './books.ts'

export type PersonFlag = 'rider_known'

/** One whom central knows keeps his name: nobody is renamed by a station. */
export function bookRegistered(books: Books, body: EventBody<'rider.registered/1'>, event: SentEvent): PersonFlag | null {
  const { rider, words, platform, redCross, volunteerTeam, consentVersion } = body
  if (books.riderDistricts.has(rider)) return 'rider_known'
  const { district, station } = books.outbox
  books.riderDistricts.set(rider, district)
  books.newcomers.push(rider)
  books.registered.push({ rider, district, station, platform, redCross, volunteerTeam, consentVersion, issueDay: dayOf(books.moment.nowMs, books.utcOffsetMinutes) })
  promise(books, event, { rider, purpose: 'rider', words })
  return null
}
