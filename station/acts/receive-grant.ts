// Receiving a slice of a rider's points: a fact of this station, once per grant, however often the grant is heard of.

import type { MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { Writer } from '../store/database.ts'
import { appendEvent } from '../store/outbox.ts'
import type { Counter } from './act.ts'

/** Inside the caller's transaction. Returns whether it was new. */
export function receiveGrant(counter: Counter, writer: Writer, grant: MirrorRow<'grant'>): boolean {
  if (writer.get('SELECT 1 FROM grants WHERE id = ?', grant.id) !== undefined) return false
  const event = appendEvent(writer, counter, 'allowance.received/1', () => ({
    grant: grant.id,
    rider: grant.rider,
    points: grant.points,
  }))
  writer.run('INSERT INTO grants (id, rider, points, received_seq) VALUES (?, ?, ?, ?)', grant.id, grant.rider, grant.points, event.seq)
  writer.run(
    'INSERT INTO allowances (rider, points) VALUES (?, ?) ON CONFLICT (rider) DO UPDATE SET points = points + excluded.points',
    grant.rider, grant.points,
  )
  return true
}
