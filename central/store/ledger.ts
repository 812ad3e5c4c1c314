// Writes movements of points: the append-only transfers and the balances they make, in one step and in one order of locks.
// Which movement a fact makes is the domain's (domain/ledger.ts). All that concerns one rider's points stands in the ledger
// of that rider's district, so every district's accounts sum to zero by themselves.

import { accountKey, type Transfer } from '../../domain/ledger.ts'
import { allEnded } from './all-ended.ts'
import { onlyRow, type Queryable } from './database.ts'
import type { DistrictAccount } from './district-account.ts'
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
  /** Of the account, where it is known already: it is long. */
  key?: string
}

/**
 * Balances of the accounts, nobody else's to move until the transaction ends. Those of a station are read and no more: whoever
 * moves them has locked the station (stations.ts), and a lock on each would be written as often as the balance itself. Accounts
 * that do not exist yet hold nothing.
 */
export async function lockBalances(transaction: Queryable, accounts: readonly DistrictAccount[]): Promise<Map<string, number>> {
  const { ofStations, others } = byWhoMayMove(accounts)
  const [read, locked] = await allEnded([readBalances(transaction, ofStations, ''), readBalances(transaction, others, 'ORDER BY district_id, account_key FOR UPDATE OF accounts')])
  return new Map([...read, ...locked])
}

async function readBalances(transaction: Queryable, accounts: readonly DistrictAccount[], locking: string): Promise<[string, number][]> {
  if (accounts.length === 0) return []
  const keys = accounts.map(({ account }) => accountKey(account))
  // An account that is asked for twice is answered twice alike.
  const rows = await transaction.query<{ place: number; balance: number }>(
    `SELECT place, balance FROM accounts JOIN unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS asked(district_id, account_key, place) USING (district_id, account_key) ${locking}`,
    [uuids(accounts, ({ district }) => district), texts(keys)],
  )
  return rows.map(({ place, balance }) => [`${accounts[place - 1]?.district} ${keys[place - 1]}`, balance])
}

/** Those that only whoever has locked their station moves, and those that anybody may. */
function byWhoMayMove<Place extends DistrictAccount>(accounts: readonly Place[]): { ofStations: Place[]; others: Place[] } {
  const [ofStations, others]: [Place[], Place[]] = [[], []]
  for (const place of accounts) ('station' in place.account ? ofStations : others).push(place)
  return { ofStations, others }
}

interface KeyedMove extends MovedAccount {
  key: string
}

/** Books the postings, and what redemptions move whose rows say it themselves. A balance that may not fall below zero and would is a bug of the caller: the database refuses it. */
export async function writePostings(transaction: Queryable, postings: readonly Posting[], redeemed: readonly MovedAccount[] = []): Promise<void> {
  if (postings.length === 0 && redeemed.length === 0) return
  const touched = new Map<string, Map<string, KeyedMove>>()
  for (const { district, transfer } of postings) {
    addPoints(touched, { district, account: transfer.from, points: -transfer.points })
    addPoints(touched, { district, account: transfer.to, points: transfer.points })
  }
  for (const move of redeemed) addPoints(touched, move)
  const accounts = [...touched.values()].flatMap((ofDistrict) => [...ofDistrict.values()])
  const moved = await movePoints(transaction, accounts)
  const missing = accounts.filter((account) => !moved.has(account))
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
      uuids(postings, ({ eventId }) => eventId), integers(postings, ({ line }) => line), uuids(postings, ({ district }) => district),
      texts(postings, ({ transfer }) => accountKey(transfer.from)), texts(postings, ({ transfer }) => accountKey(transfer.to)),
      bigints(postings, ({ transfer }) => transfer.points), bigints(postings, ({ bookedAtMs }) => bookedAtMs),
    ],
  )
}

/** Adds; answers the accounts that there are. Nearly all are, so it is tried before any is made. Those that anybody may move are locked in the one order first. */
async function movePoints(transaction: Queryable, accounts: readonly KeyedMove[]): Promise<Set<KeyedMove>> {
  const { ofStations, others } = byWhoMayMove(accounts)
  const moved = await allEnded([
    addToBalances(
      transaction, ofStations,
      `WITH moved AS (
         UPDATE accounts SET balance = accounts.balance + r.points
         FROM unnest($1::uuid[], $2::text[], $3::bigint[]) WITH ORDINALITY AS r(district_id, account_key, points, place)
         WHERE accounts.district_id = r.district_id AND accounts.account_key = r.account_key
         RETURNING r.place
       )
       SELECT string_agg(place::text, ' ') AS places FROM moved`,
    ),
    addToBalances(
      transaction, others,
      `WITH locked AS MATERIALIZED (
         SELECT accounts.district_id, accounts.account_key, r.points, r.place
         FROM accounts JOIN unnest($1::uuid[], $2::text[], $3::bigint[]) WITH ORDINALITY AS r(district_id, account_key, points, place) USING (district_id, account_key)
         ORDER BY accounts.district_id, accounts.account_key FOR UPDATE OF accounts
       ), moved AS (
         UPDATE accounts SET balance = accounts.balance + locked.points FROM locked
         WHERE accounts.district_id = locked.district_id AND accounts.account_key = locked.account_key
         RETURNING locked.place
       )
       SELECT string_agg(place::text, ' ') AS places FROM moved`,
    ),
  ])
  return new Set(moved.flat())
}

/** `sql` answers the places of those that there are as one text: a row for each of hundreds costs more on the way than what it says. */
async function addToBalances(transaction: Queryable, accounts: readonly KeyedMove[], sql: string): Promise<KeyedMove[]> {
  if (accounts.length === 0) return []
  const { places } = onlyRow(
    await transaction.query<{ places: string | null }>(sql, [uuids(accounts, ({ district }) => district), texts(accounts, ({ key }) => key), bigints(accounts, ({ points }) => points)]),
  )
  return places === null ? [] : places.split(' ').flatMap((place) => accounts[Number(place) - 1] ?? [])
}

async function makeAccounts(transaction: Queryable, accounts: readonly KeyedMove[]): Promise<void> {
  await transaction.query(
    `INSERT INTO accounts (district_id, account_key, kind, rider_id, station_id, incarnation)
     SELECT district_id, account_key, kind, rider_id, station_id, incarnation
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[]) AS r(district_id, account_key, kind, rider_id, station_id, incarnation)
     ORDER BY district_id, account_key ON CONFLICT DO NOTHING`,
    [
      uuids(accounts, ({ district }) => district), texts(accounts, ({ key }) => key), texts(accounts, ({ account }) => account.kind),
      uuids(accounts, ({ account }) => ('rider' in account ? account.rider : null)),
      uuids(accounts, ({ account }) => ('station' in account ? account.station : null)),
      uuids(accounts, ({ account }) => ('incarnation' in account ? account.incarnation : null)),
    ],
  )
}

function addPoints(touched: Map<string, Map<string, KeyedMove>>, { district, account, points, key = accountKey(account) }: MovedAccount): void {
  const known = touched.get(district)
  const ofDistrict = known ?? new Map<string, KeyedMove>()
  if (known === undefined) touched.set(district, ofDistrict)
  const move = ofDistrict.get(key)
  if (move === undefined) ofDistrict.set(key, { district, account, points, key })
  else move.points += points
}
