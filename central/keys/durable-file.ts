// Small files that must survive a power cut and be read by their owner only: written beside, forced to the disk, put in
// place in one step, and the folder forced too. Knows nothing of what stands in them.

import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** null where there is none. */
export function readIfThere(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

export function replaceFile(file: string, text: string): void {
  const draft = writeDraft(file, text)
  renameSync(draft, file)
  forceFolder(dirname(file))
}

/** Answers what stands there afterwards: where two processes begin at once, one of them makes the file and both read it. */
export function makeFileOnce(file: string, text: string): string {
  const draft = writeDraft(file, text)
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  forceFolder(dirname(file))
  return readFileSync(file, 'utf8')
}

/** A file that was renamed or made is there after a power cut only if its folder was forced to the disk. */
export function forceFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** All of it, or it throws. `at`: from that place of the file on; null: where it stands. */
export function writeAll(handle: number, bytes: Uint8Array, at: number | null = null): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written, bytes.length - written, at === null ? null : at + written)
}

function writeDraft(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}.draft`
  const handle = openSync(draft, 'wx', 0o600)
  try {
    writeAll(handle, Buffer.from(text))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return draft
}
