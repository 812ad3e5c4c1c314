// Between two looks at everything, the balances are looked at after whatever may have changed them.

import { expect, test } from 'vitest'
import type { Row, Tables } from './checker/evidence.ts'
import { simulate } from './simulate.ts'
import type { CentralState } from './world/central-state.ts'
import { openMemoryState } from './world/memory-state.ts'

const LOOK = 40

/** For one moment of the run, and only for whoever looks then, one account is another one. */
function wrongOnce(change: (account: Row) => Row): { openCentral: (rows: Tables, fsync: boolean) => CentralState; looks: () => number } {
  let looks = 0
  return {
    looks: () => looks,
    openCentral: (rows, fsync) => {
      const state = openMemoryState(rows, fsync)
      return {
        ...state,
        async tables(only) {
          const tables = await state.tables(only)
          if (only?.join() !== 'accounts') return tables
          looks += 1
          return looks === LOOK ? { accounts: (tables['accounts'] ?? []).map((row) => (row['kind'] === 'rider_central' ? change(row) : row)) } : tables
        },
      }
    },
  }
}

const SMALL = { seed: '1', stations: 2, riders: 6, days: 1, faults: [], checkEveryMs: 86_400_000 }

test('points that are below zero for a moment are found in it', async () => {
  const { openCentral, looks } = wrongOnce((account) => ({ ...account, balance: -1 }))
  const { violations } = await simulate({ ...SMALL, openCentral })
  expect(violations.map(({ property }) => property)).toEqual([...Array.from({ length: SMALL.riders }, () => 'no overspend'), 'conservation'])
  expect(looks()).toBe(LOOK)
})

test('points that nobody gave are found in the moment in which they are there', async () => {
  const { openCentral, looks } = wrongOnce((account) => ({ ...account, balance: Number(account['balance']) + 1 }))
  const { violations } = await simulate({ ...SMALL, openCentral })
  expect(violations.map(({ property }) => property)).toEqual(['conservation'])
  expect(looks()).toBe(LOOK)
})
