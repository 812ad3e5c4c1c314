// A restore leaves central's history as it was: a station goes on from a number that now means another row. Within the hour a
// checksum would find that and mend it; it is blinded too, so that the bug itself is seen.

import type { PlantedBug } from '../world/planted-bug.ts'
import { storeWith } from './store-with.ts'

export function historyIgnored(): PlantedBug {
  return {
    name: 'history-ignored',
    wrapStore: (store) =>
      storeWith(store, (transaction) => ({
        writeCentral: async (central) => transaction.writeCentral({ ...central, history: await transaction.readHistory() }),
        readScopeSum: async (question) => ({ ...(await transaction.readScopeSum(question)), newest: Number.MAX_SAFE_INTEGER }),
      })),
  }
}
