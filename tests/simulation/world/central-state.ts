// What the simulation needs of central's store beside its door: rows to begin with, rows to check, a power loss, an older copy.
// Two stand behind it: tables in memory, and the real SQL (the same schedules, slower).

import type { CentralStore } from '../../../central/store/central-store.ts'
import type { Tables } from '../checker/evidence.ts'

export interface CentralState {
  readonly store: CentralStore
  /** Every table as it is now, or only those. */
  tables(only?: readonly string[]): Promise<Tables>
  /** What was not synced is gone. */
  losePower(): void
  /** A backup. */
  copy(): CentralCopy
  putBack(copy: CentralCopy): void
}

export interface CentralCopy {
  readonly tables: Tables
}
