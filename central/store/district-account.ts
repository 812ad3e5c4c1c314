// An account in the ledger of its district, and the one text by which a balance of it is found. Pure.

import { type Account, accountKey } from '../../domain/ledger.ts'
import type { Outbox } from './outboxes.ts'

export interface DistrictAccount {
  district: string
  account: Account
}

/** Where an account stands in what `lockBalances` answers. */
export function balanceKey({ district, account }: DistrictAccount): string {
  return `${district} ${accountKey(account)}`
}

/** A rider's slice in this life of the station's file. */
export function sliceOf({ station, incarnation }: Outbox, rider: string, district: string): DistrictAccount {
  const account: Account = { kind: 'rider_station', rider, station, incarnation }
  return { district, account }
}

/** What a life of a station's file may give for work done there. */
export function earningSliceOf({ district, station, incarnation }: Outbox): DistrictAccount {
  return { district, account: { kind: 'program_station', station, incarnation } }
}
