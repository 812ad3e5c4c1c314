// Ends a round: central gave nothing to go on with. Everything up to there is done, and is not done again.

export class NoAnswer extends Error {
  readonly retryAfterMs: number | null
  constructor(reason: string, retryAfterMs: number | null) {
    super(reason)
    this.retryAfterMs = retryAfterMs
  }
}
