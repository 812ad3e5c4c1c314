// Ids come in from here and from nowhere else in the station, so that the simulation can bring its own and run the same way twice.

import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'

export interface StationIds {
  /** A UUID that says nothing: of a file's life, a session, a request. */
  random(): string
  /** A UUIDv7 with that time in front: of an event. */
  timed(wallMs: number): string
}

export const machineIds: StationIds = {
  random: () => randomUUID(),
  timed: (wallMs) => uuidv7({ msecs: wallMs }),
}
