// Central is updated now and then: what a station of a newer version said (`version_skew`) can be read from then on, and what was
// parked of it is booked; what nobody can read (`poison_event`) stays. Uploads are read by the program of before, as by a second
// process that is not updated yet, so there is always something to replay.

import { type EventRead, type ReadableEvent, readBody } from '../../../central/sync/book-events.ts'
import { replayParked } from '../../../central/sync/replay-parked.ts'
import type { World } from './world.ts'

const UPDATED_EVERY_MS = 7 * 3_600_000

export function openCentralUpdates(world: World): void {
  const { scheduler, store, sometimes, trace } = world
  const update = async (): Promise<void> => {
    if (world.central.isUp) {
      const replayed = await replayParked(store, { nowMs: scheduler.nowMs(), read: readNewer, pageEvents: 2 })
      if (replayed > 0) sometimes.add('parked_replayed')
      trace.note(`${scheduler.nowMs()} replayed ${replayed}`)
    }
    scheduler.after(UPDATED_EVERY_MS, update)
  }
  scheduler.after(UPDATED_EVERY_MS, update)
}

function readNewer(event: ReadableEvent): EventRead {
  const { kind, version } = event.header
  if (kind === 'goods.weighed' && version === 1) return { name: 'scan.refused/1', body: { verdict: 'forged', count: 1 }, event }
  return readBody(event)
}
