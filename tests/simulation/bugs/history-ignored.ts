// A cursor of another history is taken for one of this: after a restore a station goes on from a number that means another row.

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
    wrapStore: (store) => storeWith(store, (transaction) => ({ readHistory: async () => claimed ?? (await transaction.readHistory()) })),
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
