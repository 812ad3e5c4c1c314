// All that decides what a station is told next: the memory's side of pull-head.ts.

import type { ChangeLog, StationQuestions } from '../../../central/store/central-store.ts'
import type { FindCalls } from './outbox-calls.ts'
import type { MemoryTables } from './memory-tables.ts'

export function pullHeadCall({ centrals }: MemoryTables, { findStation, findIncarnation }: FindCalls, { readChanges }: Pick<ChangeLog, 'readChanges'>): Pick<StationQuestions, 'readPullHead'> {
  return {
    async readPullHead(question) {
      const central = centrals.get(true)
      if (central === undefined) throw new Error('expected one row, got 0')
      const station = await findStation(question.station)
      const life = await findIncarnation(question.station, question.incarnation)
      return {
        history: central.history,
        recovering: central.recovering_since_ms !== null,
        station: station === null ? null : { publicKey: station.publicKey, status: station.status },
        life: life === null ? null : { lastSeq: life.lastSeq, state: life.state, backedUpSeq: life.backedUpSeq, greeted: life.greeted },
        changes: await readChanges(question),
      }
    },
  }
}
