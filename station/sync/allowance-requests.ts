// Asking central for a rider's slice of points. The request is kept before it is sent: asked again after a lost answer, it
// gets the same grant. One that was never sent lapses with the rider's session, so that a station that was cut off for a
// week does not gather the points of everybody who came by.

import type { MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { Counter } from '../acts/act.ts'
import { receiveGrant } from '../acts/receive-grant.ts'
import type { Reader, Writer } from '../store/database.ts'

export interface OpenRequest {
  id: string
  rider: string
}

/** Inside the caller's transaction. */
export function keepRequest(counter: Counter, writer: Writer, rider: string): void {
  writer.run('INSERT OR IGNORE INTO allowance_requests (id, rider) VALUES (?, ?)', counter.ids.random(), rider)
}

export function wantAllowance(counter: Counter, rider: string): void {
  counter.database.write((writer) => keepRequest(counter, writer, rider))
}

/** A request that was never sent lapses; what lies here for the rider is looked at when central can be reached. */
export function endVisit(counter: Counter, rider: string): void {
  counter.database.write((writer) => {
    writer.run('DELETE FROM allowance_requests WHERE rider = ? AND sent = 0', rider)
    writer.run('INSERT OR IGNORE INTO returns_due (rider) SELECT rider FROM allowances WHERE rider = ? AND points > 0', rider)
  })
}

/** Nobody is in session when a station starts. */
export function lapseAllUnsentRequests(counter: Counter): void {
  counter.database.write((writer) => writer.run('DELETE FROM allowance_requests WHERE sent = 0'))
}

export function openRequests(reader: Reader, countMax: number): OpenRequest[] {
  return reader.all<OpenRequest>('SELECT id, rider FROM allowance_requests ORDER BY id LIMIT ?', countMax)
}

export function hasOpenRequest(reader: Reader, rider: string): boolean {
  return reader.get('SELECT 1 FROM allowance_requests WHERE rider = ?', rider) !== undefined
}

export function markSent(counter: Counter, request: OpenRequest): void {
  counter.database.write((writer) => writer.run('UPDATE allowance_requests SET sent = 1 WHERE id = ?', request.id))
}

/** The grant becomes a fact and the request is over, together. */
export function closeRequest(counter: Counter, request: OpenRequest, grant: MirrorRow<'grant'> | null): void {
  counter.database.write((writer) => {
    if (grant !== null) receiveGrant(counter, writer, grant)
    writer.run('DELETE FROM allowance_requests WHERE id = ?', request.id)
  })
}
