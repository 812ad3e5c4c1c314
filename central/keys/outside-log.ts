// What must not be undone when the database is restored from a backup: who was banned, who joined, with which key, and who was erased. One JSON
// line each, outside the database, appended and forced to the disk before anybody is told that it is done; after a restore
// it is played back. A line that a power cut tore was never told to anybody and is passed over; any other bad line is an alarm.

import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { MIRROR_ROWS } from '../../contract/sync/sync-protocol.ts'
import { forceFolder, readIfThere, writeAll } from './durable-file.ts'
import { readLineAs } from './read-line.ts'

/** All of a station's row that its certificate does not say, so that the row can be made again. */
export const stationDetails = MIRROR_ROWS.station.omit({ id: true, number: true })
export type StationDetails = z.infer<typeof stationDetails>

const atMs = z.int().min(0)
const outsideRecord = z.discriminatedUnion('kind', [
  /** A new station, or a new key for one that is there: the key of before is worth nothing from then on. */
  z.strictObject({ kind: z.literal('station_enrolled'), station: z.uuid(), district: z.uuid(), number: z.int().min(1), publicKey: z.string().max(64), details: stationDetails, atMs }),
  /** He asked for it; whatever an older database still holds of him goes again. */
  z.strictObject({ kind: z.literal('person_erased'), rider: z.uuid(), atMs }),
  z.strictObject({ kind: z.literal('station_revoked'), station: z.uuid(), atMs }),
  z.strictObject({ kind: z.literal('incarnation_banned'), station: z.uuid(), incarnation: z.uuid(), atMs }),
  /** From now on the database is this history: one that stands before it in this log is a backup. */
  z.strictObject({ kind: z.literal('history_began'), history: z.uuid(), atMs }),
  /** Stands behind a line that a power cut tore. */
  z.strictObject({ kind: z.literal('line_torn') }),
])
export type OutsideRecord = z.infer<typeof outsideRecord>

export interface OutsideLog {
  /** Durable when it returns. */
  append(record: OutsideRecord): void
  /** Oldest first. */
  read(): readonly OutsideRecord[]
}

/** Whether the log has seen `later` begin after all it knows of `earlier`: a database of the earlier one has been set back. */
export function isLaterHistory(records: readonly OutsideRecord[], earlier: string, later: string): boolean {
  const began = records.flatMap((record) => (record.kind === 'history_began' ? [record.history] : []))
  return began.lastIndexOf(later) > began.lastIndexOf(earlier)
}

/** The database's history, where the log has not heard of it. Returns whether the log knows a later one: then this is a backup. */
export function noteHistory(outside: OutsideLog, history: string, atMs: number): { setBack: boolean } {
  const began = outside.read().flatMap((record) => (record.kind === 'history_began' ? [record.history] : []))
  if (!began.includes(history)) outside.append({ kind: 'history_began', history, atMs })
  return { setBack: began.includes(history) && began.at(-1) !== history }
}

export function outsideLogInMemory(): OutsideLog {
  const records: OutsideRecord[] = []
  return { append: (record) => void records.push(record), read: () => records }
}

export function outsideLogAt(file: string): OutsideLog {
  return {
    append(record) {
      const isNew = readIfThere(file) === null
      const torn = !isNew && endsTorn(file) ? `\n${lineOf({ kind: 'line_torn' })}` : ''
      const handle = openSync(file, 'a', 0o600)
      try {
        writeAll(handle, Buffer.from(`${torn}${lineOf(record)}`))
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
      if (isNew) forceFolder(dirname(file))
    },
    read: () => readRecords(file, readIfThere(file) ?? ''),
  }
}

function lineOf(record: OutsideRecord): string {
  return `${JSON.stringify(record)}\n`
}

function endsTorn(file: string): boolean {
  const text = readIfThere(file) ?? ''
  return text !== '' && !text.endsWith('\n')
}

function readRecords(file: string, text: string): OutsideRecord[] {
  const lines = text.split('\n')
  // What stands behind the last line feed: nothing, or a torn line.
  lines.pop()
  return lines.flatMap((line, index): OutsideRecord[] => {
    const record = readLine(line)
    if (record?.kind === 'line_torn') return []
    if (record !== null) return [record]
    const next = lines[index + 1]
    if (next !== undefined && readLine(next)?.kind === 'line_torn') return []
    throw new Error(`${file} is damaged in line ${index + 1}: what it said about a ban or a station is not known`)
  })
}

function readLine(line: string): OutsideRecord | null {
  return readLineAs(outsideRecord, line)
}
