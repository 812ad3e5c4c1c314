// The columns, types, keys, unique values and references of all tables: as the database's own catalogue has them, and as the model does.

import type { Database } from '../../../central/store/database.ts'
import { createTables } from './memory-tables.ts'

export interface SchemaOfTable {
  /** Each as its name, its type and whether it may be null. */
  columns: string[]
  key: string
  unique: string[]
  /** Each as its columns and the table. */
  references: string[]
}

/** The bookkeeping of migrations is nobody's data; the office's own tables, phones' and the looks at limits are behind no call of the store. */
const isUnmodelled = (table: string): boolean => table === 'migrations' || ['partners', 'meetings', 'meeting_wishes', 'acknowledgements', 'corrections', 'hand_offs'].includes(table) || table.startsWith('office_') || table.startsWith('photo') || table.startsWith('limit_looks')

export async function schemaOf(database: Database): Promise<Record<string, SchemaOfTable>> {
  const columns = await database.query<{ table: string; name: string; type: string; nullable: string }>(
    `SELECT table_name AS "table", column_name AS name, data_type AS type, is_nullable AS nullable FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  const keys = await database.query<{ table: string; kind: string; columns: string; to: string }>(
    `SELECT conrelid::regclass::text AS "table", contype::text AS kind, confrelid::regclass::text AS "to",
       (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS c(number, place) JOIN pg_attribute ON attrelid = conrelid AND attnum = number) AS columns
     FROM pg_constraint WHERE contype IN ('p', 'u', 'f') AND connamespace = 'public'::regnamespace`,
  )
  const tables = [...new Set(columns.map(({ table }) => table))].filter((table) => !isUnmodelled(table))
  return Object.fromEntries(
    tables.map((table) => [
      table,
      {
        columns: columns.filter((column) => column.table === table).map(({ name, type, nullable }) => columnText(name, type, nullable === 'YES')).toSorted(),
        key: keys.find((key) => key.table === table && key.kind === 'p')?.columns ?? '',
        unique: keys.filter((key) => key.table === table && key.kind === 'u').map((key) => key.columns).toSorted(),
        references: keys.filter((key) => key.table === table && key.kind === 'f').map((key) => `${key.columns} in ${key.to}`).toSorted(),
      },
    ]),
  )
}

export function schemaInMemory(): Record<string, SchemaOfTable> {
  const { byName } = createTables(() => false)
  return Object.fromEntries(
    [...byName].map(([table, { shape }]) => [
      table,
      {
        columns: Object.entries(shape.columns).map(([name, { type, isNullable }]) => columnText(name, type, isNullable)).toSorted(),
        key: shape.key.join(),
        unique: (shape.unique ?? []).map((columns) => columns.join()).toSorted(),
        references: (shape.references ?? []).map(({ columns, table: to }) => `${columns.join()} in ${to}`).toSorted(),
      },
    ]),
  )
}

function columnText(name: string, type: string, isNullable: boolean): string {
  return `${name} ${type}${isNullable ? ' null' : ''}`
}
