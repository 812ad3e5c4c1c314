// Both databases that central runs on, for the same tests: PGlite in a folder, and a real PostgreSQL.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../central/store/database.ts'
import { openPglite } from '../../central/store/pglite-database.ts'
import { openPostgres } from '../../central/store/postgres-database.ts'
import { startPostgres } from './postgres.ts'

export type Engine = 'pglite' | 'postgres'
export const ENGINES: readonly Engine[] = ['pglite', 'postgres']

export interface TestDatabases {
  /** A new, empty database. */
  create(): Promise<Database>
  stop(): Promise<void>
}

export async function startDatabases(engine: Engine): Promise<TestDatabases> {
  const opened: Database[] = []
  const closeAll = async (): Promise<void> => {
    for (const database of opened) await database.close()
  }
  if (engine === 'postgres') {
    const server = await startPostgres()
    return {
      create: async () => {
        const database = openPostgres(await server.createDatabase(), (error) => process.stderr.write(`${error.message}\n`))
        opened.push(database)
        return database
      },
      stop: async () => {
        await closeAll()
        await server.stop()
      },
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'boai-pglite-'))
  return {
    create: async () => {
      const database = await openPglite(join(folder, String(opened.length)))
      opened.push(database)
      return database
    },
    stop: async () => {
      await closeAll()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
