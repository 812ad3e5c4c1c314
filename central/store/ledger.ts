// Writes movements of points: the append-only transfers and the balances they make, in one step and in one order of locks.
// Which movement a fact makes is the domain's (domain/ledger.ts). All that concerns one rider's points stands in the ledger
// of that rider's district, so every district's accounts sum to zero by themselves.

import { accountKey, type Transfer } from '../../domain/ledger.ts'
import type { Queryable } from './database.ts'
import { balanceKey, type DistrictAccount } from './district-account.ts'
import { bigints, integers, texts, uuids } from './sql-columns.ts'

export interface Posting {
  /** The event's id, or central's own for what it books itself. */
  eventId: string
  /** 1, 2 … within the event. */
  line: number
  district: string
  transfer: Transfer
  bookedAtMs: number
}

/** What goes in to an account, or out of it where it is below zero. */
export interface MovedAccount extends DistrictAccount {
  points: number
}

/** Balances of the accounts, locked until the transaction ends. Accounts that do not exist yet hold nothing. */
export async function lockBalances(transaction: Queryable, accounts: readonly DistrictAccount[]): Promise<Map<string, number>> {
  const keys = accounts.map(({ account }) => accountKey(account))
  // An account that is asked for twice is answered twice alike.
  const rows = await transaction.query<{ place: number; balance: number }>(
    `SELECT place, balance FROM accounts JOIN unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS asked(district_id, account_key, place) USING (district_id, account_key)
     ORDER BY district_id, account_key FOR UPDATE OF accounts`,
    [uuids(accounts.map(({ district }) => district)), texts(keys)],
  )
  return new Map(rows.map(({ place, balance }) => [`${accounts[place - 1]?.district} ${keys[place - 1]}`, balance]))
}

/** Books the postings, and what redemptions move whose rows say it themselves. A balance that may not fall below zero and would is a bug of the caller: the database refuses it. */
export async function writePostings(transaction: Queryable, postings: readonly Posting[], redeemed: readonly MovedAccount[] = []): Promise<void> {
  if (postings.length === 0 && redeemed.length === 0) return
  const touched = new Map<string, MovedAccount>()
  for (const { district, transfer } of postings) {
    addPoints(touched, { district, account: transfer.from }, -transfer.points)
    addPoints(touched, { district, account: transfer.to }, transfer.points)
  }
  for (const { district, account, points } of redeemed) addPoints(touched, { district, account }, points)
  const accounts = [...touched.values()]
  const moved = await movePoints(transaction, accounts)
  const missing = accounts.filter((_account, index) => !moved.has(index + 1))
  if (missing.length > 0) {
    await makeAccounts(transaction, missing)
    await movePoints(transaction, missing)
  }
  await writeTransfers(transaction, postings)
}

async function writeTransfers(transaction: Queryable, postings: readonly Posting[]): Promise<void> {
  if (postings.length === 0) return
  await transaction.query(
    `INSERT INTO transfers (event_id, line, district_id, from_key, to_key, points, booked_at_ms)
     SELECT event_id, line, district_id, from_key, to_key, points, booked_at_ms
     FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bigint[]) AS r(event_id, line, district_id, from_key, to_key, points, booked_at_ms)`,
    [
      uuids(postings.map(({ eventId }) => eventId)), integers(postings.map(({ line }) => line)), uuids(postings.map(({ district }) => district)),
      texts(postings.map(({ transfer }) => accountKey(transfer.from))), texts(postings.map(({ transfer }) => accountKey(transfer.to))),
      bigints(postings.map(({ transfer }) => transfer.points)), bigints(postings.map(({ bookedAtMs }) => bookedAtMs)),
    ],
  )
}

/** Locks in the one order and adds; answers the places of the accounts that there are. Nearly all are, so it is tried before any is made. */
async function movePoints(transaction: Queryable, accounts: readonly MovedAccount[]): Promise<Set<number>> {
  const rows = await transaction.query<{ place: number }>(
    `WITH locked AS MATERIALIZED (
       SELECT accounts.district_id, accounts.account_key, r.points, r.place
       FROM accounts JOIN unnest($1::uuid[], $2::text[], $3::bigint[]) WITH ORDINALITY AS r(district_id, account_key, points, place) USING (district_id, account_key)
       ORDER BY accounts.district_id, accounts.account_key FOR UPDATE OF accounts
     )
     UPDATE accounts SET balance = accounts.balance + locked.points FROM locked
     WHERE accounts.district_id = locked.district_id AND accounts.account_key = locked.account_key
     RETURNING locked.place`,
    [uuids(accounts.map(({ district }) => district)), texts(accounts.map(({ account }) => accountKey(account))), bigints(accounts.map(({ points }) => points))],
  )
  return new Set(rows.map(({ place }) => place))
}

async function makeAccounts(transaction: Queryable, accounts: readonly MovedAccount[]): Promise<void> {
  await transaction.query(
    `INSERT INTO accounts (district_id, account_key, kind, rider_id, station_id, incarnation)
     SELECT district_id, account_key, kind, rider_id, station_id, incarnation
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[]) AS r(district_id, account_key, kind, rider_id, station_id, incarnation)
     ORDER BY district_id, account_key ON CONFLICT DO NOTHING`,
    [
      uuids(accounts.map(({ district }) => district)), texts(accounts.map(({ account }) => accountKey(account))), texts(accounts.map(({ account }) => account.kind)),
      uuids(accounts.map(({ account }) => ('rider' in account ? account.rider : null))),
      uuids(accounts.map(({ account }) => ('station' in account ? account.station : null))),
      uuids(accounts.map(({ account }) => ('incarnation' in account ? account.incarnation : null))),
    ],
  )
}

function addPoints(touched: Map<string, MovedAccount>, { district, account }: DistrictAccount, points: number): void {
  const key = balanceKey({ district, account })
  touched.set(key, { district, account, points: points + (touched.get(key)?.points ?? 0) })
}
