// What staff with a right PIN do, answered: shelves filled, a redemption taken back, a file begun anew.

import type { KioskAnswer, KioskInput, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { Counter } from '../acts/act.ts'
import { restock } from '../acts/restock.ts'
import { undoRedemption } from '../acts/undo-redemption.ts'
import { isAllTold, mayBeginAnew } from '../begin-anew.ts'
import { staffRow } from '../store/mirror.ts'

export interface StaffDeskParts {
  counter: Counter
  nudgeSync: () => void
  /** The process ends and starts again with a new file. */
  beginAnew: () => void
}

export function answerRestock({ counter, nudgeSync }: StaffDeskParts, { session: _session, ...wish }: KioskInput<'restock'>, staff: string): KioskAnswer {
  const result = restock(counter, { ...wish, staff })
  if (!result.ok) return refusal(result.refusal)
  nudgeSync()
  return { ok: true, output: result.output }
}

export function answerUndo({ counter, nudgeSync }: StaffDeskParts, input: KioskInput<'undo_redemption'>, staff: string): KioskAnswer {
  const result = undoRedemption(counter, { request: input.request, receipt: input.receipt, staff })
  if (!result.ok) return refusal(result.refusal)
  nudgeSync()
  return { ok: true, output: { points: result.points } }
}

export function answerBeginAnew({ counter, beginAnew }: StaffDeskParts, staff: string): KioskAnswer {
  if (staffRow(counter.database.read, staff)?.role !== 'station_head') return refusal({ code: 'station_head_only' })
  if (!mayBeginAnew(counter)) return refusal({ code: 'bad_request' })
  if (!isAllTold(counter)) return refusal({ code: 'out_of_order' })
  beginAnew()
  return { ok: true, output: {} }
}

function refusal(code: Refusal): KioskAnswer {
  return { ok: false, refusal: code }
}
