// The one door to SQL: a query, a transaction, a close, the same over PostgreSQL and over PGlite in a folder. Knows no table.
// Values are plain: bigint columns come as numbers (they must be safe integers), bytea as Uint8Array, json goes in as text.
// Refuses to hide a failure; only what the database itself asks to try again is tried again, a bounded number of times.

import { sqlStateOf } from './database-errors.ts'
import type { SqlColumn } from './sql-columns.ts'
import type { WakeupListener } from './wakeups.ts'

export type SqlValue = string | number | boolean | null | Uint8Array | readonly string[] | readonly number[] | SqlColumn

export interface Queryable {
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>
  /** Several statements, no values: migrations only. */
  execute(sql: string): Promise<void>
}

/** `snapshot`: everything read in it is of one moment, and it can write nothing. */
export type TransactionMode = 'write' | 'snapshot'

export interface Database extends Queryable {
  readonly engine: 'postgres' | 'pglite'
  /** Commits when `work` resolves, rolls back when it throws. `work` may run again, so it has no effect but on the database. */
  transaction<Result>(mode: TransactionMode, work: (transaction: Queryable) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** `owner`: whoever logged in, for migrations. `program`: without the right to rewrite facts (table-rights). */
export type DatabaseRole = 'owner' | 'program'

/** What opening a database gives: the one who opened it says with which rights it goes on. Begins as the owner. */
export interface OpenDatabase extends Database {
  /** From the next statement on. Waits for those that run. */
  actAs(role: DatabaseRole): Promise<void>
  poolUse(): PoolUse
  /** Hears what any process commits (store/wakeups). The answer ends it. */
  listen(listener: WakeupListener): Promise<() => Promise<void>>
}

/** Connections to the database at this moment; `waiting`: questions that have none yet. */
export interface PoolUse {
  open: number
  idle: number
  waiting: number
  max: number
}

export const SNAPSHOT_SQL = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY'

const ATTEMPTS_MAX = 4
/** Serialization failure, deadlock, and a unique key that a concurrent writer took first: the next attempt sees it. */
const TRY_AGAIN_CODES = new Set(['40001', '40P01', '23505'])

export async function withAttempts<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !TRY_AGAIN_CODES.has(sqlStateOf(error) ?? '')) throw error
    }
  }
}

/** int8 from its text; points, sequence numbers and milliseconds all fit, anything else is a bug. */
export function readBigint(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint column holds more than a safe integer')
  return value
}

/** The only row of an answer that has exactly one. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined || rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`)
  return row
}
