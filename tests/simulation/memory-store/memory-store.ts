// Central's store in memory, for the simulation: transactions run one after the other, a commit is durable when the modelled
// disk was told to sync, and all of it can be copied, put back, lose its power or break off at any call. The meaning of each
// call is central-store.ts; differential.pg.test.ts holds it to the SQL stores'.

import type { CentralStore, StoreTransaction } from '../../../central/store/central-store.ts'
import type { TransactionMode } from '../../../central/store/database.ts'
import { isRefusedInSnapshot } from './call-kinds.ts'
import { changeCalls } from './change-calls.ts'
import { ConstraintError } from './constraint-error.ts'
import { factCalls } from './fact-calls.ts'
import { joiningCalls, lifeCalls } from './life-calls.ts'
import { ledgerCalls } from './ledger-calls.ts'
import { createLockDiscipline } from './lock-discipline.ts'
import { createTables } from './memory-tables.ts'
import { mirrorCalls } from './mirror-calls.ts'
import { findCalls, outboxCalls } from './outbox-calls.ts'
import { pullHeadCall } from './pull-head-call.ts'
import { recoveryCalls } from './recovery-calls.ts'
import { riderCalls } from './rider-calls.ts'
import { sliceCalls } from './slice-calls.ts'
import { snapshotCalls } from './snapshot-calls.ts'
import { peopleCalls } from './people-calls.ts'
import { wordCalls } from './word-calls.ts'
import { staffActCalls } from './staff-act-calls.ts'
import { wishCalls } from './wish-calls.ts'
import type { AnyTable, BeforeImages, PlainRow } from './table.ts'
import { trainingCalls } from './training-calls.ts'

/** Rows by table, columns named as in SQL. */
export type TableRows = Readonly<Record<string, readonly PlainRow[]>>

export interface MemoryStoreOptions {
  /** `never` is a planted bug: the disk writes back when it likes, and a power loss takes what it had not. */
  fsync?: 'every_commit' | 'never'
  /** Whoever moves a slice without its station's lock is refused, as nothing in SQL would (lock-discipline.ts). */
  needsLocks?: boolean
}

export interface MemoryStore extends CentralStore {
  /** Every table as committed, or only those; rows are never changed afterwards. */
  dump(only?: readonly string[]): TableRows
  /** What `restore` takes. */
  backup(): TableRows
  /** Central is another one from here on: what is under way fails with `StoreGoneError`. */
  restore(image: TableRows): void
  /** What was committed and not synced is gone; what is under way fails with `StoreGoneError`. */
  powerLoss(): void
  /**
   * The next write transaction throws `StoreCrashedError` before its call number `call` (from 0), or, where it has fewer, after
   * its commit. Once.
   */
  crashAt(call: number): void
  commits(): number
  /** How often the modelled disk was told to sync. */
  fsyncs(): number
}

/** The process died over this transaction: nobody gets an answer. */
export class StoreCrashedError extends Error {
  override name = 'StoreCrashedError'
}

/** The machine went away under this transaction. */
export class StoreGoneError extends Error {
  override name = 'StoreGoneError'
}

/** A disk that is never told to sync writes back by itself, every so often. */
const WRITE_BACK_EVERY_COMMITS = 64

/** What a commit changed, to be taken back by a power loss. */
type Committed = readonly (readonly [table: AnyTable, images: BeforeImages])[]

