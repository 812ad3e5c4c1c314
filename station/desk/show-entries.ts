// A rider's points, entry by entry, as the screen shows them: newest first, each with why and where.

import type { KioskOutput, PointEntry } from '../../contract/kiosk/kiosk-requests.ts'
import type { Reader } from '../store/database.ts'
import { stationRow } from '../store/mirror.ts'
import { entriesOfRider, entryCount, type EntryRow, linesOfEntry } from '../store/rider-points.ts'

export function showEntries(reader: Reader, rider: string, page: { size: number; number: number }): KioskOutput<'list_entries'> {
  return { entries: entriesOfRider(reader, rider, page).map((row) => showEntry(reader, row)), total: entryCount(reader, rider) }
}

function showEntry(reader: Reader, row: EntryRow): PointEntry {
  return {
    id: row.id,
    atMs: row.atMs,
    points: row.points,
    reason: row.reason,
    what: bilingual(row.whatZh, row.whatEn),
    // With a sequence it was recorded here.
    stationName: row.seq === null ? bilingual(row.stationZh, row.stationEn) : (stationRow(reader)?.name ?? null),
    waiting: row.waiting === 1,
    lines: linesOfEntry(reader, row.id).map(({ item, quantity, points, nameZh, nameEn }) => ({
      item,
      quantity,
      points,
      name: bilingual(nameZh, nameEn) ?? { zh: item, en: item },
    })),
  }
}

function bilingual(zh: string | null, en: string | null): { zh: string; en: string } | null {
  return zh === null ? null : { zh, en: en ?? zh }
}
