// A redemption: allowance, stock, limits, receipt and event commit together or not at all (invariants 1, 2, 5, 6). The
// decision is domain/redemption's. The screen's request id makes a repeat harmless: it gets the same receipt.

import type { KioskInput, Receipt, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import { receiptCode } from '../../domain/receipt-code.ts'
import { decideRedemption } from '../../domain/redemption.ts'
import type { Reader } from '../store/database.ts'
import { stationRow } from '../store/mirror.ts'
import { allowancePoints, linesOfEntry, riderRow, unitsHad } from '../store/rider-points.ts'
import { type CatalogueItem, knownItem, lotsOf, offeredItem } from '../store/shelf.ts'
import { type Counter, momentOf } from './act.ts'
import { recordFact } from './effects.ts'
import { spendingStop } from './may-spend.ts'

export type RedeemInput = Omit<KioskInput<'redeem'>, 'session'> & { rider: string }

export type RedeemResult = { ok: true; receipt: Receipt } | { ok: false; refusal: Refusal }

export function redeem(counter: Counter, input: RedeemInput): RedeemResult {
  return counter.database.write((writer) => {
    const before = findRedemption(writer, input.request)
    if (before !== null) return { ok: true, receipt: before }
    if (spendingStop(counter, writer) !== null) return { ok: false, refusal: { code: 'out_of_order' } }
    const { rules, today } = momentOf(counter, writer)

    const wanted = [...new Set(input.lines.map((line) => line.item))]
    const items = wanted.map((id) => offeredItem(writer, id)).filter((item) => item !== undefined)
    const rider = riderRow(writer, input.rider)
    const decision = decideRedemption({
      riderStanding: rider?.standing ?? null,
      cart: input.lines,
      cartUnitsMax: rules.cartUnitsMax,
      pointsShown: input.pointsShown,
      items,
      lots: wanted.flatMap((id) => lotsOf(writer, id)),
      unitsHad: unitsHad(writer, input.rider, items, today, rules.utcOffsetMinutes),
      allowancePoints: allowancePoints(writer, input.rider),
      today,
    })
    if (decision.decision === 'refuse') return { ok: false, refusal: decision.refusal }
    const { points, lines } = decision
    const stationNumber = stationRow(writer)?.number ?? 0
    const fact = recordFact(writer, counter, 'redemption.recorded/1', ({ seq }) => ({
      request: input.request,
      rider: input.rider,
      points,
      receipt: receiptCode(stationNumber, seq),
      lines: lines.map((line) => ({ ...line, lots: line.lots.map(({ lot, quantity }): [number, number] => [lot, quantity]) })),
    }))
    const shown = lines.map((line) => showLine(line, items.find((item) => item.id === line.item)))
    return { ok: true, receipt: { code: fact.body.receipt, points, balanceAfter: rider === null ? null : rider.balance - points, lines: shown } }
  })
}

function showLine({ item, quantity, points }: { item: string; quantity: number; points: number }, known: CatalogueItem | undefined): Receipt['lines'][number] {
  return { item, name: known?.name ?? { zh: item, en: item }, picture: known?.picture ?? '', tint: known?.tint ?? 'sand', quantity, points }
}

/** The receipt of a redemption by the screen's request id, or null where none was recorded. */
export function findRedemption(reader: Reader, request: string): Receipt | null {
  const row = reader.get<{ seq: number; rider: string; points: number; receipt: string; entry: string }>(
    `SELECT redemptions.seq, redemptions.rider, redemptions.points, redemptions.receipt, entries.id AS entry
     FROM redemptions JOIN entries ON entries.seq = redemptions.seq WHERE redemptions.request = ?`,
    request,
  )
  if (row === undefined) return null
  return {
    code: row.receipt,
    points: row.points,
    balanceAfter: riderRow(reader, row.rider)?.balance ?? null,
    lines: linesOfEntry(reader, row.entry).map((line) => showLine(line, knownItem(reader, line.item))),
  }
}
