// One station's disk: a real SQLite database, in memory or in files, and what can go wrong under it. A commit is on the medium when SQLite
// was told to sync in full; told less, a power loss takes back what was committed since the last checkpoint. A kill may come
// before any statement of a transaction or right after its commit.

import type { AsideFiles } from '../../../station/store/aside-files.ts'
import type { Identity } from '../../../station/store/identity.ts'
import { type MemoryDatabase, openMemoryDatabase } from '../../../station/store/memory-database.ts'
import type { StationDatabase, Writer } from '../../../station/store/database.ts'
import type { Marker } from '../../../station/store/marker.ts'
import { StorageError } from '../../../station/store/storage-errors.ts'
import type { StationFile } from '../checker/evidence.ts'

/** The process is gone; whoever holds its database holds nothing. */
export class ProcessGone extends Error {}

export type WriteFault =
  /** The process dies before that statement of the next transaction that has so many, or right after a commit. `after`: it has. */
  | { kind: 'kill'; beforeStatement: number | 'after_commit'; after: () => void }
  /** So many transactions are refused. `after`: the first one was. */
  | { kind: 'disk_full'; beforeStatement: number; times: number; after: () => void }

type Values = Parameters<Writer['run']> extends [string, ...infer Rest] ? Rest : never

const SYNCHRONOUS_FULL = 2
/** About a WAL of a thousand pages. */
const COMMITS_A_CHECKPOINT = 40

/** Opens what lay on a disk, or a new database where nothing did. */
export type OpenImage = (image: Uint8Array | null) => MemoryDatabase

export interface DiskImage {
  readonly bytes: Uint8Array
  /** What lay beside the file. */
  readonly marker: Marker | null
  readonly aside: readonly KeptFile[]
}

/** A file that was kept aside: nobody writes in it again. */
export interface KeptFile {
  readonly bytes: Uint8Array
  readonly dump: StationFile
}

export class StationDisk {
  /** The small file beside the database. */
  marker: Marker | null
  /** Beside it too: what the station began anew without. */
  aside: readonly KeptFile[]
  /** Called after each commit that changed something. */
  onCommit: () => void = () => undefined
  /** What a power loss leaves. */
  #durable: Uint8Array | null
  #open: MemoryDatabase | null = null
  #commitsSinceCheckpoint = 0
  #fault: WriteFault | null = null
  #isFaultMet = false
  #writes = 0
  /** Of the connection that is open: most transactions find nothing to change. */
  #changesSeen = 0
  readonly #synchronousMax: number
  readonly #openImage: OpenImage

  /** `synchronousMax`: for a planted bug that asks SQLite for less than the product does. */
  constructor(image: DiskImage | null, synchronousMax: number = SYNCHRONOUS_FULL, openImage: OpenImage = openMemoryDatabase) {
    this.#durable = image?.bytes ?? null
    this.marker = image?.marker ?? null
    this.aside = image?.aside ?? []
    this.#synchronousMax = synchronousMax
    this.#openImage = openImage
  }

  /** How many transactions it has seen. */
  writes(): number {
    return this.#writes
  }

  /** The next write meets it. */
  plan(fault: WriteFault): void {
    this.#fault = fault
    this.#isFaultMet = false
  }

  heal(): void {
    this.#fault = null
  }

