// A station's clock over simulated time: the wall may jump by days and may stand still; the monotonic one counts from the
// last start and never goes back, whatever the wall says.

import type { StationClock } from '../../../station/station-clock.ts'
import type { Scheduler } from '../engine/scheduler.ts'

export class SimulatedClock implements StationClock {
  readonly #scheduler: Scheduler
  #offsetMs = 0
  #frozenAtMs: number | null = null
  #startedMs: number

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler
    this.#startedMs = scheduler.nowMs()
  }

  wallMs(): number {
    return this.#frozenAtMs ?? this.#scheduler.nowMs() + this.#offsetMs
  }

  monotonicMs(): number {
    return this.#scheduler.nowMs() - this.#startedMs
  }

  processStarted(): void {
    this.#startedMs = this.#scheduler.nowMs()
  }

  jump(byMs: number): void {
    this.#offsetMs += byMs
    if (this.#frozenAtMs !== null) this.#frozenAtMs += byMs
  }

  freeze(): void {
    this.#frozenAtMs = this.wallMs()
  }

  /** Somebody set it by a good watch. */
  setRight(): void {
    this.#offsetMs = 0
    this.#frozenAtMs = null
  }
}
