// What happens to a station's disk from outside: it is copied, replaced by an older copy (with the marker beside the database or
// without it), or runs full. A full disk is a small file system of its own where one can be mounted; elsewhere a limit on the
// size of the station's files, which SQLite meets as a disk that takes no more.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** SQLite's files: the database, its log, the log's index. What else lies there (the marker, the loopback token) is not them. */
const DATABASE_FILES = ['station.db', 'station.db-wal', 'station.db-shm']
const LOCK_FILE = 'station.db.lock'
const SMALL_DISK_MB = 48
const BALLAST = 'ballast'

/** Only while the station is down. */
export function copyDisk(dataFolder: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(dataFolder)) if (name !== BALLAST) cpSync(join(dataFolder, name), join(to, name), { recursive: true })
}

/** Only while the station is down. With `everything` the marker goes back too; else only the database does. */
export function replaceDisk(dataFolder: string, by: string, everything: boolean): void {
  const isReplaced = (name: string): boolean => name !== BALLAST && name !== LOCK_FILE && (everything || DATABASE_FILES.includes(name))
  for (const name of readdirSync(dataFolder).filter(isReplaced)) rmSync(join(dataFolder, name), { recursive: true })
  for (const name of readdirSync(by).filter(isReplaced)) cpSync(join(by, name), join(dataFolder, name), { recursive: true })
}

/** Something beside the database remembers how far it was: losing only the database is then noticed at once. */
export function hasMarker(dataFolder: string): boolean {
  return readdirSync(dataFolder).some((name) => /marker|witness/.test(name))
}

export interface SmallDisk {
  readonly kind: 'mounted' | 'limited'
  /** Leaves about so much room; `pid` is the station's, where the disk is only a limit. */
  fill(roomKb: number, pid: number | null): void
  free(pid: number | null): void
  remove(): void
}

/** Takes over an empty folder. */
export function makeSmallDisk(folder: string): SmallDisk {
  mkdirSync(folder, { recursive: true })
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_MB}m,mode=0700`, 'tmpfs', folder]).status === 0
  return mounted ? mountedDisk(folder) : limitedDisk(folder)
}

function mountedDisk(folder: string): SmallDisk {
  const ballast = join(folder, BALLAST)
  return {
    kind: 'mounted',
    fill(roomKb) {
      const { bavail, bsize } = statfsSync(folder)
      const bytes = bavail * bsize - roomKb * 1024
      if (bytes > 0) fillUp(ballast, bytes)
    },
    free: () => rmSync(ballast, { force: true }),
    remove() {
      // A file that is still being closed keeps it busy for a moment.
      for (let attempt = 0; attempt < 20; attempt += 1) {
        if (spawnSync('umount', [folder]).status === 0) return
        spawnSync('sleep', ['0.1'])
      }
      throw new Error(`${folder} can not be unmounted`)
    },
  }
}

/** The station may have taken some of the room meanwhile. */
function fillUp(ballast: string, bytes: number): void {
  try {
    writeFileSync(ballast, Buffer.alloc(bytes))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}

/** Each file may grow to where its log is now: what goes on in the log stops there, as it would on a full disk. */
function limitedDisk(folder: string): SmallDisk {
  const limit = (pid: number | null, bytes: string): void => {
    if (pid !== null) spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}`])
  }
  return {
    kind: 'limited',
    fill(roomKb, pid) {
      const log = join(folder, 'station.db-wal')
      limit(pid, `${(existsSync(log) ? statSync(log).size : 0) + roomKb * 1024}:`)
    },
    free: (pid) => limit(pid, 'unlimited:'),
    remove: () => undefined,
  }
}
