// Who listens in this process, and who of them is concerned by a change: a wake-up says "pull", carries no data and may be
// lost. One stream a station: a newer one takes the place of an older. Knows no HTTP and no database.

import { DISTRICT_SCOPE, scopesOfReader } from '../store/change-scopes.ts'
import type { Wakeup } from '../store/wakeups.ts'

export interface WakeupStream {
  wake(): void
  /** Another stream of the same station has come, or the process ends. */
  end(): void
}

export interface WakeupHub {
  /** null: as many listen as may. The answer takes the stream away again. */
  join(listener: { station: string; district: string }, stream: WakeupStream): (() => void) | null
  take(wakeup: Wakeup): void
  /** Something may have been missed. */
  wakeAll(): void
  endAll(): void
  readonly size: number
}

export const WAKEUP_STREAMS_MAX = 5_000

export function createWakeupHub(streamsMax: number = WAKEUP_STREAMS_MAX): WakeupHub {
  const streams = new Map<string, { district: string; stream: WakeupStream }>()
  const byScope = new Map<string, string>()

  function leave(station: string, stream: WakeupStream): void {
    if (streams.get(station)?.stream !== stream) return
    streams.delete(station)
    for (const scope of scopesOfReader(station)) byScope.delete(scope)
  }

  return {
    join({ station, district }, stream) {
      const earlier = streams.get(station)
      if (earlier === undefined && streams.size >= streamsMax) return null
      streams.set(station, { district, stream })
      for (const scope of scopesOfReader(station)) if (scope !== DISTRICT_SCOPE) byScope.set(scope, station)
      earlier?.stream.end()
      return () => leave(station, stream)
    },
    take({ district, scopes }) {
      if (scopes === null || scopes.includes(DISTRICT_SCOPE)) {
        for (const listener of streams.values()) if (listener.district === district) listener.stream.wake()
        return
      }
      const stations = new Set(scopes.flatMap((scope) => byScope.get(scope) ?? []))
      for (const station of stations) streams.get(station)?.stream.wake()
    },
    wakeAll() {
      for (const { stream } of streams.values()) stream.wake()
    },
    endAll() {
      for (const { stream } of streams.values()) stream.end()
    },
    get size() {
      return streams.size
    },
  }
}
