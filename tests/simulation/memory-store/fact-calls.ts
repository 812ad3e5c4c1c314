// What central knows of the things a fact names, and the rows that facts leave: the memory's side of station-facts.ts.

import type { FactRows } from '../../../central/store/central-store.ts'
import type { GrantRow } from '../../../central/store/grants.ts'
import type { RecordedRedemption, ScreenRequest, StockMovement } from '../../../central/store/station-facts.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

export function factCalls(tables: MemoryTables): FactRows {
  const { riders, items, staff, services, grants, redemptions, undone_redemptions: undone, earnings, transfers, entries, events } = tables
  const isOfSlice = (event: string): boolean => events.find(['event_id'], event).some(({ kind }) => kind === 'allowance.received' || kind === 'allowance.returned')
  return {
    async readRidersKnown(wanted) {
      const known = new Map<string, string>()
      for (const rider of wanted) {
        const row = riders.get(rider)
        if (row !== undefined) known.set(rider, row.district_id)
      }
      return known
    },

    readItemsKnown: async (district, wanted) => new Set(wanted.filter((item) => items.get(district, item) !== undefined)),
    readStaffKnown: async (wanted) => new Set(wanted.filter((person) => staff.get(person) !== undefined)),

    async readGrants(wanted) {
      const known = new Map<string, GrantRow>()
      for (const id of wanted) {
        const row = grants.get(id)
        if (row !== undefined) known.set(id, { id, district: row.district_id, rider: row.rider_id, station: row.station_id, incarnation: row.incarnation, points: row.points })
      }
      return known
    },

    readRequestsKnown: async (requests) => knownRequests(requests, ({ station, request }) => redemptions.find(['station_id', 'request_id'], station, request).length > 0),
    readEarningRequestsKnown: async (requests) => knownRequests(requests, ({ station, request }) => earnings.find(['station_id', 'request_id'], station, request).length > 0),

    async writeRedemptions(written) {
      for (const { district, station, incarnation, event, request, rider, points, overdrawnPoints, lines, atMs, paid } of written) {
        redemptions.insert({
          event_id: event, district_id: district, station_id: station, incarnation, request_id: request, rider_id: rider, points, overdrawn_points: overdrawnPoints,
          lines, at_ms: atMs, ledger_id: paid?.ledger ?? null, booked_at_ms: paid?.bookedAtMs ?? null,
        })
      }
    },

    async writeStockMovements(movements) {
      addToStock(tables, movements)
      addToLots(tables, movements)
    },

    async readRedemptions(wanted) {
      const known = new Map<string, RecordedRedemption>()
      for (const event of wanted) {
        const row = redemptions.get(event)
        if (row === undefined) continue
        const { station_id: station, incarnation, rider_id: rider, points, overdrawn_points: overdrawnPoints, lines } = row
        const ledgers = transfers.find(['event_id'], event).map((transfer) => transfer.district_id)
        known.set(event, { station, incarnation, rider, points, overdrawnPoints, ledger: row.ledger_id ?? ledgers.toSorted(compareText)[0] ?? null, lines, undone: undone.get(event) !== undefined })
      }
      return known
    },

    async writeUndone(written) {
      for (const { district, redemption, event, atMs } of written) undone.insert({ redemption_id: redemption, district_id: district, event_id: event, at_ms: atMs })
    },

    async readRelendingDebts(wanted) {
      const debts = new Map<string, number>()
      for (const rider of new Set(wanted)) {
        const owed = entries.find(['rider_id'], rider).filter((entry) => entry.reason === 'correction' && isOfSlice(entry.entry_id)).reduce((sum, { points }) => sum + points, 0)
        if (owed > 0) debts.set(rider, owed)
      }
      return debts
    },

    async writeEarnings(written) {
      for (const { district, station, event, request, rider, service, points, inSlice, atMs } of written) {
        earnings.insert({
          event_id: event, district_id: district, station_id: station, request_id: request, rider_id: rider, service_id: service, points, in_slice: inSlice,
          at_ms: atMs,
        })
      }
    },

    async readServiceNames(district, wanted) {
      const names = new Map<string, { zh: string; en: string }>()
      for (const service of wanted) {
        const row = services.get(district, service)
        if (row !== undefined) names.set(service, row.name)
      }
      return names
    },

    async markGrantsReceived(wanted, nowMs) {
      for (const grant of wanted) {
        const row = grants.get(grant)
        if (row !== undefined && row.received_at_ms === null) grants.update(row, { received_at_ms: nowMs })
      }
    },
  }
}

function knownRequests(requests: readonly ScreenRequest[], isKnown: (request: ScreenRequest) => boolean): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>()
  for (const asked of requests) {
    if (isKnown(asked)) known.set(asked.station, (known.get(asked.station) ?? new Set()).add(asked.request))
  }
  return known
}

function addToStock({ stock_mirror: stock }: MemoryTables, movements: readonly StockMovement[]): void {
  for (const { district, station, incarnation, item, quantity } of movements) {
    const row = stock.get(station, incarnation, item)
    if (row === undefined) stock.insert({ district_id: district, station_id: station, incarnation, item_id: item, on_hand: quantity })
    else stock.update(row, { on_hand: row.on_hand + quantity })
  }
}

function addToLots({ lots_mirror: lots }: MemoryTables, movements: readonly StockMovement[]): void {
  const byLot = new Map<string, StockMovement>()
  for (const movement of movements) {
    const key = `${movement.station} ${movement.incarnation} ${movement.lot}`
    const sum = byLot.get(key)
    if (sum === undefined) byLot.set(key, movement)
    else {
      byLot.set(key, {
        ...sum,
        item: compareText(sum.item, movement.item) <= 0 ? sum.item : movement.item,
        quantity: sum.quantity + movement.quantity,
        expiryDay: greatest(sum.expiryDay, movement.expiryDay, (left, right) => left - right),
        donor: greatest(sum.donor, movement.donor, compareText),
      })
    }
  }
  for (const { district, station, incarnation, item, lot, quantity, expiryDay, donor } of byLot.values()) {
    const row = lots.get(station, incarnation, lot)
    if (row === undefined) {
      lots.insert({ district_id: district, station_id: station, incarnation, lot, item_id: item, expiry_day: expiryDay, donor_id: donor, on_hand: quantity })
    } else {
      lots.update(row, { on_hand: row.on_hand + quantity, expiry_day: row.expiry_day ?? expiryDay, donor_id: row.donor_id ?? donor })
    }
  }
}

function greatest<Value>(left: Value | null, right: Value | null, compare: (left: Value, right: Value) => number): Value | null {
  if (left === null || right === null) return left ?? right
  return compare(left, right) >= 0 ? left : right
}
