// Central lends at once after a restore, before the stations have said what they hold.

import { RENEWALS_PATH } from '../../../contract/sync/hello.ts'
import { ALLOWANCE_PATH } from '../../../contract/sync/sync-protocol.ts'
import type { PlantedBug } from '../world/planted-bug.ts'
import { storeWith } from './store-with.ts'

export function grantsDuringRecovery(): PlantedBug {
  let lends = false
  return {
    name: 'grants-during-recovery',
    onRequest({ path }) {
      lends = path === ALLOWANCE_PATH || path === RENEWALS_PATH
    },
    wrapStore: (store) => storeWith(store, (transaction) => ({ readRecovering: () => (lends ? Promise.resolve(false) : transaction.readRecovering()) })),
  }
}
