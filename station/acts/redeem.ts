// A redemption: allowance, stock, limits, receipt and event commit together or not at all (invariants 1, 2, 5, 6). The
// decision is domain/redemption's. The screen's request id makes a repeat harmless: it gets the same receipt.

import type { KioskInput, Receipt, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import { receiptCode } from '../../domain/receipt-code.ts'
import { decideRedemption, type RedeemedLine } from '../../domain/redemption.ts'
import type { Reader, Writer } from '../store/database.ts'
import { stationRow } from '../store/mirror.ts'
import { appendEvent, outboxDepth } from '../store/outbox.ts'
import { allowancePoints, linesOfEntry, riderRow, unitsHad } from '../store/rider-points.ts'
import { knownItem, lotsOf, offeredItem } from '../store/shelf.ts'
import { type Counter, momentOf } from './act.ts'

export type RedeemInput = Omit<KioskInput<'redeem'>, 'session'> & { rider: string }

export type RedeemResult = { ok: true; receipt: Receipt } | { ok: false; refusal: Refusal }

export function redeem(counter: Counter, input: RedeemInput): RedeemResult {
  return counter.database.write((writer) => {
    const before = findRedemption(writer, input.request)
    if (before !== null) return { ok: true, receipt: before }
    const { rules, today } = momentOf(counter, writer)
    if (outboxDepth(writer).depth >= rules.outboxEventsMax) return { ok: false, refusal: { code: 'out_of_order' } }

    const wanted = [...new Set(input.lines.map((line) => line.item))]
    const items = wanted.map((id) => offeredItem(writer, id)).filter((item) => item !== undefined)
    const decision = decideRedemption({
      riderStanding: riderRow(writer, input.rider)?.standing ?? null,
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
    record(counter, writer, input, decision)
    const receipt = findRedemption(writer, input.request)
    if (receipt === null) throw new Error('a redemption that was just recorded is not there')
    return { ok: true, receipt }
  })
}

function record(counter: Counter, writer: Writer, input: RedeemInput, decision: { lines: RedeemedLine[]; points: number }): void {
  const stationNumber = stationRow(writer)?.number ?? 0
  const event = appendEvent(writer, counter.identity, counter.clock, 'redemption.recorded/1', ({ seq }) => ({
    request: input.request,
    rider: input.rider,
    points: decision.points,
    receipt: receiptCode(stationNumber, seq),
    lines: decision.lines.map((line) => ({ ...line, lots: line.lots.map(({ lot, quantity }): [number, number] => [lot, quantity]) })),
  }))
  writer.run('UPDATE allowances SET points = points - ? WHERE rider = ?', decision.points, input.rider)
  writer.run(
    'INSERT INTO redemptions (seq, request, rider, points, receipt) VALUES (?, ?, ?, ?, ?)',
    event.seq, input.request, input.rider, decision.points, receiptCode(stationNumber, event.seq),
  )
  writer.run(
    "INSERT INTO entries (id, rider, at_ms, points, reason, seq) VALUES (?, ?, ?, ?, 'redemption', ?)",
    event.id, input.rider, event.wallMs, -decision.points, event.seq,
  )
  for (const [index, line] of decision.lines.entries()) {
    writer.run('INSERT INTO entry_lines (entry, line, item, quantity, points) VALUES (?, ?, ?, ?, ?)', event.id, index, line.item, line.quantity, line.points)
    for (const { lot, quantity } of line.lots) {
      writer.run('UPDATE lots SET quantity_left = quantity_left - ? WHERE lot = ?', quantity, lot)
      writer.run('INSERT INTO stock_movements (seq, lot, quantity) VALUES (?, ?, ?)', event.seq, lot, -quantity)
    }
  }
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
    lines: linesOfEntry(reader, row.entry).map((line) => {
      const item = knownItem(reader, line.item)
      return {
        item: line.item,
        name: item?.name ?? { zh: line.item, en: line.item },
        picture: item?.picture ?? '',
        tint: item?.tint ?? 'sand',
        quantity: line.quantity,
        points: line.points,
      }
    }),
  }
}
