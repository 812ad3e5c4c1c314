// A machine with its disk, its clock and its line: started, killed, started again. A process that dies is started again by
// whoever started it, a moment later.

import type { StationDatabase } from '../../../station/store/database.ts'
import { StorageError } from '../../../station/store/storage-errors.ts'
import type { Counts } from '../engine/counts.ts'
import type { Random } from '../engine/random.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { SimulatedClock } from './station-clock.ts'
import { ProcessGone, StationDisk } from './station-disk.ts'
import { StationLink, type CentralDoor } from './station-link.ts'
import { startProcess, type StationProcess } from './station-process.ts'
import type { Site } from './town.ts'

const RESTART_MS = 2_000
const BUSY_RETRY_MS = 5_000

export interface NodeParts {
  scheduler: Scheduler
  random: Random
  central: CentralDoor
  counts: Counts
  faults: Counts
  pullEveryMs: number
  /** A planted bug may change what was opened. */
  afterOpen: (database: StationDatabase) => void
  wrapDatabase: (database: StationDatabase) => StationDatabase
  onProblem: (station: string, problem: string) => void
}

export class StationNode {
  readonly site: Site
  readonly clock: SimulatedClock
  readonly link: StationLink
  disk: StationDisk
  process: StationProcess | null = null
  /** Nobody starts it: it was replaced, or it is a copy that was switched off. */
  isRetired = false
  /** A copy of a disk in another machine: nobody comes to it but by chance. */
  isSpare = false
  /** Milliseconds a slow disk takes on top of everything. */
  slowMs = 0
  /** The file is being recovered by SQLite: the next open says BUSY. */
  isBusyAtOpen = false
  readonly #parts: NodeParts

  constructor(site: Site, parts: NodeParts, disk: StationDisk = new StationDisk(null)) {
    this.site = site
    this.disk = disk
    this.#parts = parts
    this.clock = new SimulatedClock(parts.scheduler)
    this.link = new StationLink({ ...parts, random: parts.random.fork('link') })
  }

  start(): void {
    if (this.isRetired || this.process !== null) return
    if (this.isBusyAtOpen) {
      this.isBusyAtOpen = false
      this.#parts.faults.add('busy')
      this.#parts.scheduler.after(BUSY_RETRY_MS, () => this.start())
      return
    }
    this.clock.processStarted()
    try {
      const database = this.#parts.wrapDatabase(this.disk.open(this.#parts.afterOpen))
      this.process = startProcess({
        site: this.site, database, clock: this.clock, link: this.link, scheduler: this.#parts.scheduler, random: this.#parts.random, pullEveryMs: this.#parts.pullEveryMs,
        busyMs: () => this.slowMs, onProblem: (problem) => this.#parts.onProblem(this.site.id, problem),
      })
    } catch (error) {
      if (!(error instanceof ProcessGone) && !(error instanceof StorageError)) throw error
      this.disk.kill()
      this.restartSoon()
    }
  }

  /** kill -9: what was committed is there. */
  kill(): void {
    this.process?.end()
    this.process = null
    this.disk.kill()
  }

  losePower(): void {
    this.process?.end()
    this.process = null
    this.disk.losePower()
  }

  restartSoon(delayMs: number = RESTART_MS): void {
    this.#parts.scheduler.after(delayMs, () => this.start())
  }
}
