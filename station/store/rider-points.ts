// A rider's row and points as this station knows them. Two figures: the balance (all points, wherever they lie: what central
// said plus this station's own later events) and the allowance (what may be spent here). Only the allowance is spent.

import { dayStartMs, periodStartDay } from '../../domain/calendar.ts'
import type { OfferedItem } from '../../domain/redemption.ts'
import type { Reader } from './database.ts'

export interface RiderRow {
  id: string
  maskedName: string
  standing: 'active' | 'suspended'
  hideBalance: boolean
  balance: number
  /** This station keeps his standing allowance. */
  home: boolean
  /** Free to be lent, as central last said. */
  atCentral: number
}

export function riderRow(reader: Reader, rider: string): RiderRow | null {
  const row = reader.get<Omit<RiderRow, 'hideBalance' | 'home'> & { hideBalance: number; home: number }>(
    `SELECT id, masked_name AS maskedName, standing, hide_balance AS hideBalance, home, at_central AS atCentral,
            balance + (SELECT coalesce(sum(points), 0) FROM entries WHERE rider = riders.id AND seq > riders.included_seq) AS balance
     FROM riders WHERE id = ?`,
    rider,
  )
  return row === undefined ? null : { ...row, hideBalance: row.hideBalance === 1, home: row.home === 1 }
}

/** Of his points those that central may lend, as it last said: asked far more often than for all of his row. null: he is not known here. */
export function pointsAtCentral(reader: Reader, rider: string): number | null {
  return reader.get<{ points: number }>('SELECT at_central AS points FROM riders WHERE id = ?', rider)?.points ?? null
}

export function isRiderKnown(reader: Reader, rider: string): boolean {
  return pointsAtCentral(reader, rider) !== null
}

export function allowancePoints(reader: Reader, rider: string): number {
  return reader.get<{ points: number }>('SELECT points FROM allowances WHERE rider = ?', rider)?.points ?? 0
}

/** Earned here beyond the earning slice, and not yet in what central said of the rider. */
export function pendingPoints(reader: Reader, rider: string): number {
  return (
    reader.get<{ points: number }>(
      `SELECT coalesce(sum(points), 0) AS points FROM (SELECT rider, points, in_slice, seq FROM earnings UNION ALL SELECT rider, points, in_slice, seq FROM attendances)
       WHERE rider = ? AND in_slice = 0 AND seq > coalesce((SELECT included_seq FROM riders WHERE id = ?), 0)`,
      rider, rider,
    )?.points ?? 0
  )
}

/** All riders' slices here. */
export function heldPoints(reader: Reader): { riders: number; points: number } {
  return (
    reader.get<{ riders: number; points: number }>('SELECT count(*) AS riders, coalesce(sum(points), 0) AS points FROM allowances WHERE points > 0') ??
    { riders: 0, points: 0 }
  )
}

export function earningSliceLeft(reader: Reader): number {
  return reader.get<{ points: number }>('SELECT points FROM earning_slice')?.points ?? 0
}

/** Units of each limited item that the rider has had in its period, here and (as far as mirrored) elsewhere. */
export function unitsHad(reader: Reader, rider: string, items: readonly OfferedItem[], today: number, utcOffsetMinutes: number): Map<string, number> {
  const had = new Map<string, number>()
  const periods = new Set(items.flatMap(({ limit }) => (limit === null ? [] : [limit.period])))
  // One look at the rider's entries for each period, not for each item: every view asks for the whole shelf.
  for (const period of periods) {
    const units = unitsSince(reader, rider, dayStartMs(periodStartDay(period, today), utcOffsetMinutes))
    for (const { id, limit } of items) if (limit?.period === period) had.set(id, units.get(id) ?? 0)
  }
  return had
}

function unitsSince(reader: Reader, rider: string, fromMs: number): Map<string, number> {
  const rows = reader.all<{ item: string; units: number }>(
    `SELECT entry_lines.item AS item, sum(CASE entries.reason WHEN 'undone' THEN -entry_lines.quantity ELSE entry_lines.quantity END) AS units
     FROM entries JOIN entry_lines ON entry_lines.entry = entries.id
     WHERE entries.rider = ? AND entries.at_ms >= ? AND entries.undone = 0 GROUP BY entry_lines.item`,
    rider, fromMs,
  )
  // One undone in this period may have been of the one before.
  return new Map(rows.map((row) => [row.item, Math.max(0, row.units)]))
}

export interface EntryRow {
  id: string
  atMs: number
  points: number
  reason: 'redemption' | 'service' | 'training' | 'report' | 'correction' | 'opening' | 'undone'
  whatZh: string | null
  whatEn: string | null
  stationZh: string | null
  stationEn: string | null
  seq: number | null
  waiting: number
}

export interface EntryLineRow {
  item: string
  quantity: number
  points: number
  nameZh: string | null
  nameEn: string | null
}

/** Newest first. */
export function entriesOfRider(reader: Reader, rider: string, page: { size: number; number: number }): EntryRow[] {
  return reader.all<EntryRow>(
    `SELECT id, at_ms AS atMs, points, reason, what_zh AS whatZh, what_en AS whatEn, station_zh AS stationZh, station_en AS stationEn, seq,
            coalesce(seq > (SELECT acknowledged_seq FROM sync_state), 0) AS waiting
     FROM entries WHERE rider = ? ORDER BY at_ms DESC, id DESC LIMIT ? OFFSET ?`,
    rider, page.size, page.size * page.number,
  )
}

export function entryCount(reader: Reader, rider: string): number {
  return reader.get<{ count: number }>('SELECT count(*) AS count FROM entries WHERE rider = ?', rider)?.count ?? 0
}

export function linesOfEntry(reader: Reader, entry: string): EntryLineRow[] {
  return reader.all<EntryLineRow>(
    `SELECT item, quantity, points, name_zh AS nameZh, name_en AS nameEn FROM entry_lines LEFT JOIN items ON items.id = entry_lines.item
     WHERE entry = ? ORDER BY line`,
    entry,
  )
}
