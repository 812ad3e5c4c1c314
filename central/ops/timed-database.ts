// The same database, with the time of each question and transaction told to somebody. Adds nothing else and hides no error.

import type { Database } from '../store/database.ts'
import type { DatabaseWork } from './metrics.ts'

export function timeDatabase(database: Database, monotonicMs: () => number, worked: (work: DatabaseWork, ms: number) => void): Database {
  const timed = async <Result>(work: DatabaseWork, run: () => Promise<Result>): Promise<Result> => {
    const beganAtMs = monotonicMs()
    try {
      return await run()
    } finally {
      worked(work, monotonicMs() - beganAtMs)
    }
  }
  return {
    engine: database.engine,
    query: (sql, values) => timed('query', () => database.query(sql, values)),
    execute: (sql) => database.execute(sql),
    transaction: (mode, work) => timed(mode, () => database.transaction(mode, work)),
    close: () => database.close(),
  }
}
