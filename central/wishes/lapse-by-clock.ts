// Central's clock over its own leases: what nobody lit in time goes back to the wall. Several processes may look at once: each
// wish is locked, and who comes second finds nothing to do.

import type { CentralStore } from '../store/central-store.ts'
import { lapseClaims } from './claim-wish.ts'

const LOOK_EVERY_MS = 60_000
const AT_ONCE_MAX = 100

export interface LapsingParts {
  store: CentralStore
  nowMs(): number
  failed(error: unknown): void
}

/** All that are over now. Answers how many. */
export async function lapseAll({ store, nowMs }: Pick<LapsingParts, 'store' | 'nowMs'>): Promise<number> {
  let lapsed = 0
  for (let last = AT_ONCE_MAX; last === AT_ONCE_MAX; lapsed += last) {
    last = await store.transaction('write', (transaction) => lapseClaims(transaction, nowMs(), AT_ONCE_MAX))
  }
  return lapsed
}

/** Looks once a minute. The answer ends it, after the look that is under way. */
export function startLapsing(parts: LapsingParts): () => Promise<void> {
  let underWay: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    underWay = underWay.then(() => lapseAll(parts)).catch(parts.failed)
  }, LOOK_EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
