// Both databases that central runs on, for the same tests: PGlite in a folder, and a real PostgreSQL.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenDatabase } from '../../central/store/database.ts'
import { openPglite } from '../../central/store/pglite-database.ts'
import { openPostgres } from '../../central/store/postgres-database.ts'
import { startPostgres } from './postgres.ts'

export type Engine = 'pglite' | 'postgres'
export const ENGINES: readonly Engine[] = ['pglite', 'postgres']

export interface TestDatabases {
  /** A new, empty database, as its owner. */
  create(): Promise<OpenDatabase>
  stop(): Promise<void>
}

export async function startDatabases(engine: Engine): Promise<TestDatabases> {
  const opened: OpenDatabase[] = []
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
  let made = 0
  return {
    create: async () => {
      made += 1
      const mine = join(folder, String(made))
      cpSync(await emptyPglite(), mine, { recursive: true })
      const database = await openPglite(mine)
      opened.push(database)
      return database
    },
    stop: async () => {
      await closeAll()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const MODULES = join(import.meta.dirname, '../../node_modules')
const CACHE = join(MODULES, '.cache')

/** A folder with an empty database, made once and copied from then on: making one takes seconds. Goes with node_modules. */
async function emptyPglite(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(MODULES, '@electric-sql/pglite/package.json'), 'utf8')) as { version: string }
  const template = join(CACHE, `boai-empty-pglite-${version}`)
  if (existsSync(template)) return template
  mkdirSync(CACHE, { recursive: true })
  const draft = mkdtempSync(join(CACHE, 'boai-draft-pglite-'))
  const database = await openPglite(draft)
  await database.close()
  try {
    renameSync(draft, template)
  } catch (error) {
    // Another test process was quicker: its folder is as good.
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(template)) throw error
  }
  return template
}
