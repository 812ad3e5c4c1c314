// What each fact about a wish leaves in this station's own tables. Nothing typed is among it.

import type { EventBody } from '../../contract/sync/event-bodies.ts'
import type { WISH_EVENT_BODIES } from '../../contract/sync/wish-events.ts'
import type { Writer } from '../store/database.ts'
import type { AppendedEvent } from '../store/outbox.ts'
import type { WishFactKind } from '../store/wishes.ts'

type WishEffects = { [Name in keyof typeof WISH_EVENT_BODIES]: (writer: Writer, event: AppendedEvent, body: EventBody<Name>) => void }

export const WISH_EFFECTS: WishEffects = {
  'wish.posted/1': (writer, event, body) => keepFact(writer, event, { ...body, kind: 'posted' }),
  'wish.edited/1': (writer, event, body) => keepFact(writer, event, { ...body, kind: 'edited' }),
  'wish.withdrawn/1': (writer, event, body) => keepFact(writer, event, { ...body, kind: 'withdrawn' }),
  'wish.confirmed/1': (writer, event, body) => keepFact(writer, event, { ...body, kind: body.reached ? 'confirmed' : 'not_yet' }),
  'wish.fulfilled/1': (writer, event, body) => keepFact(writer, event, { ...body, kind: 'fulfilled' }),
}

function keepFact(writer: Writer, event: AppendedEvent, fact: { request: string; wish: string; rider?: string; category?: string; kind: WishFactKind }): void {
  writer.run(
    'INSERT INTO wish_facts (seq, request, wish, rider, kind, category, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
    event.seq, fact.request, fact.wish, fact.rider ?? null, fact.kind, fact.category ?? null, event.wallMs,
  )
}
