// PostgreSQL through pg's pool: what a real deployment runs. A broken connection is thrown away by the pool; the caller
// gets the error. Keeps no SQL of its own but the transaction's frame. A connection has its role from its first moment on.

import { type ClientBase, Pool, types } from 'pg'
import { type DatabaseRole, onlyRow, type OpenDatabase, type Queryable, readBigint, SNAPSHOT_SQL, type SqlValue, withAttempts } from './database.ts'
import { DatabaseBusyError } from './database-errors.ts'
import { listenOnPostgres } from './postgres-listen.ts'
import { encodeColumns } from './sql-columns.ts'
import { PROGRAM_ROLE } from './table-rights.ts'

export const CONNECTIONS_MAX = 10
const CONNECT_TIMEOUT_MS = 10_000
const STATEMENT_TIMEOUT_MS = 60_000
/** Longer than a queue of bookings, shorter than a station's patience. */
const LOCK_TIMEOUT_MS = 10_000
/** A process that hangs in mid-transaction must not hold its locks for ever. */
const IDLE_IN_TRANSACTION_MS = 60_000
const INT8 = 20

export function openPostgres(url: string, onIdleError: (error: Error) => void, connectMsMax: number = CONNECT_TIMEOUT_MS): OpenDatabase {
  let isClosed = false
  const openPool = (role: DatabaseRole): Pool => {
    const opened = new Pool({
      ...connectionOf(url, role),
      max: CONNECTIONS_MAX,
      // What is asked at once is sent at once, and answered in that order: the database need not wait until this process has a moment for its next question.
      pipeline: true,
      connectionTimeoutMillis: connectMsMax,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      types: {
        getTypeParser: (oid: number, format?: string) =>
          oid === INT8 ? readBigint : format === 'binary' ? types.getTypeParser(oid, 'binary') : types.getTypeParser(oid, 'text'),
      },
    })
    opened.on('error', (error) => {
      // The pool lets go of its connections before they have ended; what they still say then is of no use.
      if (!isClosed && opened === pool) onIdleError(error)
    })
    return opened
  }
  let pool = openPool('owner')
  return {
    engine: 'postgres',
    query: async (sql, values) => queriesOf(pool).query<never>(sql, values).catch(throwBusy),
    execute: async (sql) => queriesOf(pool).execute(sql).catch(throwBusy),
    transaction: (mode, work) =>
      withAttempts(async () => {
        const client = await pool.connect().catch(throwBusy)
        let broken: Error | undefined
        // A connection that breaks between two statements says so to nobody else, and unheard it would end the process.
        const breaks = (error: Error): void => {
          broken = error
        }
        client.on('error', breaks)
        try {
          await client.query(mode === 'snapshot' ? `BEGIN; ${SNAPSHOT_SQL}` : 'BEGIN')
          const result = await work(queriesOf(client))
          await client.query('COMMIT')
          return result
        } catch (error) {
          try {
            await client.query('ROLLBACK')
          } catch (rollbackError) {
            broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError))
          }
          return throwBusy(error)
        } finally {
          client.off('error', breaks)
          client.release(broken)
        }
      }),
    actAs: async (role) => {
      const before = pool
      pool = openPool(role)
      await before.end()
      if (role === 'owner') return
      const { user } = onlyRow(await queriesOf(pool).query<{ user: string }>('SELECT current_user AS user'))
      if (user !== PROGRAM_ROLE) throw new Error(`the session runs as ${user}, not as ${PROGRAM_ROLE}`)
    },
    poolUse: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount, max: CONNECTIONS_MAX }),
    listen: (listener) => listenOnPostgres(connectionOf(url, 'program'), listener, onIdleError),
    close: () => {
      isClosed = true
      return pool.end()
    },
  }
}

/** The role as a start option of the session: not one statement runs without it. Options of the address itself are kept. */
function connectionOf(url: string, role: DatabaseRole): { connectionString: string; options?: string } {
  if (role === 'owner') return { connectionString: url }
  const wanted = `-c role=${PROGRAM_ROLE}`
  if (!URL.canParse(url)) return { connectionString: url, options: wanted }
  const address = new URL(url)
  const given = address.searchParams.get('options')
  // What the address says would go before what is said beside it.
  address.searchParams.delete('options')
  return { connectionString: address.href, options: given === null ? wanted : `${given} ${wanted}` }
}

/** What the pool and its connections say with words only, and what the network says: the server is full, away, or starts again. */
const PASSING_WORDS = /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/
const PASSING_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '25P03'])

/** Whether a commit took place that was cut off nobody knows; whoever asks again finds out, because every request may be repeated. */
function throwBusy(error: unknown): never {
  const isPassing = error instanceof Error && (PASSING_WORDS.test(error.message) || ('code' in error && PASSING_CODES.has(String(error.code))))
  throw isPassing ? new DatabaseBusyError(error.message, { cause: error }) : error
}

const names = new Map<string, string>()

/** Of the prepared statement: each connection parses and plans a text once. There are as many texts as in the program, none is made of data. */
function nameOf(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  const name = `boai_${names.size + 1}`
  names.set(sql, name)
  return name
}

function queriesOf(client: Pick<ClientBase, 'query'> | Pick<Pool, 'query'>): Queryable {
  return {
    query: async <Row>(sql: string, values: readonly SqlValue[] = []) => {
      const result = await (client as Pick<Pool, 'query'>).query({
        text: sql, values: encodeColumns(values), ...(values.length === 0 ? {} : { name: nameOf(sql) }),
      })
      return result.rows as Row[]
    },
    execute: async (sql) => {
      await (client as Pick<Pool, 'query'>).query(sql)
    },
  }
}
