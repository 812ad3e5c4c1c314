// What events about people mean for the books.

import type { EventBody } from '../../contract/sync/event-bodies.ts'
import type { ChainedEvent } from '../store/outboxes.ts'
import { type Books, promise } from './books.ts'

export function bookRegistered(books: Books, { rider, words }: EventBody<'rider.registered/1'>, event: ChainedEvent): null {
  promise(books, event, { rider, purpose: 'rider', words })
  return null
}
