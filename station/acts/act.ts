// What every act of the station needs. An act is one thing that happens at the counter: it reads, asks the domain, writes
// effect and event in one transaction, and returns what became of it.

import type { Identity } from '../store/identity.ts'
import type { StationDatabase } from '../store/database.ts'
import type { Rules } from '../store/mirror.ts'
import { rulesRow } from '../store/mirror.ts'
import { dayOf } from '../../domain/calendar.ts'
import type { StationClock } from '../station-clock.ts'
import type { StationIds } from '../station-ids.ts'
import type { Reader } from '../store/database.ts'

export interface Counter {
  readonly database: StationDatabase
  readonly identity: Identity
  readonly clock: StationClock
  readonly ids: StationIds
  /** On a second medium, where the station has one. */
  readonly witness?: Witness
}

/** What knows, apart from the file, how far the file has got: a copy of the file alone does not have it. */
export interface Witness {
  /** It was found at the start and agreed with the file, or has been written since central's word. */
  vouches(): boolean
  /** On its medium when this returns. Throws a StorageError where that does not take it. */
  witness(): void
}

export interface Moment {
  rules: Rules
  wallMs: number
  today: number
}

/** The rules and the day, as of now. */
export function momentOf(counter: Counter, reader: Reader): Moment {
  const rules = rulesRow(reader)
  const wallMs = counter.clock.wallMs()
  return { rules, wallMs, today: dayOf(wallMs, rules.utcOffsetMinutes) }
}
