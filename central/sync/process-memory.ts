// What one central process keeps between requests: who waits to be taken in, and copies of what the database says, each of
// which is checked against the database before it counts. Nothing is lost with it, and another process needs to know none of it.

import { isDatabaseBusy } from '../store/database-errors.ts'
import { createDistrictRows, type DistrictRows } from './district-rows.ts'
import { createGroupQueue, type GroupQueue } from './group-queue.ts'
import type { Upload } from './meet-uploads.ts'
import type { Recorded } from './record-uploads.ts'
import { createStationKeys, type StationKeys } from './station-keys.ts'

/** One transaction takes this much. */
export const GROUP_UPLOADS_MAX = 64
const GROUP_EVENTS_MAX = 4_000
/** As many as one statement writes. */
const PORTION_EVENTS = 500
/** While one waits for the disk the other one plans. */
const GROUPS_AT_ONCE = 2
export const PUSHES_WAITING_MAX = 4_096
const PUSHES_BYTES_MAX = 64 * 1024 * 1024
const WAIT_MS_MAX = 10_000

export interface ProcessMemory {
  readonly pushes: GroupQueue<Upload, Recorded>
  /** Of a long upload: so many are read while as many are written. */
  readonly portionEvents: number
  readonly keys: StationKeys
  readonly districtRows: DistrictRows
}

export function createProcessMemory({ portionEvents = PORTION_EVENTS }: Partial<Pick<ProcessMemory, 'portionEvents'>> = {}): ProcessMemory {
  return {
    portionEvents,
    pushes: createGroupQueue({
      groupsAtOnce: GROUPS_AT_ONCE,
      itemsMax: GROUP_UPLOADS_MAX,
      weightMax: GROUP_EVENTS_MAX,
      waitingMax: PUSHES_WAITING_MAX,
      bytesMax: PUSHES_BYTES_MAX,
      waitMsMax: WAIT_MS_MAX,
      keyOf: ({ station }) => station.station,
      weightOf: ({ push }) => push.events.length,
      bytesOf: ({ bytes }) => bytes,
      isPassing: isDatabaseBusy,
    }),
    keys: createStationKeys(),
    districtRows: createDistrictRows(),
  }
}
