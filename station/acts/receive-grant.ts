// Receiving a slice, of a rider's points or of the programme's for earnings here: a fact of this station, once per grant,
// however often the grant is heard of.

import type { MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { Writer } from '../store/database.ts'
import { mayRecord } from '../store/fence.ts'
import type { Counter } from './act.ts'
import { recordFact } from './effects.ts'

/** Inside the caller's transaction. Returns whether it was new. */
export function receiveGrant(counter: Counter, writer: Writer, grant: MirrorRow<'grant'>): boolean {
  if (!mayRecord(writer) || writer.get('SELECT 1 FROM grants WHERE id = ?', grant.id) !== undefined) return false
  recordFact(writer, counter, 'allowance.received/1', () => ({ grant: grant.id, rider: grant.rider, points: grant.points }))
  return true
}

/** Inside the caller's transaction. Returns whether it was new. */
export function receiveEarningSlice(counter: Counter, writer: Writer, slice: MirrorRow<'earning_slice'>): boolean {
  if (!mayRecord(writer) || writer.get('SELECT 1 FROM earning_slice_grants WHERE id = ?', slice.id) !== undefined) return false
  recordFact(writer, counter, 'earning_slice.received/1', () => ({ grant: slice.id, points: slice.points }))
  return true
}
