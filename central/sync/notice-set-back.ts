// A database that holds less than it once did was set back: restored from a backup, or a standby that had not heard of everything
// took over. Whoever lends from it lends again what it has forgotten, so every transaction that writes looks first: by the
// marker beside the database, which is moved on before anybody hears what was committed. Where it holds less, all that was
// written is taken back, central begins to recover, and the same is done once more, by then knowing that nothing is lent. It needs
// neither an operator who says so nor a station that knows better (hello.ts, for where the marker was lost as well).

import type { Marker, Reached } from '../keys/marker.ts'
import { isLaterHistory, noteHistory, type OutsideLog } from '../keys/outside-log.ts'
import { allEnded } from '../store/all-ended.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { DatabaseBusyError } from '../store/database-errors.ts'
import type { TransactionMode } from '../store/database.ts'
import { beginRecovery } from './recovery.ts'

export type Transact<Transaction> = <Result>(mode: TransactionMode, work: (transaction: Transaction) => Promise<Result>) => Promise<Result>

export interface SetBackParts<Transaction> {
  storeOf(transaction: Transaction): StoreTransaction
  marker: Marker
  outside: OutsideLog
  newHistory(): string
  nowMs(): number
  /** Nobody had said so. */
  noticed(): void
}

/** Set back again while it is being noticed; more often than this and whoever asks comes again. */
const ATTEMPTS_MAX = 3

class SetBack extends Error {
  readonly history: string

  constructor(history: string) {
    super('the database holds less than it once did')
    this.history = history
  }
}

/** The same transactions, and none of them writes into a database that was set back without its being known. Reading ones pass as they are. */
export function noticingSetBack<Transaction>(transact: Transact<Transaction>, parts: SetBackParts<Transaction>): Transact<Transaction> {
  return async (mode, work) => {
    if (mode !== 'write') return transact(mode, work)
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      try {
        return await writeWhereAllIsThere(transact, work, parts)
      } catch (error) {
        if (!(error instanceof SetBack)) throw error
        await recover(transact, parts, error.history)
      }
    }
    throw new DatabaseBusyError('the database is set back again and again')
  }
}

/**
 * When central starts, before anything is lent, with a `transact` that notices. Marks what a process committed that was killed before it
 * marked it, and asks the log as well: where the marker is lost, a history in it that is later than the database's tells the same.
 */
export async function noticeAtStart<Transaction>(transact: Transact<Transaction>, parts: SetBackParts<Transaction>): Promise<void> {
  const history = await transact('write', (transaction) => parts.storeOf(transaction).readHistory())
  if (noteHistory(parts.outside, history, parts.nowMs()).setBack) await recover(transact, parts, history)
}

async function writeWhereAllIsThere<Transaction, Result>(
  transact: Transact<Transaction>,
  work: (transaction: Transaction) => Promise<Result>,
  parts: SetBackParts<Transaction>,
): Promise<Result> {
  let reached: Promise<Reached> | undefined
  const result = await transact('write', async (transaction) => {
    // Before the database is asked: what another process marks after this it may have committed after this.
    const marked = parts.marker.read()
    const store = parts.storeOf(transaction)
    const asked = store.readReached()
    // Sent behind that question, which nobody waits for.
    const working = work(transaction)
    const [before] = await Promise.allSettled([asked, working])
    if (before.status === 'fulfilled' && isLess(parts.outside, before.value, marked)) throw new SetBack(before.value.history)
    const [, done] = await allEnded([asked, working])
    // Sent before the commit, which does not wait for it. Where this fails nothing was committed, and that is heard below.
    reached = store.readReached()
    reached.catch(() => undefined)
    return done
  })
  if (reached !== undefined) markWhereMore(parts, await reached)
  return result
}

function isLess(outside: OutsideLog, reached: Reached, marked: Reached | null): boolean {
  if (marked === null) return false
  if (marked.history === reached.history) return reached.changes < marked.changes
  // A history that the log has not heard of has just begun, or is another database's.
  const records = outside.read()
  return records.some((record) => record.kind === 'history_began' && record.history === reached.history) && isLaterHistory(records, reached.history, marked.history)
}

function markWhereMore({ marker, outside }: Pick<SetBackParts<never>, 'marker' | 'outside'>, reached: Reached): void {
  const marked = marker.read()
  const isMore = marked?.history === reached.history ? reached.changes > marked.changes : marked === null || !isLaterHistory(outside.read(), reached.history, marked.history)
  if (isMore) marker.write(reached)
}

async function recover<Transaction>(transact: Transact<Transaction>, { storeOf, outside, newHistory, nowMs, noticed }: SetBackParts<Transaction>, fromHistory: string): Promise<void> {
  const [next, atMs] = [newHistory(), nowMs()]
  const began = await transact('write', (transaction) => beginRecovery(storeOf(transaction), outside, { fromHistory, newHistory: next, nowMs: atMs }))
  // Another process was quicker.
  if (!began) return
  // In this order, so that the log tells a backup of the one from the other.
  noteHistory(outside, fromHistory, atMs)
  noteHistory(outside, next, atMs)
  noticed()
}
