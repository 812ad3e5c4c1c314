// Points for a service rendered here. Inside the station's earning slice they are the rider's to spend here at once; beyond it
// all of them wait for central, and nobody can spend them until it has recorded them.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { Reader } from '../store/database.ts'
import { mayRecord } from '../store/fence.ts'
import { earningSliceLeft, riderRow } from '../store/rider-points.ts'
import type { Counter } from './act.ts'
import { recordFact } from './effects.ts'
import { spendingStop } from './may-spend.ts'

export interface EarnInput {
  /** The same request is the same service. */
  request: string
  rider: string
  points: number
  /** Of the catalogue of services. */
  service: string
  staff: string
}

export type EarnResult = { ok: true; points: number; pending: boolean } | { ok: false; refusal: Refusal }

export function earnPoints(counter: Counter, input: EarnInput): EarnResult {
  return counter.database.write((writer) => {
    const before = findEarning(writer, input.request)
    if (before !== null) return before
    if (!mayRecord(writer)) return { ok: false, refusal: { code: 'out_of_order' } }
    if (riderRow(writer, input.rider) === null) return { ok: false, refusal: { code: 'rider_unknown' } }
    const inSlice = input.points <= earningSliceLeft(writer) && spendingStop(counter, writer) === null
    recordFact(writer, counter, 'points.earned/1', () => ({ ...input, inSlice }))
    return { ok: true, points: input.points, pending: !inSlice }
  })
}

function findEarning(reader: Reader, request: string): EarnResult | null {
  const row = reader.get<{ points: number; inSlice: number }>('SELECT points, in_slice AS inSlice FROM earnings WHERE request = ?', request)
  return row === undefined ? null : { ok: true, points: row.points, pending: row.inSlice === 0 }
}
