// A rider is there: attendance, points, service and certificate are one fact, once a rider and training (at this machine; central
// sees to it over all). Points come from the station's earning slice, as for any service; beyond it they wait for central.

import type { AttendanceOutcome } from '../../contract/kiosk/training-view.ts'
import { judgeArrival } from '../../domain/training/attendance.ts'
import type { Reader } from '../store/database.ts'
import { mayRecord } from '../store/fence.ts'
import { earningSliceLeft, riderRow } from '../store/rider-points.ts'
import { ridersOnList } from '../store/training-list.ts'
import { type TrainingRow, trainingRow } from '../store/trainings.ts'
import { type Counter, momentOf } from './act.ts'
import { recordFact } from './effects.ts'
import { spendingStop } from './may-spend.ts'

export interface AttendanceInput {
  request: string
  training: string
  rider: string
  staff: string
}

export function takeAttendance(counter: Counter, input: AttendanceInput): AttendanceOutcome {
  return counter.database.write((writer): AttendanceOutcome => {
    const { training, rider } = input
    const known = riderRow(writer, rider)
    const row = trainingRow(writer, training)
    if (known === null) return { result: 'refused', why: 'rider_unknown' }
    const before = findAttendance(writer, input.request, row)
    if (before !== null) return { ...before, maskedName: known.maskedName }
    const list = ridersOnList(writer, training)
    const own = list.find((listed) => listed.rider === rider)
    if (own?.state === 'attended' || own?.state === 'walk_in') return { result: 'already', maskedName: known.maskedName }
    if (row === null || !mayRecord(writer)) return { result: 'refused', why: 'out_of_order' }
    const nowMs = momentOf(counter, writer).wallMs
    const verdict = judgeArrival({
      ...row,
      nowMs,
      isCancelled: row.state === 'cancelled',
      hasSeat: own?.state === 'expected',
      attended: list.filter(({ state }) => state === 'attended' || state === 'walk_in').length,
      expected: list.filter((listed) => listed.state === 'expected' || (listed.rider !== rider && listed.offerEndsAtMs !== null && listed.offerEndsAtMs > nowMs)).length,
    })
    if (verdict.verdict === 'refused') return { result: 'refused', why: verdict.why }
    const { late, walkIn } = verdict
    const { points } = row
    const inSlice = points > 0 && points <= earningSliceLeft(writer) && spendingStop(counter, writer) === null
    const certificate = row.certificateMonths === null ? null : counter.ids.random()
    recordFact(writer, counter, 'attendance.recorded/1', () => ({ ...input, walkIn, late, points, inSlice, certificate, revision: row.revision }))
    return { result: 'attended', maskedName: known.maskedName, late, walkIn, points, certificate: certificate !== null }
  })
}

function findAttendance(reader: Reader, request: string, training: TrainingRow | null): Extract<AttendanceOutcome, { result: 'attended' }> | null {
  const row = reader.get<{ walkIn: number; late: number; points: number }>('SELECT walk_in AS walkIn, late, points FROM attendances WHERE request = ?', request)
  if (row === undefined) return null
  return { result: 'attended', maskedName: null, late: row.late === 1, walkIn: row.walkIn === 1, points: row.points, certificate: training !== null && training.certificateMonths !== null }
}
