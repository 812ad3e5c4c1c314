// Time comes in from here and from nowhere else in the station, so that tests and the simulation can bring their own.

import { performance } from 'node:perf_hooks'

export interface StationClock {
  /** Milliseconds since 1970, as the machine believes. */
  wallMs(): number
  /** Milliseconds since the process started; never goes back. */
  monotonicMs(): number
}

export const machineClock: StationClock = {
  wallMs: () => Date.now(),
  monotonicMs: () => Math.floor(performance.now()),
}
