// One life of a station's process: what station/compose.ts joins, without screens and scanners, over a simulated disk, clock
// and link. Everything it does comes from the product; what a person does at it is told from outside.

import type { KeyObject } from 'node:crypto'
import type { Counter } from '../../../station/acts/act.ts'
import { flushRefusedScans } from '../../../station/acts/refuse-scan.ts'
import { endAllVisits } from '../../../station/acts/return-points.ts'
import { openSessionBook, type SessionBook } from '../../../station/desk/session-book.ts'
import type { StationDatabase } from '../../../station/store/database.ts'
import type { AsideFiles } from '../../../station/store/aside-files.ts'
import { beginBoot, type PreviousFile } from '../../../station/store/identity.ts'
import { heedMarker, type Marker } from '../../../station/store/marker.ts'
import { StorageError } from '../../../station/store/storage-errors.ts'
import { lapseAllUnsentRequests } from '../../../station/sync/allowance-requests.ts'
import { connectCentral } from '../../../station/sync/central-client.ts'
import { openScopeFetcher } from '../../../station/sync/snapshot.ts'
import { startSyncLoop, type SyncLoop } from '../../../station/sync/sync-loop.ts'
import type { Counts } from '../engine/counts.ts'
import type { Random } from '../engine/random.ts'
import { timedUuid } from '../engine/random.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { SimulatedClock } from './station-clock.ts'
import { ProcessGone } from './station-disk.ts'
import type { StationLink } from './station-link.ts'
import type { Site } from './town.ts'

/** A station of the simulation never waits long enough for hundreds: so its pushes are of several batches too. */
const BATCH_EVENTS = 3

export interface StationProcess {
  readonly counter: Counter
  readonly sessions: SessionBook
  readonly sync: SyncLoop
  /** From here on nothing of it runs. */
  end(): void
}

export interface ProcessParts {
  site: Site
  database: StationDatabase
  clock: SimulatedClock
  link: StationLink
  centralKey: KeyObject
  /** What lies beside the file. */
  marker: Marker | null
  /** What was kept aside on this disk; null: a planted bug. */
  aside: AsideFiles | null
  /** The file that a new one replaces. */
  previous: PreviousFile | null
  scheduler: Scheduler
  random: Random
  /** When a station without any reason to speak speaks. */
  pullEveryMs: number
  /** How long this machine is busy with its disk. */
  busyMs: () => number
  /** A planted bug: nobody is ever seen at the screen. */
  isNobodyEverThere: boolean
  sometimes: Counts
  onProblem: (problem: string) => void
}

/** Throws what the product throws where the file does not open. */
export function startProcess(parts: ProcessParts): StationProcess {
  const { site, database, clock, scheduler, random } = parts
  let alive = true
  const isAlive = (): boolean => alive
  const ids = { random: () => random.uuid(), timed: (wallMs: number) => timedUuid(random, wallMs) }
  const counter: Counter = { database, identity: beginBoot(database, site.id, ids, parts.previous), clock, ids }
  if (parts.marker !== null) heedMarker(database, counter.identity, parts.marker)
  flushRefusedScans(counter)
  lapseAllUnsentRequests(counter)
  endAllVisits(counter)

  const onDisk = <Result>(act: () => Result, otherwise: Result): Result => {
    try {
      return act()
    } catch (error) {
      if (error instanceof StorageError) return otherwise
      throw error
    }
  }
  const sessions = openSessionBook({
    counter,
    nudgeSync: (rider) => (rider === undefined ? sync.nudge() : sync.wantRider(rider)),
    isOnline: () => sync.isOnline(),
    onDisk,
  })
  const central = connectCentral({ station: site.id, privateKey: site.keys.privateKey, centralKey: parts.centralKey, exchange: parts.link.exchangeOf(isAlive), ids, pack: (bytes) => Promise.resolve(bytes) })
  const sync = startSyncLoop({
    counter,
    central,
    hello: { certificate: null, program: 'simulated' },
    batchEventsMax: BATCH_EVENTS,
    ...(parts.aside === null ? {} : { aside: parts.aside }),
    fetchScopes: openScopeFetcher({ counter, central, pause: () => Promise.resolve(), onProblem: parts.onProblem }),
    isInSession(rider) {
      const isThere = !parts.isNobodyEverThere && sessions.isInSession(rider)
      if (isThere && database.read.get('SELECT 1 FROM recalls WHERE rider = ?', rider) !== undefined) parts.sometimes.add('recall_refused_in_session')
      return isThere
    },
    onPoints: (rider, { elsewhere, withheld }) => sessions.pointsAnswered(rider, { elsewhere, withheld: withheld !== null }),
    timers: {
      after: (delayMs, run) =>
        scheduler.after(delayMs + parts.busyMs(), () => {
          if (alive) run()
        }),
      random: () => random.next(),
    },
    onChange: () => {
      if (!alive) return
      sessions.endRevoked()
      sessions.askForPoints()
    },
    onProblem: (problem) => {
      if (alive) parts.onProblem(problem)
    },
    pullEveryMs: parts.pullEveryMs,
  })
  return {
    counter,
    sessions,
    sync,
    end() {
      alive = false
    },
  }
}

/** Runs what somebody does at the machine; null where the machine died over it or its disk did not take it. */
export function attempt<Result>(act: () => Result): Result | null {
  try {
    return act()
  } catch (error) {
    if (error instanceof ProcessGone || error instanceof StorageError) return null
    throw error
  }
}
