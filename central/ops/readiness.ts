// Whether this process should be given requests now: its database answers in time, is at the program's migration, and
// nobody has asked it to end. One question at a time, however many ask: a slow database must not collect them.

import type { Queryable } from '../store/database.ts'
import { isMigrated } from '../store/migrate.ts'

export const UNREADY_CODES = ['stopping', 'database_silent', 'database_failing', 'migrations_differ'] as const
export type UnreadyCode = (typeof UNREADY_CODES)[number]

export interface Readiness {
  /** null: ready. */
  ask(): Promise<UnreadyCode | null>
  /** From now on: `stopping`. A load balancer sees it before the port closes. */
  stop(): void
}

export interface ReadinessOptions {
  database: Queryable
  /** How long the database may take. */
  answerMsMax: number
  wait(ms: number): Promise<unknown>
  failed(error: unknown): void
}

export function watchReadiness({ database, answerMsMax, wait, failed }: ReadinessOptions): Readiness {
  let isStopping = false
  let asked: Promise<UnreadyCode | null> | null = null

  const askDatabase = (): Promise<UnreadyCode | null> => {
    asked ??= isMigrated(database)
      .then(
        (isCurrent): UnreadyCode | null => (isCurrent ? null : 'migrations_differ'),
        (error: unknown): UnreadyCode => {
          failed(error)
          return 'database_failing'
        },
      )
      .finally(() => {
        asked = null
      })
    return asked
  }

  return {
    ask: async () => {
      if (isStopping) return 'stopping'
      const silent = wait(answerMsMax).then((): UnreadyCode => 'database_silent')
      const answer = await Promise.race([askDatabase(), silent])
      return isStopping ? 'stopping' : answer
    },
    stop: () => {
      isStopping = true
    },
  }
}
