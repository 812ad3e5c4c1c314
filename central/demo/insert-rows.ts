// Many rows into one table with one statement, the same on both databases. Table and column names are the program's own.

import type { Queryable } from '../store/database.ts'

export async function insertRows<Column extends string>(
  transaction: Queryable,
  table: string,
  columns: Record<Column, string>,
  rows: readonly Record<NoInfer<Column>, unknown>[],
): Promise<void> {
  if (rows.length === 0) return
  const names = Object.keys(columns).join(', ')
  const typed = Object.entries(columns).map(([name, type]) => `${name} ${String(type)}`)
  await transaction.query(`INSERT INTO ${table} (${names}) SELECT ${names} FROM json_to_recordset($1::json) AS r(${typed.join(', ')})`, [
    JSON.stringify(rows),
  ])
}
