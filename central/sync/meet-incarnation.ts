// The first word of a station's file, at whichever door: from then on central knows that life of it, and every slice lent
// to the station before belongs to it, or to an earlier one. Comes before anything is told or lent.

import type { StationQuestions } from '../store/central-store.ts'
import { chainSeed } from './push-batch.ts'
import type { KnownStation, SyncContext } from './sync-context.ts'

export async function meetIncarnation(context: SyncContext, { station, district }: KnownStation, incarnation: string): Promise<void> {
  if ((await context.store.findIncarnation(station, incarnation)) !== null) return
  const nowMs = context.nowMs()
  const stranded = await context.store.transaction('write', async (transaction) => {
    await transaction.lockStation(station)
    return transaction.beginIncarnation({ district, station, incarnation }, chainSeed(station, incarnation), nowMs)
  })
  if (stranded !== null) context.notice({ notice: 'station_began_anew', station, incarnation, strandedRiders: stranded.riders, strandedPoints: stranded.points })
}

/** How many of this life's events are in the books; 0 for one that has sent nothing yet. */
export async function readIncludedSeq(store: StationQuestions, station: string, incarnation: string): Promise<number> {
  return (await store.findIncarnation(station, incarnation))?.lastSeq ?? 0
}
