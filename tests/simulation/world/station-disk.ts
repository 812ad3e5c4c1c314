// One station's disk: a real SQLite database in memory, and what can go wrong under it. A commit is on the medium when SQLite
// was told to sync in full; told less, a power loss takes back what was committed since the last checkpoint. A kill may come
// before any statement of a transaction or right after its commit.

import { type MemoryDatabase, openMemoryDatabase } from '../../../station/store/memory-database.ts'
import type { StationDatabase, Writer } from '../../../station/store/database.ts'
import { StorageError } from '../../../station/store/storage-errors.ts'

/** The process is gone; whoever holds its database holds nothing. */
export class ProcessGone extends Error {}

export type WriteFault =
  /** The process dies before that statement of the next transaction; past its last one: after the commit. */
  | { kind: 'kill'; beforeStatement: number; after: () => void }
  | { kind: 'disk_full'; beforeStatement: number; times: number }

type Values = Parameters<Writer['run']> extends [string, ...infer Rest] ? Rest : never

const SYNCHRONOUS_FULL = 2
/** About a WAL of a thousand pages. */
const COMMITS_A_CHECKPOINT = 40

export interface DiskImage {
  readonly bytes: Uint8Array
}

export class StationDisk {
  /** What a power loss leaves. */
  #durable: Uint8Array | null
  #open: MemoryDatabase | null = null
  #commitsSinceCheckpoint = 0
  #fault: WriteFault | null = null
  #writes = 0

  constructor(image: DiskImage | null) {
    this.#durable = image?.bytes ?? null
  }

  /** How many transactions it has seen. */
  writes(): number {
    return this.#writes
  }

  /** The next write meets it. */
  plan(fault: WriteFault): void {
    this.#fault = fault
  }

  heal(): void {
    this.#fault = null
  }

  /** A process opens the file. */
  open(prepare: (database: StationDatabase) => void = () => undefined): StationDatabase {
    if (this.#open !== null) throw new Error('one process, one connection')
    const inner = openMemoryDatabase(this.#durable)
    this.#open = inner
    prepare(inner)
    const synchronous = inner.read.get<{ synchronous: number }>('PRAGMA synchronous')?.synchronous ?? 0
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
      fault.times -= 1
      if (fault.times <= 0) this.#fault = null
      throw new StorageError('disk_full', 'the disk is full')
    }
    if (fault.kind === 'disk_full') {
      return inner.write((writer) => act({ ...writer, run: (sql, ...values) => (beforeStatement(), writer.run(sql, ...values)) }))
    }
    this.#fault = null
    try {
      inner.write((writer) => act({ ...writer, run: (sql, ...values) => (beforeStatement(), writer.run(sql, ...values)) }))
      this.#committed(inner, SYNCHRONOUS_FULL)
      throw new ProcessGone('killed after the commit')
    } catch (error) {
      if (error instanceof ProcessGone) fault.after()
      throw error
    }
  }

  #committed(inner: MemoryDatabase, synchronous: number): void {
    this.#writes += 1
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
    const synchronous = inner.read.get<{ synchronous: number }>('PRAGMA synchronous')?.synchronous ?? 0
    if (synchronous >= SYNCHRONOUS_FULL) {
      this.#close()
      return
    }
    this.#open = null
    this.#commitsSinceCheckpoint = 0
    inner.close()
  }

  /** A copy of the disk as it is now. */
  image(): DiskImage {
    const bytes = this.#open?.image() ?? this.#durable
    if (bytes === null) throw new Error('a disk without a file has no image')
    return { bytes }
  }

  /** An older copy is put in its place. */
  restore(image: DiskImage): void {
    if (this.#open !== null) throw new Error('a disk is not replaced under a running process')
    this.#durable = image.bytes
  }
}
