// Owns how long to wait before the next try: a fixed list of delays whose last one repeats. Pure; it refuses to know the time.

export type Backoff = {
  /** The delay before the try that follows, one step longer each time. */
  nextDelayMs(): number
  /** It went well for long enough: begin anew. */
  reset(): void
}

export type Delays = readonly [number, ...number[]]

export const PAGE_DELAYS_MS: Delays = [1_000, 2_000, 5_000, 15_000, 60_000]
export const STATION_DELAYS_MS: Delays = [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000]

export function createBackoff(delaysMs: Delays): Backoff {
  let tries = 0
  return {
    nextDelayMs() {
      const delayMs = delaysMs[Math.min(tries, delaysMs.length - 1)] ?? delaysMs[0]
      tries += 1
      return delayMs
    },
    reset() {
      tries = 0
    },
  }
}
