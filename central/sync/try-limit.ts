// How often somebody may try something that he might only be guessing: failed tries by address and overall within a window.
// Kept in memory, bounded; each central process counts for itself.

export interface TryLimits {
  fromOneMax: number
  overallMax: number
  windowMs: number
}

/** More addresses than this in one window, and those beyond are counted together. */
const ADDRESSES_MAX = 10_000

export class TryLimit {
  readonly #limits: TryLimits
  #windowEndsAtMs = 0
  #overall = 0
  #byAddress = new Map<string, number>()

  constructor(limits: TryLimits) {
    this.#limits = limits
  }

  isUsedUp(address: string, nowMs: number): boolean {
    this.#turnWindow(nowMs)
    return this.#overall >= this.#limits.overallMax || (this.#byAddress.get(this.#counted(address)) ?? 0) >= this.#limits.fromOneMax
  }

  fail(address: string, nowMs: number): void {
    this.#turnWindow(nowMs)
    const counted = this.#counted(address)
    this.#overall += 1
    this.#byAddress.set(counted, (this.#byAddress.get(counted) ?? 0) + 1)
  }

  #counted(address: string): string {
    return this.#byAddress.has(address) || this.#byAddress.size < ADDRESSES_MAX ? address : 'the others'
  }

  #turnWindow(nowMs: number): void {
    // Also a clock that was set back begins a new window.
    if (nowMs < this.#windowEndsAtMs && nowMs >= this.#windowEndsAtMs - this.#limits.windowMs) return
    this.#windowEndsAtMs = nowMs + this.#limits.windowMs
    this.#overall = 0
    this.#byAddress = new Map()
  }
}
