// The first word of a station's file, at whichever door: from then on central knows that life of it, and every slice lent
// to the station before belongs to it, or to an earlier one. Comes before anything is told or lent.

import { beginIncarnation, findIncarnation } from '../store/incarnations.ts'
import { lockStation } from '../store/stations.ts'
import { chainSeed } from './push-batch.ts'
import type { KnownStation, SyncContext } from './sync-context.ts'

export async function meetIncarnation(context: SyncContext, { station, district }: KnownStation, incarnation: string): Promise<void> {
  if ((await findIncarnation(context.database, station, incarnation)) !== null) return
  const nowMs = context.nowMs()
  const stranded = await context.database.transaction('write', async (transaction) => {
    await lockStation(transaction, station)
    return beginIncarnation(transaction, { district, station, incarnation }, chainSeed(station, incarnation), nowMs)
  })
  if (stranded !== null) context.notice({ notice: 'station_began_anew', station, incarnation, strandedRiders: stranded.riders, strandedPoints: stranded.points })
}
