// PostgreSQL inside this process, in a data folder: the embedded central. Two traps of it as shipped, both measured, both
// closed here: it runs without fsync (a power cut loses acknowledged uploads), and it takes no lock on its folder.

import { fsyncSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { PGlite, types } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { type OpenDatabase, type Queryable, readBigint, SNAPSHOT_SQL, type SqlValue, withAttempts } from './database.ts'
import { lockFolder } from './folder-lock.ts'
import { SqlColumn } from './sql-columns.ts'
import { WAKEUP_CHANNEL } from './wakeups.ts'
import { PROGRAM_ROLE } from './table-rights.ts'

export interface PgliteDatabase extends OpenDatabase {
  /** How often the database has forced its files to the disk since it was opened. */
  fsyncCount(): number
  /** The whole data folder as a gzipped tar, between two statements. */
  dump(): Promise<Uint8Array>
}

const unpack = promisify(gunzip)

interface NodeFsOfEmscripten {
  NODEFS: { stream_ops: { fsync?: (stream: { nfd: number }) => number } }
}

type EmscriptenOptions = Parameters<NodeFS['init']>[1]

class DurableNodeFs extends NodeFS {
  fsyncs = 0

  override async init(database: PGlite, options: EmscriptenOptions): Promise<{ emscriptenOpts: EmscriptenOptions }> {
    const { emscriptenOpts } = await super.init(database, options)
    const useRealFsync = (module: unknown): void => {
      ;(module as NodeFsOfEmscripten).NODEFS.stream_ops.fsync = (stream) => {
        fsyncSync(stream.nfd)
        this.fsyncs += 1
        return 0
      }
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), useRealFsync] } }
  }
}

export async function openPglite(folder: string): Promise<PgliteDatabase> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  try {
    const fs = new DurableNodeFs(join(folder, 'pgdata'))
    const database = await PGlite.create({
      fs,
      startParams: [...PGlite.defaultStartParams.filter((param) => param !== '-F'), '-c', 'wal_sync_method=fsync'],
      parsers: { [types.INT8]: readBigint },
    })
    return {
      engine: 'pglite',
      ...queriesOf(database),
      fsyncCount: () => fs.fsyncs,
      dump: async () => new Uint8Array(await (await database.dumpDataDir('gzip')).arrayBuffer()),
      actAs: async (role) => {
        await database.exec(role === 'program' ? `SET ROLE ${PROGRAM_ROLE}` : 'RESET ROLE')
      },
      poolUse: () => ({ open: 1, idle: 1, waiting: 0, max: 1 }),
      listen: (listener) => database.listen(WAKEUP_CHANNEL, (payload) => listener.onPayload(payload)),
      transaction: (mode, work) =>
        withAttempts(() =>
          database.transaction(async (transaction) => {
            if (mode === 'snapshot') await transaction.exec(SNAPSHOT_SQL)
            return work(queriesOf(transaction))
          }),
        ),
      close: async () => {
        await database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function queriesOf(client: Pick<PGlite, 'query' | 'exec'>): Queryable {
  return {
    query: async <Row>(sql: string, values: readonly SqlValue[] = []) =>
      (await client.query<Row>(sql, values.map((value) => (value instanceof SqlColumn ? value.values : value)))).rows,
    execute: async (sql) => {
      await client.exec(sql)
    },
  }
}

/** Opens a dump in memory and asks it; throws where it can not be opened. What it holds on the disk is not touched. */
export async function askDump<Answer>(bytes: Uint8Array, ask: (database: Queryable) => Promise<Answer>): Promise<Answer> {
  // Unpacked here: a damaged one is then an error of ours, where PGlite would leave one that nobody can catch.
  const tar = await unpack(bytes)
  const database = await PGlite.create({ loadDataDir: new Blob([new Uint8Array(tar)], { type: 'application/x-tar' }), parsers: { [types.INT8]: readBigint } })
  try {
    return await ask(queriesOf(database))
  } finally {
    await database.close()
  }
}
