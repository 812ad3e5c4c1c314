// Whether a life of a station's file may go on: it has said hello under the present history. A life begins nowhere else than
// in its hello (hello.ts), so every door but that one asks here first.

import type { StationQuestions } from '../store/central-store.ts'
import type { KnownStation, SyncContext } from './sync-context.ts'

export async function hasSaidHello({ store }: Pick<SyncContext, 'store'>, { station }: Pick<KnownStation, 'station'>, incarnation: string): Promise<boolean> {
  return (await store.findIncarnation(station, incarnation))?.greeted ?? false
}

export const HELLO_NEEDED = { ok: false, error: 'hello_needed' } as const

/** How many of this life's events are in the books; 0 for one that has sent nothing yet. */
export async function readIncludedSeq(store: StationQuestions, station: string, incarnation: string): Promise<number> {
  return (await store.findIncarnation(station, incarnation))?.lastSeq ?? 0
}
