// What one push may bring: signed batches of one file, one behind the other. Central says with every answer how many it takes
// at once; where it says nothing (a release before 2026-12) it takes one. A station whose line is slow sends fewer.

/** Header of every answer to a station. */
export const PUSH_BATCHES_HEADER = 'x-boai-push-batches'

/** The most that central takes in one request, and a station sends. */
export const PUSH_BATCHES_MAX = 8

/** What an answer's header says; 1 where it says nothing that can be read. */
export function readPushBatches(header: string | undefined): number {
  const batches = Number(header)
  return Number.isInteger(batches) && batches >= 1 ? Math.min(batches, PUSH_BATCHES_MAX) : 1
}
