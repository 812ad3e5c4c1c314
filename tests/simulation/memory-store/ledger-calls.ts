// Points: the memory's side of ledger.ts, entries.ts and grants.ts.

import type { GrantRows, LedgerRows } from '../../../central/store/central-store.ts'
import { balanceKey, type DistrictAccount } from '../../../central/store/district-account.ts'
import type { EarningSliceRow } from '../../../central/store/grants.ts'
import { accountKey } from '../../../domain/ledger.ts'
import type { MemoryTables } from './memory-tables.ts'

export type LedgerCalls = LedgerRows & GrantRows

export function ledgerCalls({ accounts, transfers, entries, grants, earning_slices: slices }: MemoryTables): LedgerCalls {
  const accountOf = ({ district, account }: DistrictAccount) => accounts.get(district, accountKey(account))

  const openAccount = ({ district, account }: DistrictAccount): void => {
    accounts.insertIfNew({
      district_id: district, account_key: accountKey(account), kind: account.kind, rider_id: 'rider' in account ? account.rider : null,
      station_id: 'station' in account ? account.station : null, incarnation: 'incarnation' in account ? account.incarnation : null, balance: 0,
    })
  }

  return {
    async lockBalances(wanted) {
      const balances = new Map<string, number>()
      for (const one of wanted) {
        const row = accountOf(one)
        if (row !== undefined) balances.set(balanceKey(one), row.balance)
      }
      return balances
    },

    async writePostings(postings, redeemed = []) {
      const sums = new Map<string, DistrictAccount & { points: number }>()
      const add = (one: DistrictAccount, points: number): void => {
        const key = balanceKey(one)
        sums.set(key, { ...one, points: points + (sums.get(key)?.points ?? 0) })
      }
      for (const { district, transfer } of postings) {
        add({ district, account: transfer.from }, -transfer.points)
        add({ district, account: transfer.to }, transfer.points)
      }
      for (const { points, ...one } of redeemed) add(one, points)
      for (const touched of sums.values()) {
        openAccount(touched)
        const row = accountOf(touched)
        if (row !== undefined) accounts.update(row, { balance: row.balance + touched.points })
      }
      for (const { eventId, line, district, transfer, bookedAtMs } of postings) {
        transfers.insert({
          event_id: eventId, line, district_id: district, from_key: accountKey(transfer.from), to_key: accountKey(transfer.to), points: transfer.points,
          booked_at_ms: bookedAtMs,
        })
      }
    },

    /** A sum of nothing may come as -0, which SQL does not know. */
    async writeEntries(written) {
      for (const { id, district, rider, atMs, bookedAtMs, points, reason, what, lines, station } of written) {
        entries.insert({
          entry_id: id, district_id: district, rider_id: rider, at_ms: atMs, booked_at_ms: bookedAtMs, points: 0 + points, reason, what, lines, station_id: station,
        })
      }
    },

    async findGrant(id) {
      const row = grants.get(id)
      if (row === undefined) return null
      return { id: row.grant_id, district: row.district_id, rider: row.rider_id, station: row.station_id, incarnation: row.incarnation, points: row.points }
    },

    async writeGrants(written, nowMs) {
      for (const { id, district, rider, station, incarnation, points } of written) {
        grants.insert({
          grant_id: id, district_id: district, rider_id: rider, station_id: station, incarnation, points, granted_at_ms: nowMs, received_at_ms: null,
        })
      }
    },

    findEarningSlice: async (id) => sliceOf(slices.get(id)),

    async writeEarningSlice({ id, district, station, incarnation, points }, nowMs) {
      slices.insert({ grant_id: id, district_id: district, station_id: station, incarnation, points, granted_at_ms: nowMs, received_at_ms: null })
    },

    async readEarningSlices(ids) {
      const known = new Map<string, EarningSliceRow>()
      for (const id of ids) {
        const slice = sliceOf(slices.get(id))
        if (slice !== null) known.set(id, slice)
      }
      return known
    },

    async markEarningSlicesReceived(ids, nowMs) {
      for (const id of ids) {
        const row = slices.get(id)
        if (row !== undefined && row.received_at_ms === null) slices.update(row, { received_at_ms: nowMs })
      }
    },
  }
}

function sliceOf(row: ReturnType<MemoryTables['earning_slices']['get']>): EarningSliceRow | null {
  return row === undefined ? null : { id: row.grant_id, district: row.district_id, station: row.station_id, incarnation: row.incarnation, points: row.points }
}
