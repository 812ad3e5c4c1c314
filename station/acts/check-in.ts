// A rider comes in. Never refused and never waits (invariant 12): known or not, with or without points, he is greeted.
// A second scan within the rule's minutes is the same visit and no second fact.

import { dayStartMs } from '../../domain/calendar.ts'
import { countPeople } from '../store/counted-people.ts'
import { mayRecord } from '../store/fence.ts'
import { outboxState } from '../store/outbox.ts'
import { isRiderKnown } from '../store/rider-points.ts'
import { keepRequest } from '../sync/allowance-requests.ts'
import { type Counter, momentOf } from './act.ts'
import { recordFact } from './effects.ts'

export interface CheckIn {
  atMs: number
  /** 1 for the first visit of the day. */
  visitToday: number
  /** Within the rule's minutes of the last one: no second visit, and no second welcome. */
  sameVisit: boolean
}

/** `asksForPoints`: the request for his points is kept in the same commit, so that a scan waits for the disk once. */
export function checkIn(counter: Counter, pass: { rider: string; card: number; asksForPoints?: boolean }): CheckIn {
  return counter.database.write((writer) => {
    if (pass.asksForPoints === true) keepRequest(counter, writer, pass.rider)
    const { rules, wallMs, today } = momentOf(counter, writer)
    const dayMs = dayStartMs(today, rules.utcOffsetMinutes)
    // After a clock was set back, visits that lie ahead are none of today's and none of the last half hour's.
    const last = writer.get<{ atMs: number }>('SELECT at_ms AS atMs FROM checkins WHERE rider = ? AND at_ms <= ? ORDER BY at_ms DESC LIMIT 1', pass.rider, wallMs)
    const visits = writer.get<{ count: number }>('SELECT count(*) AS count FROM checkins WHERE rider = ? AND at_ms BETWEEN ? AND ?', pass.rider, dayMs, wallMs)?.count ?? 0
    if (last !== undefined && wallMs - last.atMs < rules.checkinAgainMinutes * 60_000) {
      return { atMs: last.atMs, visitToday: Math.max(1, visits), sameVisit: true }
    }
    if (outboxState(writer).depth >= rules.outboxEventsMax || !mayRecord(writer)) {
      countPeople(writer, { day: today, people: 1 })
      return { atMs: wallMs, visitToday: visits + 1, sameVisit: false }
    }
    const known = isRiderKnown(writer, pass.rider)
    const event = recordFact(writer, counter, 'checkin.recorded/1', () => ({ rider: pass.rider, card: pass.card, known }))
    return { atMs: event.wallMs, visitToday: visits + 1, sameVisit: false }
  })
}
