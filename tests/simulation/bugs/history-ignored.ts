// Neither end looks at the history of a cursor: central takes one of another history for its own, and a station does not start
// its mirror over. After a restore it goes on from a number that means another row.

import { PULL_PATH, pullRequest } from '../../../contract/sync/sync-protocol.ts'
import type { PlantedBug } from '../world/planted-bug.ts'
import { storeWith } from './store-with.ts'

export function historyIgnored(): PlantedBug {
  let claimed: string | null = null
  return {
    name: 'history-ignored',
    onRequest({ path, body }) {
      claimed = path === PULL_PATH ? historyOf(body) : null
    },
    wrapStore: (store) => ({
      ...storeWith(store, (transaction) => ({ readHistory: async () => claimed ?? (await transaction.readHistory()) })),
      async readPullHead(question) {
        const head = await store.readPullHead(question)
        return { ...head, history: claimed ?? head.history }
      },
    }),
    wrapDatabase: (database) => ({
      ...database,
      write: (act) => database.write((writer) => act({ ...writer, run: (sql, ...values) => (/^\s*UPDATE sync_state SET history = NULL/.test(sql) ? 0 : writer.run(sql, ...values)) })),
    }),
  }
}

function historyOf(body: Uint8Array): string | null {
  try {
    const request = pullRequest.safeParse(JSON.parse(Buffer.from(body).toString('utf8')))
    return request.success ? (request.data.cursor?.history ?? null) : null
  } catch (error) {
    // Torn on the way.
    if (error instanceof SyntaxError) return null
    throw error
  }
}
