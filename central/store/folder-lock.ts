// One process per data folder. The lock is a file that names its holder (boot, process id, start time of the process), so
// one left behind by a kill or a power cut is known to be nobody's and is taken over; never a lock that a person must delete.
// Refuses to guess: while the holder lives, opening fails with a clear error.

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ATTEMPTS_MAX = 5

export class FolderInUseError extends Error {
  override name = 'FolderInUseError'
  constructor(folder: string, holder: string) {
    super(`the data folder ${folder} is in use by another process (${holder})`)
  }
}

/** Takes the folder for this process; the answer gives it back. */
export function lockFolder(folder: string): () => void {
  const lock = join(folder, 'central.lock')
  const mine = identityOf(process.pid)
  if (mine === null) throw new Error('this process cannot name itself')
  const draft = `${lock}.${process.pid}.draft`
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    writeFileSync(draft, mine, { mode: 0o600 })
    try {
      // A link either takes the name with its content in one step, or fails: there is never a half-written lock.
      linkSync(draft, lock)
      return () => {
        if (readIfThere(lock) === mine) rmSync(lock)
      }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    } finally {
      rmSync(draft, { force: true })
    }
    const holder = readIfThere(lock)
    if (holder === null) continue
    if (isAlive(holder)) throw new FolderInUseError(folder, holder)
    takeAway(lock, holder)
  }
  throw new FolderInUseError(folder, 'taken again and again')
}

/** Takes a dead holder's lock out of the way. If somebody was quicker, what was moved is his: it goes back. */
function takeAway(lock: string, dead: string): void {
  const aside = `${lock}.${process.pid}.stale`
  try {
    renameSync(lock, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if (readIfThere(aside) !== dead) linkSync(aside, lock)
  rmSync(aside, { force: true })
}

function isAlive(holder: string): boolean {
  const pid = Number(/^pid (\d+) /.exec(holder)?.[1])
  if (!Number.isInteger(pid)) return false
  return identityOf(pid) === holder
}

/** Names one life of one process; null where there is no such process. */
function identityOf(pid: number): string | null {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return null
  }
  const stat = readIfThere(`/proc/${pid}/stat`)
  // Fields after the command (in brackets, may hold blanks): the state comes first, the start time is the twentieth.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  if (fields[0] === 'Z') return null
  const started = fields[19] ?? 'unknown'
  const boot = readIfThere('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown'
  return `pid ${pid} started ${started} boot ${boot}`
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return null
    throw error
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
