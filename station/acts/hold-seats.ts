// Places of a training that lie at this station: a block is received by a fact, once, and what nobody has taken goes back by a
// fact: asked for by central, some hours before the start, or because there will be no training. Never taken: until that fact
// they are this file's.

import type { MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { Writer } from '../store/database.ts'
import { fenceOf, mayRecord } from '../store/fence.ts'
import { trainingRow, untakenSeats } from '../store/trainings.ts'
import type { Counter } from './act.ts'
import { recordFact } from './effects.ts'

const SEATS_A_FACT_MAX = 200

/** Inside the caller's transaction. Heard of once more, it is the same block, and may be asked back by now. */
export function hearOfSeatBlock(counter: Counter, writer: Writer, block: MirrorRow<'seat_block'>): void {
  if (writer.get('SELECT 1 FROM seat_blocks WHERE id = ?', block.id) === undefined) {
    if (!mayRecord(writer)) return
    recordFact(writer, counter, 'seat_block.received/1', () => ({ block: block.id, training: block.training, seats: block.seats }))
  }
  if (block.recalled) writer.run('UPDATE seat_blocks SET recalled = 1 WHERE id = ? AND recalled = 0', block.id)
}

/** At the next contact with central, by its clock. Returns whether anything went back. */
export function returnSeats(counter: Counter, centralWallMs: number): boolean {
  const { read } = counter.database
  if (fenceOf(read) !== null || read.get('SELECT 1 FROM held_seats LIMIT 1') === undefined) return false
  return counter.database.write((writer) => {
    const untaken = untakenSeats(writer)
    let returned = false
    for (const training of new Set(untaken.map((seat) => seat.training))) {
      const seats = untaken.filter((seat) => seat.training === training)
      const reason = whyAll(writer, training, centralWallMs)
      const going = reason === null ? seats.filter(({ recalled }) => recalled) : seats
      if (going.length === 0) continue
      for (let at = 0; at < going.length; at += SEATS_A_FACT_MAX) {
        const seats = going.slice(at, at + SEATS_A_FACT_MAX).map(({ seat }) => seat)
        recordFact(writer, counter, 'seat_block.returned/1', () => ({ training, seats, reason: reason ?? 'recall' }))
      }
      returned = true
    }
    return returned
  })
}

function whyAll(writer: Writer, training: string, centralWallMs: number): 'closing' | 'cancelled' | 'retired' | null {
  const row = trainingRow(writer, training)
  if (row === null) return 'retired'
  if (row.state === 'cancelled') return 'cancelled'
  return centralWallMs >= row.blocksBackAtMs ? 'closing' : null
}
