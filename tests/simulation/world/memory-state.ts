// Central's store in memory as the simulation's central: fast, with a disk that may lose what was not synced, and copies.

import type { Tables } from '../checker/evidence.ts'
import { openMemoryStore } from '../memory-store/memory-store.ts'
import type { CentralState } from './central-state.ts'

export function openMemoryState(rows: Tables, fsync: boolean): CentralState {
  const store = openMemoryStore(rows, { fsync: fsync ? 'every_commit' : 'never', needsLocks: true })
  return {
    store,
    tables: (only) => Promise.resolve(store.dump(only)),
    losePower: () => store.powerLoss(),
    copy: () => ({ tables: store.backup() }),
    putBack: ({ tables }) => store.restore(tables),
  }
}
