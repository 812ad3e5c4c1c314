// Both databases that central runs on, for the same tests: PGlite in a folder, and a real PostgreSQL.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
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
  /** Whoever is done with one closes it then: closing and deleting dozens of them at the end takes longer than a hook may, on a busy disk. */
  const opened = new Set<OpenDatabase>()
  const keep = (database: OpenDatabase, leave = (): Promise<void> => Promise.resolve()): OpenDatabase => {
    const kept: OpenDatabase = {
      ...database,
      close: async () => {
        if (!opened.delete(kept)) return
        await database.close()
        await leave()
      },
    }
    opened.add(kept)
    return kept
  }
  const closeAll = async (): Promise<void> => {
    await Promise.all([...opened].map((database) => database.close()))
  }
  if (engine === 'postgres') {
    const server = await startPostgres()
    return {
      create: async () => {
        const database = openPostgres(await server.createDatabase(), (error) => process.stderr.write(`${error.message}\n`))
        return keep(database)
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
      return keep(await openPglite(mine), () => rm(mine, { recursive: true, force: true }))
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
