// PouchDB doing the nearest thing it can: a document an event, replicated to PouchDB Server over HTTP in batches of 500. Over
// when the replication says that all are written; LevelDB there does not force them to the disk, so less is promised than by us.

import { join } from 'node:path'
import http from 'pouchdb-adapter-http'
import leveldb from 'pouchdb-adapter-leveldb'
import PouchDB from 'pouchdb-core'
import replication from 'pouchdb-replication'
import { mkdirSync } from 'node:fs'
import { startServer } from '../server-process.ts'
import type { Contender, OutboxEvent } from './contender.ts'

const BATCH_DOCUMENTS = 500

export async function pouchdb(work: string, events: readonly OutboxEvent[], logFile: string): Promise<Contender> {
  const folder = join(work, 'pouchdb')
  mkdirSync(folder)
  const Pouch = PouchDB.plugin(leveldb).plugin(http).plugin(replication)
  const station = new Pouch(join(work, 'pouchdb-station'), { adapter: 'leveldb' })
  await station.bulkDocs(events.map(({ id, header, body }) => ({ _id: id, header, body })))
  const server = await startServer({ entry: 'bench/upload/pouchdb-server.ts', env: { POUCHDB_FOLDER: folder }, logFile })
  let rounds = 0
  return {
    name: 'pouchdb',
    async round() {
      rounds += 1
      const central = new Pouch(`${server.url}/outbox-${rounds}`, { adapter: 'http' })
      await central.info()
      const beganAtMs = performance.now()
      const result = await station.replicate.to(central, { batch_size: BATCH_DOCUMENTS })
      const ms = performance.now() - beganAtMs
      if (!result.ok || result.docs_written !== events.length) throw new Error(`PouchDB wrote ${result.docs_written} of ${events.length} documents`)
      await central.close()
      return ms
    },
    async stop() {
      await station.close()
      await server.stop()
    },
  }
}
