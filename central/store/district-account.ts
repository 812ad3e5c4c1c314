// An account in the ledger of its district, and the one text by which a balance of it is found. Pure.

import { type Account, accountKey } from '../../domain/ledger.ts'

export interface DistrictAccount {
  district: string
  account: Account
}

/** Where an account stands in what `lockBalances` answers. */
export function balanceKey({ district, account }: DistrictAccount): string {
  return `${district} ${accountKey(account)}`
}
