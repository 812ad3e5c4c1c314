// Objects as files of a folder: written beside, forced to the disk, put in place in one step. Spread over 256 folders by the
// first two signs of their ids.

import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { checkedBytes, checkedId, type ListedObject, OBJECT_BYTES_MAX, OBJECT_ID, type ObjectStore, OBJECTS_LISTED_MAX } from './object-store.ts'

const SHARD = /^[0-9a-f]{2}$/
const DRAFT = /\.draft$/
/** A draft that is older was left behind by a process that died. */
const DRAFT_MS_MAX = 3_600_000

export function folderStore(folder: string, nowMs: () => number = Date.now): ObjectStore {
  const shardOf = (id: string): string => join(folder, checkedId(id).slice(0, 2))
  const fileOf = (id: string): string => join(shardOf(id), id)

  return {
    async put(id, bytes) {
      const shard = shardOf(id)
      await mkdir(shard, { recursive: true, mode: 0o700 })
      const draft = join(shard, `${id}.${randomUUID()}.draft`)
      try {
        await writeForced(draft, checkedBytes(bytes))
        await rename(draft, fileOf(id))
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      await forceFolder(shard)
      await forceFolder(folder)
    },

    async get(id) {
      const file = await openIfThere(fileOf(id))
      if (file === null) return null
      try {
        if ((await file.stat()).size > OBJECT_BYTES_MAX) throw new RangeError('the file of an object is larger than an object may be')
        return new Uint8Array(await file.readFile())
      } finally {
        await file.close()
      }
    },

    delete: (id) => rm(fileOf(id), { force: true }),

    async list(after) {
      const found: ListedObject[] = []
      const shards = (await namesIn(folder)).filter((name) => SHARD.test(name) && (after === null || name >= after.slice(0, 2)))
      for (const shard of shards.toSorted()) {
        for (const name of (await namesIn(join(folder, shard))).toSorted()) {
          if (DRAFT.test(name)) await removeOldDraft(join(folder, shard, name), nowMs())
          if (!OBJECT_ID.test(name) || (after !== null && name <= after)) continue
          const changedAtMs = await changedAt(join(folder, shard, name))
          if (changedAtMs === null) continue
          found.push({ id: name, changedAtMs })
          if (found.length === OBJECTS_LISTED_MAX) return { objects: found, next: name }
        }
      }
      return { objects: found, next: null }
    },
  }
}

async function writeForced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function forceFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function removeOldDraft(path: string, nowMs: number): Promise<void> {
  const changedAtMs = await changedAt(path)
  if (changedAtMs !== null && nowMs - changedAtMs > DRAFT_MS_MAX) await rm(path, { force: true })
}

const openIfThere = (path: string): Promise<FileHandle | null> => ifThere(open(path, 'r'))
const changedAt = (path: string): Promise<number | null> => ifThere(stat(path).then(({ mtimeMs }) => mtimeMs))
const namesIn = async (path: string): Promise<string[]> => (await ifThere(readdir(path))) ?? []

async function ifThere<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
