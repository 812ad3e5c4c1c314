import { expect, test } from 'vitest'
import { belowZero, unbalanced } from './balances.ts'

const account = (district_id: string, kind: string, balance: number): Record<string, unknown> => ({ district_id, account_key: `${kind} of ${district_id}`, kind, balance })

test('each district sums to zero by itself, in whatever order its accounts come', () => {
  const accounts = [account('one', 'program', -9), account('two', 'program', -5), account('one', 'rider_central', 7), account('two', 'rider_central', 5), account('one', 'discrepancy', 2)]
  expect(unbalanced(accounts)).toEqual([])
  expect(unbalanced([...accounts, account('two', 'redeemed_station', 3), account('one', 'redeemed_station', 1), account('two', 'redeemed_station', 1)])).toEqual([
    'the accounts of district one sum to 1', 'the accounts of district two sum to 4',
  ])
})

test('the programme and what went wrong may be below zero, nothing else', () => {
  const kinds = ['program', 'discrepancy', 'rider_central', 'rider_station', 'program_station', 'redeemed_station']
  expect(belowZero(kinds.map((kind) => account('one', kind, -1)))).toEqual(kinds.slice(2).map((kind) => `account ${kind} of one is at -1`))
})