  /** A process opens the file. */
  open(): StationDatabase {
    if (this.#open !== null) throw new Error('one process, one connection')
    const inner = this.#openImage(this.#durable)
    this.#open = inner
    this.#changesSeen = changesOf(inner)
    const synchronous = this.#synchronousOf(inner)
    const isLive = (): boolean => this.#open === inner
    const alive = <Result>(act: () => Result): Result => {
      if (!isLive()) throw new ProcessGone('the process is gone')
      return act()
    }
    return {
      read: {
        all: <Row>(sql: string, ...values: Values) => alive(() => inner.read.all<Row>(sql, ...values)),
        get: <Row>(sql: string, ...values: Values) => alive(() => inner.read.get<Row>(sql, ...values)),
      },
      write: (act) =>
        alive(() => {
          const result = this.#fault === null ? inner.write(act) : this.#writeBadly(inner, act, this.#fault)
          this.#committed(inner, synchronous)
          return result
        }),
      close: () => {
        if (isLive()) this.#close()
      },
    }
  }

  #writeBadly<Result>(inner: MemoryDatabase, act: (writer: Writer) => Result, fault: WriteFault): Result {
    let statements = 0
    const beforeStatement = (): void => {
      statements += 1
      if (statements - 1 !== fault.beforeStatement) return
      if (fault.kind === 'kill') throw new ProcessGone('killed in the middle of a transaction')
      if (!this.#isFaultMet) fault.after()
      this.#isFaultMet = true
      fault.times -= 1
      if (fault.times <= 0) this.#fault = null
      throw new StorageError('disk_full', 'the disk is full')
    }
    const counted = (writer: Writer): Writer => ({ ...writer, run: (sql, ...values) => (beforeStatement(), writer.run(sql, ...values)) })
    if (fault.kind === 'disk_full') return inner.write((writer) => act(counted(writer)))
    try {
      const result = inner.write((writer) => act(counted(writer)))
      if (fault.beforeStatement !== 'after_commit') return result
      this.#committed(inner, SYNCHRONOUS_FULL)
      throw new ProcessGone('killed after the commit')
    } catch (error) {
      if (error instanceof ProcessGone) {
        this.#fault = null
        fault.after()
      }
      throw error
    }
  }

  #committed(inner: MemoryDatabase, synchronous: number): void {
    this.#writes += 1
    const changes = changesOf(inner)
    if (changes !== this.#changesSeen) this.onCommit()
    this.#changesSeen = changes
    if (synchronous >= SYNCHRONOUS_FULL) return
    this.#commitsSinceCheckpoint += 1
    if (this.#commitsSinceCheckpoint < COMMITS_A_CHECKPOINT) return
    this.#commitsSinceCheckpoint = 0
    this.#durable = inner.image()
  }

  /** The process ends or is killed: the system still has all that was committed. */
  kill(): void {
    if (this.#open !== null) this.#close()
  }

  #close(): void {
    const inner = this.#open
    if (inner === null) return
    this.#durable = inner.image()
    this.#open = null
    this.#commitsSinceCheckpoint = 0
    inner.close()
  }

  /** The power goes: what was synced is there. */
  losePower(): void {
    const inner = this.#open
    if (inner === null) return
    if (this.#synchronousOf(inner) >= SYNCHRONOUS_FULL) {
      this.#close()
      return
    }
    this.#open = null
    this.#commitsSinceCheckpoint = 0
    inner.close()
  }

  #synchronousOf(database: MemoryDatabase): number {
    return Math.min(this.#synchronousMax, database.read.get<{ synchronous: number }>('PRAGMA synchronous')?.synchronous ?? 0)
  }

  /** A copy of the disk as it is now. */
  image(): DiskImage {
    const bytes = this.#open?.image() ?? this.#durable
    if (bytes === null) throw new Error('a disk without a file has no image')
    return { bytes, marker: this.marker, aside: this.aside }
  }

  /** An older copy of the database is put in its place, with or without what lay beside it. */
  restore(image: DiskImage, what: 'database' | 'all'): void {
    if (this.#open !== null) throw new Error('a disk is not replaced under a running process')
    this.#durable = image.bytes
    if (what === 'database') return
    this.marker = image.marker
    this.aside = image.aside
  }

  /** The file is moved aside, and there is none. */
  moveAside(dump: StationFile): void {
    if (this.#open !== null) throw new Error('a file is not moved under a running process')
    if (this.#durable === null) throw new Error('there is no file to be moved')
    this.aside = [...this.aside, { bytes: this.#durable, dump }]
    this.#durable = null
  }

  /** What of it a process of this machine can read. */
  asideFiles(): AsideFiles {
    return {
      names: () => this.aside.map((_kept, index) => String(index)).toReversed(),
      open: (name) => {
        const kept = this.aside[Number(name)]
        if (kept === undefined) throw new Error(`nothing is kept aside as ${name}`)
        const { read, close } = this.#openImage(kept.bytes)
        const identity = read.get<Identity>('SELECT station, incarnation, boot FROM identity')
        if (identity === undefined) throw new Error('a file that was kept aside has an identity')
        return { identity, read, close }
      },
    }
  }
}

/** How many rows this connection has changed, ever. */
function changesOf(database: MemoryDatabase): number {
  return database.read.get<{ changes: number }>('SELECT total_changes() AS changes')?.changes ?? 0
}
