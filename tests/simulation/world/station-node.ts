// A machine with its disk, its clock and its line: started, killed, started again. A process that dies is started again by
// whoever started it, a moment later.

import type { KeyObject } from 'node:crypto'
import type { StationDatabase } from '../../../station/store/database.ts'
import { countedPeople } from '../../../station/store/counted-people.ts'
import { mayRecord } from '../../../station/store/fence.ts'
import type { PreviousFile } from '../../../station/store/identity.ts'
import { markerOf } from '../../../station/store/marker.ts'
import { chainSeed } from '../../../station/store/outbox.ts'
import { StorageError } from '../../../station/store/storage-errors.ts'
import type { StationFile } from '../checker/evidence.ts'
import type { Counts } from '../engine/counts.ts'
import type { Random } from '../engine/random.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { dumpStation } from './dump-station.ts'
import { SimulatedClock } from './station-clock.ts'
import { ProcessGone, type StationDisk } from './station-disk.ts'
import { StationLink, type CentralDoor } from './station-link.ts'
import { startProcess, type StationProcess } from './station-process.ts'
import type { Site } from './town.ts'

const RESTART_MS = 2_000
const MARK_AFTER_MS = 1_000
const BUSY_RETRY_MS = 5_000

export interface NodeParts {
  scheduler: Scheduler
  random: Random
  central: CentralDoor
  sometimes: Counts
  faults: Counts
  pullEveryMs: number
  centralKey: KeyObject
  isNobodyEverThere: boolean
  isAsideForgotten: boolean
  /** A planted bug may stand between the product and its file. */
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
  /** Of a machine that was switched off for good. */
  #left: StationFile | null = null
  /** Of the file that ran last. */
  lastIncarnation: string | null = null
  #previous: PreviousFile | null = null
  #isMarking = false
  readonly #parts: NodeParts

  constructor(site: Site, parts: NodeParts, disk: StationDisk) {
    this.site = site
    this.disk = disk
    this.#parts = parts
    this.clock = new SimulatedClock(parts.scheduler)
    this.link = new StationLink({ ...parts, counts: parts.sometimes, random: parts.random.fork('link') })
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
      const { scheduler, random, pullEveryMs, centralKey, isNobodyEverThere, isAsideForgotten, sometimes } = this.#parts
      const process = startProcess({
        site: this.site, database: this.#parts.wrapDatabase(this.disk.open()), clock: this.clock, link: this.link, scheduler, random, pullEveryMs, centralKey,
        marker: this.disk.marker, aside: isAsideForgotten ? null : this.disk.asideFiles(), previous: this.#previous, isNobodyEverThere, sometimes, busyMs: () => this.slowMs,
        onProblem: (problem) => this.#parts.onProblem(this.site.id, problem),
      })
      this.process = process
      this.lastIncarnation = process.counter.identity.incarnation
      this.#previous = null
      this.disk.onCommit = () => this.#markSoon()
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

  /** The old file is kept aside; the machine goes on with a new one that says which it replaced. */
  beginAnew(): void {
    const { process } = this
    if (process === null) return
    const { counter } = process
    const { lastSeq, lastHash } = markerOf(counter.database, counter.identity)
    const dump = dumpStation(counter.database.read, false)
    this.#previous = { incarnation: counter.identity.incarnation, lastSeq, lastHash: lastHash === '' ? chainSeed(counter.identity) : Buffer.from(lastHash, 'hex'), counted: countedPeople(counter.database.read, 400) }
    this.kill()
    this.disk.moveAside(dump)
    this.restartSoon()
  }

  /** Switched off for good; what is on its disk stays there. */
  retire(): void {
    const { process } = this
    if (process !== null) this.#left = dumpStation(process.counter.database.read, false)
    this.kill()
    this.isRetired = true
  }

  /** A copy is started once more, also one that was switched off: central has forgotten what it told. */
  fetchBack(): void {
    if (!this.isSpare) return
    this.isRetired = false
    this.#left = null
    this.kill()
    this.restartSoon()
  }

  /** What lies on its disk and is not at work: files kept aside, and the one of a machine that is switched off. */
  filesAtRest(): StationFile[] {
    return [...this.disk.aside.map(({ dump }) => dump), ...(this.#left === null ? [] : [this.#left])]
  }

  /** As the marker's keeper does: at most once a second, and never by a file that is behind. */
  #markSoon(): void {
    if (this.#isMarking) return
    this.#isMarking = true
    this.#parts.scheduler.after(MARK_AFTER_MS, () => {
      this.#isMarking = false
      const counter = this.process?.counter
      if (counter === undefined || !mayRecord(counter.database.read)) return
      this.disk.marker = markerOf(counter.database, counter.identity)
    })
  }

  restartSoon(delayMs: number = RESTART_MS): void {
    this.#parts.scheduler.after(delayMs, () => this.start())
  }
}
