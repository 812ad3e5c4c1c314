// The embedded central's own backup: a dump of the whole database, proven by opening it in memory and finding everything that
// was there when it began, then put in place; only then stations are told that they may forget. The last fourteen stay.

import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { forceFolder, writeAll } from '../keys/durable-file.ts'
import type { CentralStore } from '../store/central-store.ts'
import { askDump, type PgliteDatabase } from '../store/pglite-database.ts'
import { isBackupDue } from './backup-due.ts'

export const BACKUPS_KEPT = 14
const LOOK_EVERY_MS = 10 * 60_000
const NAME = /^central-\d{8}T\d{6}Z-\d+\.tar\.gz$/

export interface BackupParts {
  database: Pick<PgliteDatabase, 'dump'>
  store: CentralStore
  folder: string
  nowMs(): number
}

export interface MadeBackup {
  number: number
  file: string
  bytes: number
}

export async function backUp({ database, store, folder, nowMs }: BackupParts): Promise<MadeBackup> {
  const number = await store.transaction('write', (transaction) => transaction.beginBackup(nowMs()))
  const bytes = await database.dump()
  await proveDump(bytes, number)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, fileName(nowMs(), number))
  writeDurably(folder, file, bytes)
  await store.transaction('write', (transaction) => transaction.confirmBackup(number, nowMs()))
  for (const old of readdirSync(folder).filter((name) => NAME.test(name)).toSorted().slice(0, -BACKUPS_KEPT)) rmSync(join(folder, old))
  return { number, file, bytes: bytes.length }
}

/** By time: numbers begin again lower after a restore. */
function fileName(nowMs: number, number: number): string {
  const at = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '')
  return `central-${at}-${number}.tar.gz`
}

/** Every file's events are in it, up to the mark, without a hole. */
async function proveDump(bytes: Uint8Array, number: number): Promise<void> {
  const short = await askDump(bytes, async (dump) => {
    const marks = await dump.query('SELECT 1 FROM backups WHERE number = $1', [number])
    if (marks.length === 0) throw new Error(`the dump of backup ${number} does not hold its own mark`)
    return dump.query(
      `SELECT 1 FROM backup_marks AS marks WHERE number = $1 AND last_seq > (
         SELECT count(*) FROM events WHERE events.station_id = marks.station_id AND events.incarnation = marks.incarnation) LIMIT 1`,
      [number],
    )
  })
  if (short.length > 0) throw new Error(`the dump of backup ${number} lacks events that were here when it began`)
}

function writeDurably(folder: string, file: string, bytes: Uint8Array): void {
  const draft = join(folder, `${randomUUID()}.draft`)
  const handle = openSync(draft, 'wx', 0o600)
  try {
    writeAll(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(draft, file)
  forceFolder(folder)
}

export interface NightlyParts extends BackupParts {
  utcOffsetMinutes: number
  done(backup: MadeBackup): void
  failed(error: unknown): void
}

/** Looks every ten minutes whether a night has begun. The answer ends it, after the backup that is under way. */
export function startNightlyBackups(parts: NightlyParts): () => Promise<void> {
  let underWay: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    try {
      const lastMs = await parts.store.transaction('snapshot', (snapshot) => snapshot.lastBackupMs())
      if (isBackupDue(parts.nowMs(), lastMs, parts.utcOffsetMinutes)) parts.done(await backUp(parts))
    } catch (error) {
      parts.failed(error)
    }
  }
  const timer = setInterval(() => {
    underWay = underWay.then(look)
  }, LOOK_EVERY_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    return underWay
  }
}
