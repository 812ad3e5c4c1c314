// A mistake that is made on purpose, in the pieces that are handed to the product from outside; the product's own code stays as
// it is. A simulation that does not find it proves nothing when it finds nothing.

import type { CentralStore } from '../../../central/store/central-store.ts'
import type { StationDatabase } from '../../../station/store/database.ts'
import type { Tables } from '../checker/evidence.ts'
import type { Random } from '../engine/random.ts'

export interface PlantedBug {
  name: string
  /** SQLite is asked for less than FULL (2). */
  synchronousMax?: number
  /** Central's database does not sync what it commits. */
  isFsyncOff?: boolean
  wrapDatabase?: (database: StationDatabase) => StationDatabase
  wrapStore?: (store: CentralStore, random: Random) => CentralStore
  /** Sees each request before central's doors do. */
  onRequest?: (request: { path: string; body: Uint8Array }) => void
  /** Runs at central every hour. */
  everyHour?: (store: CentralStore, nowMs: number, random: Random, tables: () => Promise<Tables>) => Promise<void>
  /** What was kept aside is never told again. */
  isAsideForgotten?: boolean
  /** Central does not look whether its database holds what it once did. */
  isSetBackUnseen?: boolean
  /** A station believes that nobody stands at its screen. */
  isNobodyEverThere?: boolean
}
