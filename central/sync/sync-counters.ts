// What central's sync counts about itself: a closed list without the name of a station, a rider or a file, so that it may
// stand in metrics for ever. Who counts comes in from outside: Prometheus in the process, a plain tally in the simulation.
// Counted after the commit, because a transaction may run twice.

import { checkinCounted } from '../../contract/sync/event-bodies.ts'
import type { WordsRefusal } from '../../contract/sync/sealed-words.ts'
import type { EventOutcome, PushAnswer, SyncError } from '../../contract/sync/sync-protocol.ts'
import type { SentEvent } from '../store/outboxes.ts'
import { parseJson } from './push-batch.ts'

/** Why a request was refused: the answer's code, or more exactly where one code covers several kinds of bad input. */
export const REFUSAL_DETAILS = ['archive_too_large', 'body_cut', 'batch_not_signed_by_sender'] as const
export type RefusalDetail = (typeof REFUSAL_DETAILS)[number]
export type RefusalCode = SyncError['error'] | RefusalDetail

export type SyncCount =
  | { what: 'refusal'; code: RefusalCode }
  /** `repeated`: all of it was here already. */
  | { what: 'push'; result: PushAnswer['result'] | 'repeated' }
  /** Events that were new in a push. */
  | { what: 'events'; outcomes: readonly EventOutcome[] }
  /** Of new events, those that say they happen more than a day after now. */
  | { what: 'events_ahead'; events: number }
  /** People who came to a station, by new events: recorded one by one, or by their number of a time when nothing could be recorded. */
  | { what: 'visits'; people: number }
  | { what: 'grant'; points: number }
  | { what: 'page'; result: 'page' | 'cursor_unknown'; changes: number }
  | { what: 'snapshot'; bytes: number }
  /** Uploads that one transaction took. */
  | { what: 'group'; uploads: number }
  /** A box of words: held, or why not. */
  | { what: 'words'; result: 'held' | WordsRefusal }
  | { what: 'wakeup_stream'; change: 1 | -1 }
  /** A station's clock minus central's, as it said in a hello. */
  | { what: 'clock'; offsetMs: number }

export interface SyncCounters {
  count(what: SyncCount): void
}

export const uncounted: SyncCounters = { count: () => undefined }

/** A clock that is off by more than this is an alarm, and stops nothing. */
export const CLOCK_OFF_MS = 86_400_000

export function countEventsAhead(counters: SyncCounters, wallMs: readonly number[], nowMs: number): void {
  const events = wallMs.filter((atMs) => atMs - nowMs > CLOCK_OFF_MS).length
  if (events > 0) counters.count({ what: 'events_ahead', events })
}

/** Parked ones are nobody's visit: central could not read them. */
export function countVisits(counters: SyncCounters, events: readonly Pick<SentEvent, 'header' | 'body'>[], outcomes: readonly EventOutcome[]): void {
  const people = events.reduce((sum, { header: { kind, version }, body }, index) => {
    if (outcomes[index]?.outcome === 'parked') return sum
    if (kind === 'checkin.recorded') return sum + 1
    return kind === 'checkin.counted' && version === 1 ? sum + (checkinCounted.safeParse(parseJson(body)).data?.count ?? 0) : sum
  }, 0)
  if (people > 0) counters.count({ what: 'visits', people })
}
