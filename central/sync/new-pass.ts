// Answers a station with the pass of somebody who has just registered there.

import { NEW_PASS_MS_MAX, type NewPassAnswer, type NewPassRequest } from '../../contract/sync/new-pass.ts'
import { HELLO_NEEDED, hasSaidHello } from './meet-incarnation.ts'
import type { KnownStation, SyncContext, SyncResult } from './sync-context.ts'

export async function answerNewPass(context: SyncContext, asking: KnownStation, { incarnation, rider }: NewPassRequest): Promise<SyncResult<NewPassAnswer>> {
  if (!(await hasSaidHello(context, asking, incarnation))) return HELLO_NEEDED
  const sinceMs = context.nowMs() - NEW_PASS_MS_MAX
  const card = await context.store.transaction('snapshot', (snapshot) => snapshot.findNewCard({ rider, station: asking.station, sinceMs }))
  return { ok: true, answer: { pass: card === null ? null : context.signPass({ holder: 'rider', holderId: rider, ...card }) } }
}
