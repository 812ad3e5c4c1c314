// What SQL would forgive until two transactions met: a slice of points moves only under the lock of the station that owns it
// (docs/decisions/0005; a slice is not locked by itself). One transaction's calls are watched, and the first breach throws.

import type { StoreTransaction } from '../../../central/store/central-store.ts'
import type { Account } from '../../../domain/ledger.ts'

type Given<Name extends keyof StoreTransaction> = StoreTransaction[Name] extends (...given: infer Values) => unknown ? Values : never

export class LockBreachError extends Error {
  override name = 'LockBreachError'
}

export interface LockDiscipline {
  /** Before each call, in its order. */
  watch(name: string | symbol, given: readonly unknown[]): void
}

export function createLockDiscipline(): LockDiscipline {
  const locked = new Set<string>()
  let hasAll = false

  const refuse = (account: Account): void => {
    if (account.kind !== 'rider_station' && account.kind !== 'program_station') return
    if (!hasAll && !locked.has(account.station)) throw new LockBreachError(`a slice of station ${account.station} moves, and nobody has locked the station`)
  }

  return {
    watch(name, given) {
      if (name === 'lockEveryStation') hasAll = true
      else if (name === 'lockStation') locked.add((given as Given<'lockStation'>)[0])
      else if (name === 'lockStations') for (const station of (given as Given<'lockStations'>)[0]) locked.add(station)
      else if (name === 'writePostings') {
        const [postings, redeemed = []] = given as Given<'writePostings'>
        for (const { transfer } of postings) for (const account of [transfer.from, transfer.to]) refuse(account)
        for (const { account } of redeemed) refuse(account)
      }
    },
  }
}
