// The store in memory beside a real one: the same rows to begin with, one question to both, and what both hold laid side by side.

import { expect } from 'vitest'
import type { CentralStore } from '../../../central/store/central-store.ts'
import type { Database } from '../../../central/store/database.ts'
import { sqlStateOf } from '../../../central/store/database-errors.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { schemaInMemory } from './compare-schemas.ts'
import { type MemoryStore, openMemoryStore, type TableRows } from './memory-store.ts'

export interface TwinStores {
  readonly memory: MemoryStore
  readonly sql: CentralStore
  /** After a difference was found: the memory holds again what the real one holds, so that another run finds its own. */
  mend(): Promise<void>
  /** Rows of things that neither has yet. */
  add(rows: TableRows): Promise<void>
  /** Asks both: the same answer, or the same code of a refusal. */
  expectSame(ask: (store: CentralStore) => Promise<unknown>): Promise<void>
  /** What both hold of these districts, in a form in which the same is equal. */
  rowsOf(districts: readonly string[]): Promise<Compared>
  /** All that both hold, as a reader of the tables gets it. */
  everyRow(): Promise<Compared>
}

type ComparedTables = Record<string, readonly Record<string, unknown>[]>

interface Compared {
  memory: ComparedTables
  sql: ComparedTables
}

export function openTwins(database: Database): TwinStores {
  const memory = openMemoryStore()
  const sql = sqlStore(database)
  const tables = Object.keys(memory.dump())
  const ofDistricts = tables.filter((table) => schemaInMemory()[table]?.columns.includes('district_id uuid'))
  return {
    memory,
    sql,
    async mend() {
      const rows: Record<string, Record<string, unknown>[]> = {}
      for (const table of tables) rows[table] = await database.query<Record<string, unknown>>(`SELECT * FROM ${table}`)
      memory.restore(rows)
    },
    async add(rows) {
      const before = memory.dump()
      memory.restore(Object.fromEntries(tables.map((table) => [table, [...(before[table] ?? []), ...(rows[table] ?? [])]])))
      await database.transaction('write', async (transaction) => {
        for (const table of tables) {
          const added = rows[table] ?? []
          if (added.length === 0) continue
          const columns = [...new Set(added.flatMap((row) => Object.keys(row)))].join(', ')
          await transaction.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(null::${table}, $1::json)`, [JSON.stringify(added)])
        }
      })
    },
    async expectSame(ask) {
      const there = await answerOf(ask, sql)
      expect(await answerOf(ask, memory)).toEqual(there)
    },
    async rowsOf(districts) {
      const rows = await database.query<{ table: string; row: Record<string, unknown> }>(
        ofDistricts.map((table) => `SELECT '${table}' AS "table", to_jsonb(${table}) AS row FROM ${table} WHERE district_id = ANY($1::uuid[])`).join(' UNION ALL '),
        [districts],
      )
      const held: Compared = { memory: {}, sql: {} }
      const dump = memory.dump()
      for (const table of ofDistricts) {
        const kept = dump[table] ?? []
        held.memory[table] = inOrder(kept.filter((row) => districts.includes(String(row['district_id']))).map(asJson))
        held.sql[table] = inOrder(rows.filter((row) => row.table === table).map(({ row }) => row))
      }
      return held
    },
    async everyRow() {
      const held: Compared = { memory: {}, sql: {} }
      for (const [table, kept] of Object.entries(memory.dump())) {
        held.memory[table] = inOrder(kept)
        held.sql[table] = inOrder(await database.query<Record<string, unknown>>(`SELECT * FROM ${table}`))
      }
      return held
    },
  }
}

/** As PostgreSQL writes a row in JSON. */
function asJson(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value]))
}

const CONSTRAINT_CODES = /^23/

async function answerOf(ask: (store: CentralStore) => Promise<unknown>, store: CentralStore): Promise<unknown> {
  try {
    return comparable(await ask(store))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const code = sqlStateOf(error)
    // Which constraint of several is named first is nobody's meaning.
    return { refused: code === null ? error.message : CONSTRAINT_CODES.test(code) ? 'a constraint' : code }
  }
}

/** Sets and maps as sorted lists, bytes as hex: the same meaning, the same value. */
export function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return `hex ${Buffer.from(value).toString('hex')}`
  if (value instanceof Map) return { map: sorted([...value].map(comparable)) }
  if (value instanceof Set) return { set: sorted([...value].map(comparable)) }
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([name, inner]) => [name, comparable(inner)]))
}

export function sorted(values: readonly unknown[]): unknown[] {
  return values.map((value) => ({ value, text: JSON.stringify(value) })).toSorted((left, right) => (left.text < right.text ? -1 : 1)).map(({ value }) => value)
}

function inOrder(rows: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown>[] {
  return sorted(rows.map(comparable)) as Record<string, unknown>[]
}
