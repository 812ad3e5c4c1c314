// Several writes of one transaction, asked for at once: a connection takes them in this order, and what the next one says is put
// together while the database still writes the one before. All have ended before anybody goes on, whatever became of them: a
// statement that came late would stand outside of the transaction.

import { sqlStateOf } from './database-errors.ts'

/** What a statement says that came after the one that failed. */
const AFTER_A_FAILURE = '25P02'

/** Throws the failure that the others follow from. */
export async function allEnded(writes: readonly Promise<void>[]): Promise<void> {
  const failures = (await Promise.allSettled(writes)).flatMap((ended) => (ended.status === 'rejected' ? [ended.reason as unknown] : []))
  if (failures.length > 0) throw failures.find((failure) => sqlStateOf(failure) !== AFTER_A_FAILURE) ?? failures[0]
}
