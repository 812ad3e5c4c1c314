// Beginning anew (docs/decisions/0005): a file that may never spend again is kept aside under its own name, and the station
// goes on with a new, empty one that says in its hello which file it replaced. The wish is a note beside the file, so that it
// survives whatever happens between the touch and the next start.

import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Counter } from './acts/act.ts'
import { asidePath } from './store/aside-files.ts'
import { openStationDatabase, type Reader } from './store/database.ts'
import { countedPeople } from './store/counted-people.ts'
import { fenceOf } from './store/fence.ts'
import type { PreviousFile } from './store/identity.ts'
import { chainSeed, lastEvent, lastSeq } from './store/outbox.ts'
import { replaceFile } from './store/replace-file.ts'
import { sentSeq } from './store/sync-state.ts'

/** A file that nobody can tell of anything for longer has other troubles. */
const COUNTED_DAYS_MAX = 400

const note = z.strictObject({
  incarnation: z.uuid(), lastSeq: z.int().min(0), lastHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Whom it only counted; a program of before did not say. */
  counted: z.array(z.strictObject({ day: z.int(), people: z.int().min(1) })).max(COUNTED_DAYS_MAX).default([]),
})

/** Staff are waited for, not a new file, where one is `waiting`. */
export function mayBeginAnew(counter: Counter): boolean {
  const fence = fenceOf(counter.database.read)
  return fence !== null && fence !== 'waiting'
}

/** Central has been told everything that this file recorded: nothing is left behind in it. */
export function isAllTold(counter: Counter): boolean {
  return !hasUntoldEvents(counter.database.read)
}

function hasUntoldEvents(reader: Reader): boolean {
  return sentSeq(reader) < lastSeq(reader)
}

/** How far the file has got; null where it has no identity yet. */
function lastOf(reader: Reader): z.infer<typeof note> | null {
  const identity = reader.get<{ station: string; incarnation: string }>('SELECT station, incarnation FROM identity')
  if (identity === undefined) return null
  const last = lastEvent(reader)
  return { incarnation: identity.incarnation, lastSeq: last?.seq ?? 0, lastHash: Buffer.from(last?.hash ?? chainSeed(identity)).toString('hex'), counted: countedPeople(reader, COUNTED_DAYS_MAX) }
}

/** On disk when this returns; the next start does it. */
export function noteBeginAnew(counter: Counter, dataFolder: string): void {
  replaceFile(noteFile(dataFolder), JSON.stringify(lastOf(counter.database.read)))
}

/** Before the file is opened: moves the old one aside where that was asked for. Answers the file that the next one replaces. */
export function moveOldFileAside(dataFolder: string): PreviousFile | null {
  const path = noteFile(dataFolder)
  if (!existsSync(path)) return null
  let asked = note.parse(JSON.parse(readFileSync(path, 'utf8')))
  const file = join(dataFolder, 'station.db')
  if (existsSync(file)) {
    // Opened and closed once more, so that its write-ahead log is inside.
    const database = openStationDatabase({ file })
    const here = lastOf(database.read)
    const hasUntold = hasUntoldEvents(database.read)
    database.close()
    if (here?.incarnation === asked.incarnation) {
      // Somebody came between the touch and the stop: what he did is in this file alone, so it stays until it is told.
      if (hasUntold) {
        forgetBeginAnew(dataFolder)
        return null
      }
      // What was recorded and told since belongs to what the new file says of this one, also after a power cut from here on.
      asked = here
      replaceFile(path, JSON.stringify(asked))
      renameSync(file, asidePath(dataFolder, asked.incarnation))
    }
  }
  return { incarnation: asked.incarnation, lastSeq: asked.lastSeq, lastHash: Buffer.from(asked.lastHash, 'hex'), counted: asked.counted }
}

/** The new file has its identity. */
export function forgetBeginAnew(dataFolder: string): void {
  rmSync(noteFile(dataFolder), { force: true })
}

function noteFile(dataFolder: string): string {
  return join(dataFolder, 'begin-anew.json')
}
