// The real station of a measurement: its file on disk (every commit forced), its acts, its sync loop, cut off or not as the
// bench says. Its clock is the bench's: weeks of a counter's work pass in seconds and leave the times such weeks leave.

import type { KeyObject } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Counter } from '../station/acts/act.ts'
import type { StationClock } from '../station/station-clock.ts'
import { machineIds } from '../station/station-ids.ts'
import { openStationDatabase } from '../station/store/database.ts'
import { beginBoot } from '../station/store/identity.ts'
import { connectCentral } from '../station/sync/central-client.ts'
import type { Exchange } from '../station/sync/http-exchange.ts'
import { startSyncLoop, type SyncLoop } from '../station/sync/sync-loop.ts'

export interface MovedClock extends StationClock {
  advance(ms: number): void
}

export interface StationOfBench {
  file: string
  station: string
  privateKey: KeyObject
  /** Of the only central it believes. */
  centralKey: KeyObject
  clock: StationClock
}

export function movedClock(wallMs: number): MovedClock {
  let passedMs = 0
  return {
    wallMs: () => wallMs + passedMs,
    monotonicMs: () => passedMs,
    advance(ms) {
      passedMs += ms
    },
  }
}

export function openCounter({ file, station, clock }: StationOfBench): Counter {
  const database = openStationDatabase({ file })
  return { database, identity: beginBoot(database, station, machineIds), clock, ids: machineIds }
}

/** Lets the station's own loop run until `isDone`; answers the milliseconds from its start to that moment. The loop is stopped then. */
export async function syncUntil(of: StationOfBench, counter: Counter, exchange: Exchange, isDone: () => boolean, msMax: number): Promise<number> {
  let lastRefusal = 'nothing refused'
  const watched: Exchange = async (request) => {
    const answer = await exchange(request)
    if (answer.status !== 200) lastRefusal = `${request.path} ${answer.status} ${Buffer.from(answer.body).toString('utf8')}`
    return answer
  }
  const central = connectCentral({ station: of.station, privateKey: of.privateKey, centralKey: of.centralKey, exchange: watched, ids: machineIds })
  const problems: string[] = []
  const beganAtMs = performance.now()
  const started: { loop: SyncLoop | null } = { loop: null }
  const done = new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the station has not come to its end within ${msMax} ms: ${lastRefusal}; ${problems.join('; ')}`)), msMax)
    const look = (): void => {
      if (!isDone()) return
      clearTimeout(late)
      resolve(performance.now() - beganAtMs)
    }
    started.loop = startSyncLoop({
      counter,
      // Everybody stands at the counter: nobody's points go back.
      isInSession: () => true,
      hello: { certificate: null, program: 'bench' },
      central,
      timers: {
        after(delayMs, run) {
          const timer = setTimeout(() => {
            look()
            run()
          }, Math.min(delayMs, LONGEST_PAUSE_MS))
          return () => clearTimeout(timer)
        },
        random: () => 0.5,
      },
      onChange: look,
      // As the station's own process (station/compose).
      pause: () => setImmediate(),
      onProblem: (problem) => problems.push(problem),
    })
  })
  try {
    return await done
  } finally {
    await started.loop?.stop()
  }
}

/** Nobody waits here for the next quiet round. */
const LONGEST_PAUSE_MS = 200
