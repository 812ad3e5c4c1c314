// Facts of stations that central flagged or could not read: what is odd about each, what it cost, and whether somebody has dealt
// with it. Nothing here changes what happened.

import { z } from 'zod'
import { atMs, bilingual, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'

export const FACT_STATES = ['waiting', 'acknowledged', 'accepted'] as const

const factRow = z.strictObject({
  id: rowId, station: rowId, stationName: bilingual, kind: z.string(), outcome: z.enum(['flagged', 'parked']), code: z.string(), wallAtMs: atMs, receivedAtMs: atMs,
  /** What `discrepancy` paid for it. */
  points: z.int(), state: z.enum(FACT_STATES), canAccept: z.boolean(),
})
export type FactRow = z.infer<typeof factRow>
export const exceptionsDoor = tableDoor('exceptions', { sorts: ['received'], filters: { state: FACT_STATES, outcome: ['flagged', 'parked'], station: 'id' }, row: factRow })
/** Looked at, nothing to do or done elsewhere. */
export const acknowledgeFactDoor = consoleDoor('acknowledge-fact', z.strictObject({ event: rowId }), nothing)
/** Of a file that no longer counts: the programme pays what `discrepancy` had paid. */
export const acceptFactDoor = consoleDoor('accept-fact', z.strictObject({ event: rowId }), z.strictObject({ points: z.int() }))
