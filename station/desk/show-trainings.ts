// Trainings as everybody at the screen may see them, and who is on the list of one, for staff who take attendance: masked.

import { type AttendeeShown, HOSTED_TODAY_MAX, type HostedToday, type TrainingShown } from '../../contract/kiosk/training-view.ts'
import { dayOf } from '../../domain/calendar.ts'
import type { Reader } from '../store/database.ts'
import { riderRow } from '../store/rider-points.ts'
import { ridersOnList } from '../store/training-list.ts'
import { freeSeatCounts, type TrainingRow } from '../store/trainings.ts'

export const TRAININGS_SHOWN_MAX = 200
const ATTENDEES_MAX = 500

export function showTrainings(reader: Reader, rows: readonly TrainingRow[], moment: { wallMs: number; station: string }): TrainingShown[] {
  const here = freeSeatCounts(reader)
  const isOver = (row: TrainingRow): boolean => moment.wallMs >= row.endsAtMs
  return [...rows.filter((row) => !isOver(row)), ...rows.filter(isOver).toReversed()].map((row) => ({
    training: row.id,
    topic: row.topic,
    title: row.title,
    place: row.place,
    startsAtMs: row.startsAtMs,
    endsAtMs: row.endsAtMs,
    closesAtMs: row.closesAtMs,
    capacity: row.capacity,
    seatsFree: { here: moment.wallMs < row.blocksBackAtMs ? (here.get(row.id) ?? 0) : 0, central: row.freeAtCentral },
    waiting: row.waitingNumbers.length,
    points: row.points,
    certificateMonths: row.certificateMonths,
    lateMinutes: row.lateMinutes,
    hostedHere: row.host === moment.station,
    forSome: row.isForSome,
    state: row.state === 'cancelled' ? 'cancelled' : isOver(row) ? 'over' : 'open',
    cancelReason: row.cancelReason,
  }))
}

export function showAttendees(reader: Reader, training: string): AttendeeShown[] {
  return ridersOnList(reader, training)
    .slice(0, ATTENDEES_MAX)
    .map(({ rider, state, late }) => ({ rider, maskedName: riderRow(reader, rider)?.maskedName ?? null, state, late }))
}

/** Held here on this day, also what began before midnight; cancelled ones too, so that nobody looks for them. */
export function showHosted(reader: Reader, rows: readonly TrainingRow[], moment: { today: number; station: string; utcOffsetMinutes: number }): HostedToday[] {
  const dayAt = (atMs: number): number => dayOf(atMs, moment.utcOffsetMinutes)
  return rows
    .filter((row) => row.host === moment.station && dayAt(row.startsAtMs) <= moment.today && dayAt(row.endsAtMs) >= moment.today)
    .slice(0, HOSTED_TODAY_MAX)
    .map(({ id }) => {
      const list = ridersOnList(reader, id)
      const count = (...states: readonly AttendeeShown['state'][]): number => list.filter(({ state }) => states.includes(state)).length
      return { training: id, came: count('attended', 'walk_in'), signedUp: count('attended', 'expected') }
    })
}
