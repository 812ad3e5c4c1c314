// The marker: how far this file has got, said beside it (and on a second medium, the witness), so that a file that was
// restored alone knows it. Replaced as a whole; one that is missing or unreadable says nothing.

import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Reader, StationDatabase } from './database.ts'
import { fenceOf, raiseFence } from './fence.ts'
import type { Identity } from './identity.ts'
import { hashOfEvent, lastEvent } from './outbox.ts'
import { replaceFile } from './replace-file.ts'
import { storageErrorOfFile } from './storage-errors.ts'

const markerText = z.strictObject({ station: z.uuid(), incarnation: z.uuid(), lastSeq: z.int().min(0), lastHash: z.string().regex(/^([0-9a-f]{64})?$/) })
export type Marker = z.infer<typeof markerText>

/** What a marker says of a file: `agrees`, it is of this file and not ahead of it; `ahead`, this file is an older copy of itself;
 *  `contradicts`, it comes from another past; `other`, another life of the station's file was marked last. */
export type MarkerWord = 'agrees' | 'ahead' | 'contradicts' | 'other'

/** Compares, and fences the file where it must be. Called once, before anything is recorded in this start. */
export function heedMarker(database: StationDatabase, identity: Identity, marker: Marker): MarkerWord {
  return database.write((writer) => {
    if (marker.incarnation !== identity.incarnation) return isPrevious(writer, marker) ? 'agrees' : 'other'
    const own = lastEvent(writer)?.seq ?? 0
    if (marker.lastSeq > own) {
      if (fenceOf(writer) === null) raiseFence(writer, 'behind')
      writer.run(
        'UPDATE sync_state SET must_reach_seq = max(coalesce(must_reach_seq, 0), ?), marker_seq = ?, marker_hash = ?',
        marker.lastSeq, marker.lastSeq, Buffer.from(marker.lastHash, 'hex'),
      )
      return 'ahead'
    }
    const here = marker.lastSeq === 0 ? null : hashOfEvent(writer, marker.lastSeq)
    if (here === null || Buffer.from(here).toString('hex') === marker.lastHash) return 'agrees'
    raiseFence(writer, 'quarantined')
    return 'contradicts'
  })
}

/** This file has just taken its place. */
function isPrevious(reader: Reader, marker: Marker): boolean {
  return lastEvent(reader) === undefined && reader.get('SELECT 1 FROM previous_file WHERE incarnation = ?', marker.incarnation) !== undefined
}

/** Whatever was marked on the witness last was not this file: until central has said that it is the one, it is taken for an old one. */
export function distrustFile(database: StationDatabase): void {
  database.write((writer) => {
    if (fenceOf(writer) === null) raiseFence(writer, 'behind')
  })
}

export function markerOf(database: StationDatabase, identity: Identity): Marker {
  const last = lastEvent(database.read)
  return { station: identity.station, incarnation: identity.incarnation, lastSeq: last?.seq ?? 0, lastHash: Buffer.from(last?.hash ?? []).toString('hex') }
}

export function readMarker(file: string): Marker | null {
  if (!existsSync(file)) return null
  try {
    return markerText.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    // Half a file after a power cut, or a medium that fails: it vouches for nothing, and the next one takes its place.
    if (error instanceof SyntaxError || error instanceof z.ZodError || storageErrorOfFile(error) !== null) return null
    throw error
  }
}

/** Throws a StorageError where the medium does not take it. */
export function writeMarker(file: string, marker: Marker): void {
  try {
    replaceFile(file, `${JSON.stringify(marker)}\n`)
  } catch (error) {
    throw storageErrorOfFile(error) ?? error
  }
}
