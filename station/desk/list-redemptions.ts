// Today's redemptions at this machine, for staff: what and when, never whose.

import type { KioskOutput } from '../../contract/kiosk/kiosk-requests.ts'
import { dayStartMs } from '../../domain/calendar.ts'
import { type Counter, momentOf } from '../acts/act.ts'
import { linesOfEntry } from '../store/rider-points.ts'

const REDEMPTIONS_SHOWN_MAX = 50

export function listRedemptions(counter: Counter): KioskOutput<'list_redemptions'> {
  const reader = counter.database.read
  const { rules, today } = momentOf(counter, reader)
  const rows = reader.all<{ receipt: string; atMs: number; points: number; entry: string; undone: number }>(
    `SELECT receipt, at_ms AS atMs, redemptions.points, entries.id AS entry, undone FROM redemptions JOIN entries ON entries.seq = redemptions.seq
     WHERE at_ms >= ? AND redemptions.seq > (SELECT coalesce(max(seq), 0) - 20000 FROM redemptions) ORDER BY redemptions.seq DESC LIMIT ?`,
    dayStartMs(today, rules.utcOffsetMinutes), REDEMPTIONS_SHOWN_MAX,
  )
  return {
    redemptions: rows.map(({ receipt, atMs, points, entry, undone }) => ({
      receipt,
      atMs,
      points,
      undone: undone === 1,
      lines: linesOfEntry(reader, entry).map((line) => ({
        item: line.item,
        quantity: line.quantity,
        points: line.points,
        name: line.nameZh === null ? { zh: line.item, en: line.item } : { zh: line.nameZh, en: line.nameEn ?? line.nameZh },
      })),
    })),
  }
}
