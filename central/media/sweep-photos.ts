// What nobody needs goes, by central's clock: uploads that were not finished, photos that no wish names (taken in and not used,
// followed by another one, its wish claimed anew or its rider erased), and objects that no row knows. Rows go first: what is cut
// off in between leaves an object without a row, which the slow look finds. A row without its object is left: the door says so.

import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../store/database.ts'
import { knownObjects, takeOldUploads, takeUnneededPhotos } from '../store/photos.ts'
import { sqlTransaction } from '../store/sql-store.ts'
import type { ObjectStore } from './object-store.ts'

/** As long as somebody may go on with one. */
export const UPLOAD_MS_MAX = 3_600_000
const UNBOUND_MS_MAX = 86_400_000
/** An object is written before its row. */
const WITHOUT_ROW_MS_MAX = 86_400_000
const AT_ONCE_MAX = 100
const LOOK_EVERY_MS = 10 * 60_000
const LOOK_THROUGH_EVERY_MS = 86_400_000

export interface SweepParts {
  database: Database
  objects: ObjectStore
  nowMs(): number
}

/** Answers how many objects went. */
export async function sweepPhotos({ database, objects, nowMs }: SweepParts): Promise<number> {
  let gone = 0
  const remove = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) await objects.delete(id)
    gone += ids.length
  }
  for (let last = AT_ONCE_MAX; last === AT_ONCE_MAX; ) {
    const taken = await database.transaction('write', (transaction) => takeOldUploads(transaction, nowMs() - UPLOAD_MS_MAX, AT_ONCE_MAX))
    last = taken.uploads
    await remove(taken.objects)
  }
  for (let last = AT_ONCE_MAX; last === AT_ONCE_MAX; ) {
    const photos = await database.transaction('write', (transaction) => takeUnneededPhotos(transaction, nowMs() - UNBOUND_MS_MAX, AT_ONCE_MAX))
    last = photos.length
    await remove(photos)
  }
  return gone
}

/** Through all of the store: what no row knows goes. Not while central recovers: another backup may yet be put in place. */
export async function sweepObjects({ database, objects, nowMs }: SweepParts): Promise<number> {
  if (await database.transaction('snapshot', (transaction) => sqlTransaction(transaction).readRecovering())) return 0
  let gone = 0
  for (let after: string | null | undefined; after !== null; ) {
    const page: Awaited<ReturnType<ObjectStore['list']>> = await objects.list(after ?? null)
    const old = page.objects.filter(({ changedAtMs }) => nowMs() - changedAtMs > WITHOUT_ROW_MS_MAX).map(({ id }) => id)
    const known = old.length === 0 ? new Set() : await knownObjects(database, old)
    for (const id of old.filter((one) => !known.has(one))) {
      await objects.delete(id)
      gone += 1
    }
    after = page.next
  }
  return gone
}

/** The answer ends it, after the look that is under way. */
export function startSweeping(parts: SweepParts & { failed(error: unknown): void }): () => Promise<void> {
  const ending = new AbortController()
  const look = async (): Promise<void> => {
    let lookedThroughAtMs = 0
    for (;;) {
      try {
        await sweepPhotos(parts)
        if (parts.nowMs() - lookedThroughAtMs >= LOOK_THROUGH_EVERY_MS) {
          await sweepObjects(parts)
          lookedThroughAtMs = parts.nowMs()
        }
      } catch (error) {
        parts.failed(error)
      }
      if (!(await waits(LOOK_EVERY_MS, ending.signal))) return
    }
  }
  const underWay = look()
  return async () => {
    ending.abort()
    await underWay
  }
}

/** false: it is to end. */
async function waits(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false
  return pause(ms, true, { signal, ref: false }).catch(() => false)
}
