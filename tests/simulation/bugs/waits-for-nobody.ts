// A restored central waits for no life, now or later: it lends at once what it has forgotten that it lent, and knows nothing of it
// when the first holder spends it.

import type { PlantedBug } from '../world/planted-bug.ts'
import { storeWith } from './store-with.ts'

export function waitsForNobody(): PlantedBug {
  return {
    name: 'waits-for-nobody',
    wrapStore: (store) =>
      storeWith(store, (transaction) => ({
        waitForLives: () => Promise.resolve(0),
        claimInRecovery: () => Promise.resolve(),
        writeCentral: (central) => transaction.writeCentral({ ...central, recoveringSinceMs: null }),
      })),
  }
}
