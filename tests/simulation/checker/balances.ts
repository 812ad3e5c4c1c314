// What is wrong with accounts by themselves: so little that it can be looked at after every commit.

import { numberOf, type Row, sumBy, textOf } from './evidence.ts'

const NEVER_BELOW_ZERO = new Set(['rider_central', 'rider_station', 'program_station', 'redeemed_station'])

export function belowZero(accounts: readonly Row[]): string[] {
  return accounts
    .filter((row) => numberOf(row, 'balance') < 0 && NEVER_BELOW_ZERO.has(textOf(row, 'kind')))
    .map((row) => `account ${textOf(row, 'account_key')} is at ${numberOf(row, 'balance')}`)
}

export function unbalanced(accounts: readonly Row[]): string[] {
  const sums = sumBy(accounts, (row) => textOf(row, 'district_id'), (row) => numberOf(row, 'balance'))
  return [...sums].filter(([, sum]) => sum !== 0).map(([district, sum]) => `the accounts of district ${district} sum to ${sum}`)
}
