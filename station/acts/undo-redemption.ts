// Takes back a redemption of this file, once: the points to the rider's slice, the goods to the lots they came from, the limits
// as before. Elsewhere, or by another file, it is a correction at central.

import type { KioskInput, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { Counter } from './act.ts'
import { recordFact } from './effects.ts'
import { fenceOf } from '../store/fence.ts'

export type UndoInput = Omit<KioskInput<'undo_redemption'>, 'session'> & { staff: string }

export function undoRedemption(counter: Counter, input: UndoInput): { ok: true; points: number } | { ok: false; refusal: Refusal } {
  return counter.database.write((writer) => {
    const made = writer.get<{ redemption: string; rider: string; points: number; undoneBy: string | null }>(
      `SELECT entries.id AS redemption, redemptions.rider, redemptions.points, undone_redemptions.request AS undoneBy
       FROM redemptions JOIN entries ON entries.seq = redemptions.seq LEFT JOIN undone_redemptions ON redemption_seq = redemptions.seq WHERE receipt = ?`,
      input.receipt,
    )
    if (made === undefined) return { ok: false, refusal: { code: 'redemption_not_here' } }
    const { redemption, rider, points, undoneBy } = made
    if (undoneBy === input.request) return { ok: true, points }
    if (undoneBy !== null) return { ok: false, refusal: { code: 'already_undone' } }
    // What a fenced file says of points is not booked as it is said.
    if (fenceOf(writer) !== null) return { ok: false, refusal: { code: 'out_of_order' } }
    recordFact(writer, counter, 'redemption.undone/1', () => ({ request: input.request, redemption, rider, points, staff: input.staff }))
    return { ok: true, points }
  })
}
