// The movements of a rider's points in this station's own tables, for every effect that has some: his slice and his entries. A
// rider's balance is not among them: it follows from central's row and the entries.

import type { Writer } from '../store/database.ts'
import type { AppendedEvent } from '../store/outbox.ts'

export function addToSlice(writer: Writer, rider: string, points: number): void {
  writer.run('INSERT INTO allowances (rider, points) VALUES (?, ?) ON CONFLICT (rider) DO UPDATE SET points = points + excluded.points', rider, points)
}

export function takeFromSlice(writer: Writer, rider: string, points: number): void {
  writer.run('UPDATE allowances SET points = points - ? WHERE rider = ?', points, rider)
}

/** Under the event's id. One that central has told already, to a file restored since, becomes this station's own. */
export function writeEntry(writer: Writer, event: AppendedEvent, entry: { rider: string; points: number; reason: 'redemption' | 'service' | 'training' | 'undone' }): void {
  writer.run(
    'INSERT INTO entries (id, rider, at_ms, points, reason, seq) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq',
    event.id, entry.rider, event.wallMs, entry.points, entry.reason, event.seq,
  )
}

export function writeEntryLine(writer: Writer, entry: string, index: number, line: { item: string; quantity: number; points: number }): void {
  writer.run('INSERT OR IGNORE INTO entry_lines (entry, line, item, quantity, points) VALUES (?, ?, ?, ?, ?)', entry, index, line.item, line.quantity, line.points)
}
