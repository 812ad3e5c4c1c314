// Keys of stations that asked lately, so that a signature is checked without a question to the database. A copy decides
// nothing: whoever uses one has the database confirm, in the statement that answers, that the station has this key still.

import type { AskingStation } from './station-auth.ts'

const STATIONS_MAX = 20_000
const KEPT_MS = 60_000

export interface StationKeys {
  find(station: string, nowMs: number): AskingStation | null
  keep(station: AskingStation, nowMs: number): void
  forget(station: string): void
}

export function createStationKeys(stationsMax: number = STATIONS_MAX): StationKeys {
  const kept = new Map<string, { asking: AskingStation; untilMs: number }>()
  return {
    find(station, nowMs) {
      const known = kept.get(station)
      return known === undefined || known.untilMs <= nowMs || known.untilMs > nowMs + KEPT_MS ? null : known.asking
    },
    keep(asking, nowMs) {
      kept.delete(asking.station)
      const [oldest] = kept.keys()
      if (kept.size >= stationsMax && oldest !== undefined) kept.delete(oldest)
      kept.set(asking.station, { asking, untilMs: nowMs + KEPT_MS })
    },
    forget: (station) => void kept.delete(station),
  }
}
