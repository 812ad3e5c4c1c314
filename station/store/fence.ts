// The fence around this file (domain/fence): null where it may spend.

import type { Fence } from '../../domain/fence.ts'
import type { Reader, Writer } from './database.ts'

export function fenceOf(reader: Reader): Fence | null {
  return reader.get<{ fence: Fence | null }>('SELECT fence FROM sync_state')?.fence ?? null
}

export function raiseFence(writer: Writer, fence: Fence): void {
  writer.run('UPDATE sync_state SET fence = ?', fence)
}

/** A file that is behind records nothing: the numbers of its next events are taken at central. What it can only count, it counts. */
export function mayRecord(reader: Reader): boolean {
  return fenceOf(reader) !== 'behind'
}
