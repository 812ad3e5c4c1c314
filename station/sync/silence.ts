// How long central has owed an answer. A central that hangs, unlike a line that is cut, lets each request run to its limit; the
// screen is not to say "connected" all that time. Gives nothing up and repeats nothing: only the word on the screen goes by it.

import { SNAPSHOT_PART_PATH } from '../../contract/sync/snapshot.ts'
import type { Exchange } from './http-exchange.ts'

export interface WatchedExchange {
  readonly exchange: Exchange
  /** Of the request that waits longest; 0: none is under way. */
  silentMs(): number
}

/** What comes slowly because there is much of it owes nothing. */
const LARGE: ReadonlySet<string> = new Set([SNAPSHOT_PART_PATH])

export function watchSilence(exchange: Exchange, monotonicMs: () => number): WatchedExchange {
  const waiting = new Map<symbol, number>()
  return {
    async exchange(request) {
      if (LARGE.has(request.path)) return exchange(request)
      const asked = Symbol(request.path)
      waiting.set(asked, monotonicMs())
      try {
        return await exchange(request)
      } finally {
        waiting.delete(asked)
      }
    },
    silentMs: () => (waiting.size === 0 ? 0 : monotonicMs() - Math.min(...waiting.values())),
  }
}
