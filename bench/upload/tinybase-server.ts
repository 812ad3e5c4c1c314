// TinyBase's own synchronizer server in a process of its own, with its own PostgreSQL persister: one store a path, saved as
// TinyBase saves it. Tells its starter when a save has ended and how many rows were in it.

import { createMergeableStore } from 'tinybase'
import { createPgPersister } from 'tinybase/persisters/persister-pg'
import { createWsServer } from 'tinybase/synchronizers/synchronizer-ws-server'
import pg from 'pg'
import { WebSocketServer } from 'ws'

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] ?? '', max: 4 })
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 256 * 1024 * 1024 })
const onIgnoredError = (error: unknown): void => void process.stderr.write(`${String(error)}\n`)
/** TinyBase's Status.Saving, which stands in its types only. */
const isSaving = (status: number): boolean => status === 2

createWsServer(server, async (path) => {
  const store = createMergeableStore()
  const persister = await createPgPersister(store, pool, { mode: 'json', storeTableName: path }, undefined, onIgnoredError)
  let saving = 0
  persister.addStatusListener((_, status) => {
    const rows = store.getRowCount('outbox')
    if (isSaving(status)) saving = rows
    else if (saving > 0) {
      process.send?.({ type: 'saved', path, rows: saving })
      saving = 0
    }
  })
  return persister
})

server.on('listening', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string') process.send?.({ type: 'ready', url: `ws://127.0.0.1:${address.port}` })
})
process.on('disconnect', () => process.exit(0))
