// Central's real SQL behind the simulation: slower by far, the same schedules. It is not restored from copies; that is done to
// real processes (torture) and to the store in memory.

import type { Database } from '../../../central/store/database.ts'
import { migrate } from '../../../central/store/migrate.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import type { Row, Tables } from '../checker/evidence.ts'
import type { CentralState } from './central-state.ts'

export async function openSqlState(database: Database, rows: Tables): Promise<CentralState> {
  await migrate(database)
  const columns = await database.query<{ table: string; column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name, ordinal_position`,
  )
  const tables = [...new Set(columns.map(({ table }) => table))].filter((table) => table !== 'migrations')
  for (const [table, wanted] of Object.entries(rows)) {
    if (wanted.length === 0) continue
    const known = columns.filter((column) => column.table === table && wanted.some((row) => column.column in row)).map(({ column }) => column).join(', ')
    await database.query(`INSERT INTO ${table} (${known}) SELECT ${known} FROM json_populate_recordset(null::${table}, $1::json)`, [JSON.stringify(wanted)])
  }
  return {
    store: sqlStore(database),
    async tables(only = tables) {
      const found: Record<string, readonly Row[]> = {}
      for (const table of only) found[table] = await database.query<Row>(`SELECT * FROM ${table} AS rows ORDER BY rows::text`)
      return found
    },
    losePower: () => undefined,
    // The office makes its backups; nobody reads them.
    copy: () => ({ tables: {} }),
    putBack: () => {
      throw new Error('the real database is not put back within a run')
    },
  }
}