export function openMemoryStore(rows: TableRows = {}, options: MemoryStoreOptions = {}): MemoryStore {
  const fsync = options.fsync ?? 'every_commit'
  let isWriting = false
  const { tables, byName } = createTables(() => isWriting)
  const changes = changeCalls(tables)
  const calls: StoreTransaction = {
    ...outboxCalls(tables), ...ledgerCalls(tables), ...changes, ...mirrorCalls(tables), ...factCalls(tables), ...riderCalls(tables), ...sliceCalls(tables),
    ...lifeCalls(tables), ...joiningCalls(tables), ...recoveryCalls(tables), ...staffActCalls(tables), ...snapshotCalls(tables), ...wordCalls(tables), ...peopleCalls(tables), ...wishCalls(tables),
    ...trainingCalls(tables),
    ...pullHeadCall(tables, findCalls(tables, false), changes),
  }
  /** Grows when the machine goes away. */
  let machine = 0
  let queue: Promise<unknown> = Promise.resolve()
  let crashAtCall: number | null = null
  let unsynced: Committed[] = []
  let [commits, fsyncs] = [0, 0]

  const takeChanges = (): Committed => {
    const changed: [AnyTable, BeforeImages][] = []
    for (const table of byName.values()) {
      const images = table.takeChanges()
      if (images.size > 0) changed.push([table, images])
    }
    return changed
  }

  const takeBack = (committed: Committed): void => {
    for (const [table, images] of committed) table.takeBack(images)
  }

  const commit = (): void => {
    commits += 1
    const changed = takeChanges()
    if (fsync === 'every_commit') {
      fsyncs += 1
      return
    }
    unsynced.push(changed)
    if (unsynced.length >= WRITE_BACK_EVERY_COMMITS) unsynced = []
  }

  const leave = (): void => {
    machine += 1
    queue = Promise.resolve()
    isWriting = false
    crashAtCall = null
    takeBack(takeChanges())
  }

  const load = (image: TableRows): void => {
    for (const name of Object.keys(image)) if (!byName.has(name)) throw new Error(`there is no table ${name}`)
    for (const [name, table] of byName) table.load(image[name] ?? [])
    unsynced = []
  }

  /** The calls of one transaction, while it is the one that runs. */
  const openCalls = (mode: TransactionMode, isOpen: () => boolean, crash: number | null, count: () => number): StoreTransaction => {
    const discipline = options.needsLocks === true && mode === 'write' ? createLockDiscipline() : null
    return new Proxy(calls, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver)
        if (typeof member !== 'function') return member
        return (...given: unknown[]): unknown => {
          try {
            if (!isOpen()) throw new StoreGoneError('the transaction is over')
            if (mode === 'snapshot' && isRefusedInSnapshot(name, given)) throw new ConstraintError('read_only', String(name), 'a snapshot locks and writes nothing')
            if (count() === crash) throw new StoreCrashedError(`killed before ${String(name)}`)
            discipline?.watch(name, given)
            return Reflect.apply(member, target, given) as unknown
          } catch (error) {
            return Promise.reject(error instanceof Error ? error : new Error(String(error)))
          }
        }
      },
    })
  }

  const run = async <Result>(mode: TransactionMode, work: (transaction: StoreTransaction) => Promise<Result>, bornAt: number): Promise<Result> => {
    const isHere = (): boolean => machine === bornAt
    if (!isHere()) throw new StoreGoneError('the machine went away')
    const crash = mode === 'write' ? crashAtCall : null
    if (mode === 'write') crashAtCall = null
    let isOver = false
    let count = -1
    isWriting = mode === 'write'
    try {
      const result = await work(openCalls(mode, () => isHere() && !isOver, crash, () => (count += 1)))
      if (!isHere()) throw new StoreGoneError('the machine went away before the commit')
      if (mode === 'write') commit()
      if (crash !== null) throw new StoreCrashedError('killed after the commit')
      return result
    } finally {
      isOver = true
      if (isHere()) {
        isWriting = false
        takeBack(takeChanges())
      }
    }
  }

  const transaction: CentralStore['transaction'] = (mode, work) => {
    const bornAt = machine
    const result = queue.then(() => run(mode, work, bornAt))
    // The next one waits for the end of this one, whatever end it is.
    queue = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }

  load(rows)
  return {
    ...findCalls(tables, true),
    readPullHead: (question) => transaction('snapshot', (snapshot) => snapshot.readPullHead(question)),
    transaction,
    dump: (only) => Object.fromEntries([...byName].filter(([name]) => only === undefined || only.includes(name)).map(([name, table]) => [name, table.committedRows()])),
    backup: () => Object.fromEntries([...byName].map(([name, table]) => [name, table.committedRows()])),
    restore(image) {
      leave()
      load(image)
    },
    powerLoss() {
      leave()
      for (const committed of unsynced.toReversed()) takeBack(committed)
      unsynced = []
    },
    crashAt(call) {
      crashAtCall = call
    },
    commits: () => commits,
    fsyncs: () => fsyncs,
  }
}
