// Keeps the marker beside the database (at most once a second) and on the witness's medium (before a redemption is shown).
// A file that is behind leaves its markers alone: they are what it has to reach.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Witness } from './acts/act.ts'
import type { StationDatabase } from './store/database.ts'
import { mayRecord } from './store/fence.ts'
import type { Identity } from './store/identity.ts'
import { distrustFile, heedMarker, markerOf, readMarker, writeMarker } from './store/marker.ts'
import { StorageError } from './store/storage-errors.ts'

export const MARK_EVERY_MS = 1_000

export interface MarkerKeeper {
  /** null: the station has no second medium. */
  readonly witness: Witness | null
  /** Writes what is new; a medium that does not take it is told of once. */
  keep(): void
}

export interface MarkerPlaces {
  dataFolder: string
  /** On another medium. */
  witnessFolder: string | null
}

/** Reads both markers and fences the file where they say so. */
export function openMarkerKeeper(database: StationDatabase, identity: Identity, places: MarkerPlaces, onProblem: (problem: string) => void): MarkerKeeper {
  const beside = join(places.dataFolder, 'station.marker')
  const second = places.witnessFolder === null ? null : join(places.witnessFolder, `boai-station-${identity.station}.marker`)
  const besideMarker = readMarker(beside)
  if (besideMarker !== null && heedMarker(database, identity, besideMarker) !== 'agrees') onProblem('the database is not the one its marker speaks of')
  const secondMarker = second === null ? null : readMarker(second)
  const word = secondMarker === null ? null : heedMarker(database, identity, secondMarker)
  if (word !== null && word !== 'agrees') onProblem(`the database is not the one its witness speaks of: ${word}`)
  if (word === 'other') distrustFile(database)

  const vouches = word === 'agrees'
  let keptSeq = -1
  let isTold = false

  function write(file: string): void {
    if (mayRecord(database.read)) writeMarker(file, markerOf(database, identity))
  }

  return {
    witness: second === null ? null : { vouches: () => vouches, witness: () => write(second) },
    keep() {
      const { lastSeq } = markerOf(database, identity)
      if (lastSeq === keptSeq || !mayRecord(database.read)) return
      try {
        write(beside)
        // A stick that was pulled must not stop the counter's clock; a redemption finds it missing by itself.
        if (second !== null && places.witnessFolder !== null && existsSync(places.witnessFolder)) write(second)
        keptSeq = lastSeq
        isTold = false
      } catch (error) {
        if (!(error instanceof StorageError)) throw error
        if (!isTold) onProblem(`the marker is not kept: ${error.message}`)
        isTold = true
      }
    },
  }
}
