// A restock: counted goods become lots on this station's shelf, with the event that says so, in one transaction.

import type { KioskInput, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import { decideRestock } from '../../domain/restock.ts'
import type { Reader } from '../store/database.ts'
import { allDonors } from '../store/mirror.ts'
import { mayRecord } from '../store/fence.ts'
import { knownItem } from '../store/shelf.ts'
import { type Counter, momentOf } from './act.ts'
import { recordFact } from './effects.ts'

export type RestockInput = Omit<KioskInput<'restock'>, 'session'> & { staff: string }

export interface RestockCount {
  units: number
  lines: number
}

export const RESTOCK_LINES_MAX = 100
export const RESTOCK_UNITS_PER_LINE_MAX = 9_999

export function restock(counter: Counter, input: RestockInput): { ok: true; output: RestockCount } | { ok: false; refusal: Refusal } {
  return counter.database.write((writer) => {
    const before = findRestock(writer, input.request)
    if (before !== null) return { ok: true, output: before }
    if (!mayRecord(writer)) return { ok: false, refusal: { code: 'out_of_order' } }
    const { today } = momentOf(counter, writer)
    const items = [...new Set(input.lines.map((line) => line.item))].map((id) => knownItem(writer, id)).filter((item) => item !== undefined)
    const decision = decideRestock({
      lines: input.lines,
      items,
      donors: new Set(allDonors(writer).map((donor) => donor.id)),
      today,
      linesMax: RESTOCK_LINES_MAX,
      unitsPerLineMax: RESTOCK_UNITS_PER_LINE_MAX,
    })
    if (decision.decision === 'refuse') return { ok: false, refusal: decision.refusal }

    const lastLot = writer.get<{ lot: number | null }>('SELECT max(lot) AS lot FROM lots')?.lot ?? 0
    const lots = decision.lines.map((line, index) => ({ ...line, lot: lastLot + 1 + index }))
    recordFact(writer, counter, 'restock.recorded/1', () => ({ request: input.request, staff: input.staff, lines: lots }))
    const output = { units: lots.reduce((sum, lot) => sum + lot.quantity, 0), lines: lots.length }
    return { ok: true, output }
  })
}

function findRestock(reader: Reader, request: string): RestockCount | null {
  return reader.get<RestockCount>('SELECT units, line_count AS lines FROM restocks WHERE request = ?', request) ?? null
}
