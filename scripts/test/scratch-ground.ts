// Where tests put what they throw away: thousands of small files. On ext4 making files soon after many were deleted costs ten times
// as much (the kernel passes over each inode that was deleted a moment ago), so where memory has room for it the ground is there.

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ScratchGround {
  folder: string
  remove(): void
}

const IN_MEMORY = '/dev/shm'
/** Far more than the tests have at one moment; a container's default of 64 MB is no room. */
const ROOM_BYTES = 4 * 1024 ** 3

export function makeScratchGround(): ScratchGround {
  const memory = existsSync(IN_MEMORY) && freeBytes(IN_MEMORY) >= ROOM_BYTES ? makeFolder(IN_MEMORY) : null
  if (memory === null) return makeFolder(tmpdir())
  if (runsPrograms(memory.folder)) return memory
  memory.remove()
  return makeFolder(tmpdir())
}

function makeFolder(base: string): ScratchGround {
  const folder = mkdtempSync(join(base, 'boai-tests-'))
  // PostgreSQL runs as another user than root, in folders of its own below.
  chmodSync(folder, 0o1777)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) }
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

/** Some containers let nothing be run from there; PostgreSQL's programs are. */
function runsPrograms(folder: string): boolean {
  const probe = join(folder, 'probe')
  writeFileSync(probe, '#!/bin/sh\nexit 0\n', { mode: 0o700 })
  const { status } = spawnSync(probe)
  rmSync(probe)
  return status === 0
}
