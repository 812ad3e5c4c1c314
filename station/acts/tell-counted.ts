// People who came while nothing could be recorded were counted. Where there is room again the count becomes a fact, one a day, so
// that central's numbers of visits hold; who they were nobody knows any more.

import { countedPeople } from '../store/counted-people.ts'
import { mayRecord } from '../store/fence.ts'
import { rulesRow } from '../store/mirror.ts'
import { outboxState } from '../store/outbox.ts'
import type { Counter } from './act.ts'
import { recordFact } from './effects.ts'

/** More are told the next time. */
const DAYS_A_TIME_MAX = 50

/** Returns whether something was told. */
export function tellCounted(counter: Counter): boolean {
  // Mostly there is nothing, and that costs no write.
  if (countedPeople(counter.database.read, 1).length === 0) return false
  return counter.database.write((writer) => {
    if (!mayRecord(writer)) return false
    const room = Math.min(DAYS_A_TIME_MAX, rulesRow(writer).outboxEventsMax - outboxState(writer).depth)
    const days = countedPeople(writer, Math.max(0, room))
    for (const { day, people } of days) recordFact(writer, counter, 'checkin.counted/1', () => ({ day, count: people }))
    return days.length > 0
  })
}
