// Ends a round: central gave nothing to go on with. Everything up to there is done, and is not done again.

import type { SyncError } from '../../contract/sync/sync-protocol.ts'

export class NoAnswer extends Error {
  readonly retryAfterMs: number | null
  constructor(reason: string, retryAfterMs: number | null) {
    super(reason)
    this.retryAfterMs = retryAfterMs
  }
}

/** Central can be reached and says no. */
export class Refused extends NoAnswer {
  readonly verdict: SyncError['error']
  constructor(verdict: SyncError['error'], retryAfterMs: number | null) {
    super(`central refuses: ${verdict}`, retryAfterMs)
    this.verdict = verdict
  }
}
