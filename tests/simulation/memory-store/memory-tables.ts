// All tables of central, and who asks them.

import { ledgerTables } from './ledger-tables.ts'
import { partyTables } from './party-tables.ts'
import { staffTables } from './staff-tables.ts'
import { wishTables } from './wish-tables.ts'
import { syncTables } from './sync-tables.ts'
import { wordTables } from './word-tables.ts'
import type { AnyTable, TableSurroundings } from './table.ts'
import { trainingTables } from './training-tables.ts'

export type MemoryTables = ReturnType<typeof partyTables> & ReturnType<typeof syncTables> & ReturnType<typeof ledgerTables> & ReturnType<typeof staffTables> & ReturnType<typeof wordTables> & ReturnType<typeof wishTables> & ReturnType<typeof trainingTables>

export function createTables(isWriting: () => boolean): { tables: MemoryTables; byName: ReadonlyMap<string, AnyTable> } {
  const byName = new Map<string, AnyTable>()
  const surroundings: TableSurroundings = {
    isWriting,
    hasRow(table, key, unique) {
      const known = byName.get(table)
      if (known === undefined) throw new Error(`there is no table ${table}`)
      return known.hasKey(key, unique)
    },
  }
  const tables = {
    ...partyTables(surroundings), ...syncTables(surroundings), ...ledgerTables(surroundings), ...staffTables(surroundings), ...wordTables(surroundings), ...wishTables(surroundings),
    ...trainingTables(surroundings),
  }
  for (const [name, table] of Object.entries(tables)) byName.set(name, table)
  return { tables, byName }
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
