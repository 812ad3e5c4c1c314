// TinyBase doing the nearest thing it can: a row an event in a mergeable store, its own WebSocket synchronizer, its own server
// with its own PostgreSQL persister. Over when the save with all rows has ended. It checks nothing and books nothing.

import { once } from 'node:events'
import { createMergeableStore } from 'tinybase'
import { createWsSynchronizer } from 'tinybase/synchronizers/synchronizer-ws-client'
import { WebSocket } from 'ws'
import { startServer } from '../server-process.ts'
import type { Contender, OutboxEvent } from './contender.ts'

const SAVED_MS_MAX = 120_000
const REQUEST_S_MAX = 60

export function tinybase(events: readonly OutboxEvent[], newDatabase: () => Promise<string>, logFile: string): Contender {
  return {
    name: 'tinybase',
    async round() {
      const server = await startServer({ entry: 'bench/upload/tinybase-server.ts', env: { DATABASE_URL: await newDatabase() }, logFile })
      try {
        const store = createMergeableStore()
        store.transaction(() => {
          for (const { id, header, body } of events) store.setRow('outbox', id, { header, body })
        })
        const beganAtMs = performance.now()
        const saved = new Promise<number>((resolve, reject) => {
          const late = setTimeout(() => reject(new Error(`TinyBase has not saved all rows within ${SAVED_MS_MAX} ms`)), SAVED_MS_MAX)
          server.child.on('message', (message: { type: string; rows: number }) => {
            if (message.type !== 'saved' || message.rows < events.length) return
            clearTimeout(late)
            resolve(performance.now() - beganAtMs)
          })
        })
        const socket = new WebSocket(`${server.url}/outbox`, { maxPayload: 256 * 1024 * 1024 })
        await once(socket, 'open')
        const synchronizer = await createWsSynchronizer(store, socket, REQUEST_S_MAX)
        await synchronizer.startSync()
        const ms = await saved
        await synchronizer.destroy()
        return ms
      } finally {
        await server.stop()
      }
    },
    stop: () => Promise.resolve(),
  }
}
