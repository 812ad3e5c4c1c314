// What is wrong with accounts by themselves: so little that it can be looked at after every commit. Hence plain loops: a district
// of some hundred riders has a thousand accounts, and a run thousands of commits.

import { numberOf, type Row, textOf } from './evidence.ts'

const NEVER_BELOW_ZERO = new Set(['rider_central', 'rider_station', 'program_station', 'redeemed_station'])

export function belowZero(accounts: readonly Row[]): string[] {
  const found: string[] = []
  for (const row of accounts) {
    const balance = numberOf(row, 'balance')
    if (balance < 0 && NEVER_BELOW_ZERO.has(textOf(row, 'kind'))) found.push(`account ${textOf(row, 'account_key')} is at ${balance}`)
  }
  return found
}

export function unbalanced(accounts: readonly Row[]): string[] {
  const sums = new Map<string, number>()
  let [district, sum] = ['', 0]
  for (const row of accounts) {
    const its = textOf(row, 'district_id')
    if (its !== district) {
      sums.set(district, sum)
      district = its
      sum = sums.get(its) ?? 0
    }
    sum += numberOf(row, 'balance')
  }
  sums.set(district, sum)
  return [...sums].filter(([, left]) => left !== 0).map(([name, left]) => `the accounts of district ${name} sum to ${left}`)
}
