// How often somebody may try something that he might only be guessing: failed tries by address and overall within a window.
// An address that failed too often is used up. Where all of them together did, it is crowded: nobody is told anything any
// more, but whoever has the right thing still gets it, or strangers could shut out everybody. Kept in memory, bounded; each
// central process counts for itself.

export interface TryLimits {
  fromOneMax: number
  overallMax: number
  windowMs: number
}

/** More addresses than this in one window, and those beyond are counted overall only: by then it is crowded. */
const ADDRESSES_MAX = 10_000

export type TriesLeft = 'some' | 'crowded' | 'used_up'

export class TryLimit {
  readonly #limits: TryLimits
  #windowEndsAtMs = 0
  #overall = 0
  #byAddress = new Map<string, number>()

  constructor(limits: TryLimits) {
    this.#limits = limits
  }

  left(address: string, nowMs: number): TriesLeft {
    this.#turnWindow(nowMs)
    if ((this.#byAddress.get(address) ?? 0) >= this.#limits.fromOneMax) return 'used_up'
    return this.#overall >= this.#limits.overallMax ? 'crowded' : 'some'
  }

  fail(address: string, nowMs: number): void {
    this.#turnWindow(nowMs)
    this.#overall += 1
    const failed = this.#byAddress.get(address)
    if (failed !== undefined || this.#byAddress.size < ADDRESSES_MAX) this.#byAddress.set(address, (failed ?? 0) + 1)
  }

  #turnWindow(nowMs: number): void {
    // Also a clock that was set back begins a new window.
    if (nowMs < this.#windowEndsAtMs && nowMs >= this.#windowEndsAtMs - this.#limits.windowMs) return
    this.#windowEndsAtMs = nowMs + this.#limits.windowMs
    this.#overall = 0
    this.#byAddress = new Map()
  }
}
