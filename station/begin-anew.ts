// Beginning anew (docs/decisions/0005): a file that may never spend again is kept aside under its own name, and the station
// goes on with a new, empty one that says in its hello which file it replaced. The wish is a note beside the file, so that it
// survives whatever happens between the touch and the next start.

import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Counter } from './acts/act.ts'
import { openStationDatabase } from './store/database.ts'
import { fenceOf } from './store/fence.ts'
import type { PreviousFile } from './store/identity.ts'
import { chainSeed, lastEvent } from './store/outbox.ts'
import { replaceFile } from './store/replace-file.ts'
import { sentSeq } from './store/sync-state.ts'

const note = z.strictObject({ incarnation: z.uuid(), lastSeq: z.int().min(0), lastHash: z.string().regex(/^[0-9a-f]{64}$/) })

/** Staff are waited for, not a new file, where one is `waiting`. */
export function mayBeginAnew(counter: Counter): boolean {
  const fence = fenceOf(counter.database.read)
  return fence !== null && fence !== 'waiting'
}

/** Central has been told everything that this file recorded: nothing is left behind in it. */
export function isAllTold(counter: Counter): boolean {
  const { read } = counter.database
  return sentSeq(read) >= (lastEvent(read)?.seq ?? 0)
}

/** On disk when this returns; the next start does it. */
export function noteBeginAnew(counter: Counter, dataFolder: string): void {
  const last = lastEvent(counter.database.read)
  const hash = Buffer.from(last?.hash ?? chainSeed(counter.identity)).toString('hex')
  replaceFile(noteFile(dataFolder), JSON.stringify({ incarnation: counter.identity.incarnation, lastSeq: last?.seq ?? 0, lastHash: hash } satisfies z.infer<typeof note>))
}

/** Before the file is opened: moves the old one aside where that was asked for. Answers the file that the next one replaces. */
export function moveOldFileAside(dataFolder: string): PreviousFile | null {
  const path = noteFile(dataFolder)
  if (!existsSync(path)) return null
  const asked = note.parse(JSON.parse(readFileSync(path, 'utf8')))
  const file = join(dataFolder, 'station.db')
  if (existsSync(file)) {
    // Opened and closed once more, so that its write-ahead log is inside.
    const database = openStationDatabase({ file })
    const incarnation = database.read.get<{ incarnation: string }>('SELECT incarnation FROM identity')?.incarnation
    database.close()
    if (incarnation === asked.incarnation) renameSync(file, join(dataFolder, `station.${asked.incarnation}.db`))
  }
  return { incarnation: asked.incarnation, lastSeq: asked.lastSeq, lastHash: Buffer.from(asked.lastHash, 'hex') }
}

/** The new file has its identity. */
export function forgetBeginAnew(dataFolder: string): void {
  rmSync(noteFile(dataFolder), { force: true })
}

function noteFile(dataFolder: string): string {
  return join(dataFolder, 'begin-anew.json')
}
