// How far the database has got, said beside it: in which history, and how many changes that has numbered. A database that holds
// less than this was set back to a copy of before, and whoever is told so lends nothing (notice-set-back). One line at the start
// of a file, written over in place. It is not forced to the disk but where a history begins: the kernel has it in the moment in
// which it is written, so it outlives every process, and a power cut costs the half minute that is not on the disk yet.

import { closeSync, fsyncSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { forceFolder, readIfThere, writeAll } from './durable-file.ts'
import { readLineAs } from './read-line.ts'

const reachedSchema = z.strictObject({ history: z.uuid(), changes: z.int().min(0) })
/** What a database holds: its history, and how many changes it has numbered, over all districts. Both only grow, but for a restore. */
export type Reached = z.infer<typeof reachedSchema>

export interface Marker {
  /** null: nothing was marked yet, or what stands there can not be read. */
  read(): Reached | null
  write(reached: Reached): void
}

/** Every line has this length, so a shorter one leaves nothing of a longer one. */
const LINE_BYTES = 128

export function markerInMemory(): Marker & { lose(): void } {
  let marked: Reached | null = null
  return {
    read: () => marked,
    write: (reached) => {
      marked = reached
    },
    lose: () => {
      marked = null
    },
  }
}

/** Several processes may have the same file open; each reads what the others wrote. */
export function markerAt(file: string): Marker {
  const isNew = readIfThere(file) === null
  // Neither emptied where it is there nor refused where it is not.
  if (isNew) closeSync(openSync(file, 'a', 0o600))
  const handle = openSync(file, 'r+')
  if (isNew) forceFolder(dirname(file))
  const line = Buffer.alloc(LINE_BYTES)
  // A line that a power cut tore says nothing; the next that is written stands in its place.
  const read = (): Reached | null => readLineAs(reachedSchema, line.toString('utf8', 0, readSync(handle, line, 0, LINE_BYTES, 0)))
  return {
    read,
    write(reached) {
      const begins = read()?.history !== reached.history
      writeAll(handle, Buffer.from(`${JSON.stringify(reached).padEnd(LINE_BYTES - 1)}\n`), 0)
      if (begins) fsyncSync(handle)
    },
  }
}
