// A backup of a central's database and its restore, the same for both engines: every row of every table, put back as it was,
// with the triggers that guard facts away for that moment.

import type { OpenDatabase } from '../../central/store/database.ts'
import { TABLE_RIGHTS } from '../../central/store/table-rights.ts'

const TABLES = Object.keys(TABLE_RIGHTS).filter((table) => table !== 'migrations')

/** The answer puts everything back. */
export async function takeBackup(database: OpenDatabase): Promise<() => Promise<void>> {
  const copies = await database.transaction('snapshot', async (snapshot) => {
    const kept: [string, string][] = []
    for (const table of TABLES) {
      const [row] = await snapshot.query<{ rows: string }>(`SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${table} t`)
      kept.push([table, row?.rows ?? '[]'])
    }
    return kept
  })
  return async () => {
    await database.actAs('owner')
    await database.transaction('write', async (transaction) => {
      await transaction.query('SET LOCAL session_replication_role = replica')
      for (const table of TABLES) {
        await transaction.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
      }
      await transaction.query(`TRUNCATE ${TABLES.join(', ')}`)
      for (const [table, rows] of copies) await transaction.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(null::${table}, $1::json)`, [rows])
      for (const table of TABLES) await transaction.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    })
    await database.actAs('program')
  }
}
