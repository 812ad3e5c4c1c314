// PostgreSQL through pg's pool: what a real deployment runs. A broken connection is thrown away by the pool; the caller
// gets the error. Keeps no SQL of its own but the transaction's frame.

import { type ClientBase, Pool, types } from 'pg'
import { type Database, type Queryable, readBigint, SNAPSHOT_SQL, type SqlValue, withAttempts } from './database.ts'

const CONNECTIONS_MAX = 10
const CONNECT_TIMEOUT_MS = 10_000
const STATEMENT_TIMEOUT_MS = 60_000
const INT8 = 20

export function openPostgres(url: string, onIdleError: (error: Error) => void): Database {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    types: {
      getTypeParser: (oid: number, format?: string) =>
        oid === INT8 ? readBigint : format === 'binary' ? types.getTypeParser(oid, 'binary') : types.getTypeParser(oid, 'text'),
    },
  })
  let isClosed = false
  pool.on('error', (error) => {
    // The pool lets go of its connections before they have ended; what they still say then is of no use.
    if (!isClosed) onIdleError(error)
  })
  return {
    engine: 'postgres',
    ...queriesOf(pool),
    transaction: (mode, work) =>
      withAttempts(async () => {
        const client = await pool.connect()
        let broken: Error | undefined
        try {
          await client.query('BEGIN')
          if (mode === 'snapshot') await client.query(SNAPSHOT_SQL)
          const result = await work(queriesOf(client))
          await client.query('COMMIT')
          return result
        } catch (error) {
          try {
            await client.query('ROLLBACK')
          } catch (rollbackError) {
            broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError))
          }
          throw error
        } finally {
          client.release(broken)
        }
      }),
    close: () => {
      isClosed = true
      return pool.end()
    },
  }
}

function queriesOf(client: Pick<ClientBase, 'query'> | Pick<Pool, 'query'>): Queryable {
  return {
    query: async <Row>(sql: string, values: readonly SqlValue[] = []) => {
      const result = await (client as Pick<Pool, 'query'>).query(sql, [...values])
      return result.rows as Row[]
    },
    execute: async (sql) => {
      await (client as Pick<Pool, 'query'>).query(sql)
    },
  }
}
