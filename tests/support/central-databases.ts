// Both databases that central runs on, for the same tests: PGlite in a folder, and a real PostgreSQL.

import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenDatabase } from '../../central/store/database.ts'
import { MIGRATIONS, migrate } from '../../central/store/migrate.ts'
import { openPglite } from '../../central/store/pglite-database.ts'
import { openPostgres } from '../../central/store/postgres-database.ts'
import { startPostgres } from './postgres.ts'
import { keepFirst } from './keep-first.ts'

export type Engine = 'pglite' | 'postgres'
export const ENGINES: readonly Engine[] = ['pglite', 'postgres']

/** Leaves nothing open; what it answers is never changed. */
export type Fill<Kept> = (database: OpenDatabase) => Promise<Kept>

export interface TestDatabases {
  /** A new database without a row, as its owner; `migrate` has yet to be asked, and may find that nothing is left to do. */
  create(): Promise<OpenDatabase>
  /** The same without a table, for tests of the migrations themselves. */
  createBare(): Promise<OpenDatabase>
  /** A new one with what `fill` put into the first of them, and what it answered then: filled once, copied from then on. */
  createFilled<Kept>(fill: Fill<Kept>): Promise<{ database: OpenDatabase; kept: Kept }>
  /** The same database once more, as another process has it: a pool of its own. PGlite's has one process and is answered as it is. */
  openAgain(database: OpenDatabase): Promise<OpenDatabase>
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
  /** Where each lies, and what it answered. */
  const filled = new Map<Fill<unknown>, Promise<[template: string, kept: unknown]>>()
  const filling = async <Kept>(fill: Fill<Kept>, place: string, open: (place: string) => OpenDatabase | Promise<OpenDatabase>): Promise<[string, Kept]> => {
    const database = await open(place)
    const kept = await fill(database)
    await database.close()
    return [place, kept]
  }
  if (engine === 'postgres') {
    const server = await startPostgres()
    const open = (address: string): OpenDatabase => openPostgres(address, (error) => process.stderr.write(`${error.message}\n`))
    const addresses = new Map<OpenDatabase, string>()
    const keepAt = (address: string): OpenDatabase => {
      const kept = keep(open(address))
      addresses.set(kept, address)
      return kept
    }
    let template: Promise<string> | undefined
    const makeTemplate = async (): Promise<string> => {
      const address = await server.createDatabase()
      const database = open(address)
      await migrate(database)
      await database.close()
      return address
    }
    const migrated = async (): Promise<string> => server.createDatabase(await (template ??= makeTemplate()))
    return {
      create: async () => keepAt(await migrated()),
      createFilled: async <Kept>(fill: Fill<Kept>) => {
        if (!filled.has(fill)) filled.set(fill, migrated().then((place) => filling(fill, place, open)))
        const [place, kept] = (await filled.get(fill)) as [string, Kept]
        return { database: keepAt(await server.createDatabase(place)), kept }
      },
      createBare: async () => keepAt(await server.createDatabase()),
      openAgain: (database) => {
        const address = addresses.get(database)
        return address === undefined ? Promise.reject(new Error('it was not opened here')) : Promise.resolve(keepAt(address))
      },
      stop: async () => {
        await closeAll()
        await server.stop()
      },
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'boai-pglite-'))
  let made = 0
  const copyOf = (template: string): string => {
    made += 1
    const mine = join(folder, String(made))
    cpSync(template, mine, { recursive: true })
    return mine
  }
  const openCopy = async (template: string): Promise<OpenDatabase> => {
    const mine = copyOf(template)
    return keep(await openPglite(mine), () => rm(mine, { recursive: true, force: true }))
  }
  return {
    create: async () => openCopy(await pgliteTemplate('migrated')),
    createFilled: async <Kept>(fill: Fill<Kept>) => {
      if (!filled.has(fill)) filled.set(fill, pgliteTemplate('migrated').then((template) => filling(fill, copyOf(template), openPglite)))
      const [place, kept] = (await filled.get(fill)) as [string, Kept]
      return { database: await openCopy(place), kept }
    },
    createBare: async () => openCopy(await pgliteTemplate('bare')),
    openAgain: (database) => Promise.resolve(database),
    stop: async () => {
      await closeAll()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const MODULES = join(import.meta.dirname, '../../node_modules')
const CACHE = join(MODULES, '.cache')
/** Of the 128 MB that it comes with, each start fills every page with zeros: half of what opening one takes. */
const BUFFERS = '16MB'

/** A folder with a database, made once for this version and these migrations and copied from then on: making one takes seconds. Goes with node_modules. */
async function pgliteTemplate(state: 'bare' | 'migrated'): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(MODULES, '@electric-sql/pglite/package.json'), 'utf8')) as { version: string }
  const steps = createHash('sha256').update(JSON.stringify(MIGRATIONS)).digest('hex').slice(0, 16)
  const template = join(CACHE, `boai-pglite-${version}-${BUFFERS}-${state === 'bare' ? state : steps}`)
  if (existsSync(template)) return template
  mkdirSync(CACHE, { recursive: true })
  const draft = mkdtempSync(join(CACHE, 'boai-draft-pglite-'))
  const database = await openPglite(draft)
  if (state === 'migrated') await migrate(database)
  await database.close()
  appendFileSync(join(draft, 'pgdata', 'postgresql.conf'), `shared_buffers = ${BUFFERS}\n`)
  keepFirst(draft, template)
  return template
}
