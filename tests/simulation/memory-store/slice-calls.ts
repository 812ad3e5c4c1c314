// Where a rider's points lie and who asks for them: the memory's side of slices.ts.

import type { SliceRows } from '../../../central/store/central-store.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

export function sliceCalls({ accounts, stations, incarnations, recalls, riders, standing_renewals: renewals, rules, centrals }: MemoryTables): SliceRows {
  const heardAtMs = (station: string): number | null => incarnations.find(['station_id'], station).reduce<number | null>((last, row) => Math.max(last ?? 0, row.heard_at_ms), null)

  return {
    async readSlicesElsewhere(rider, asker, limit) {
      const points = new Map<string, number>()
      for (const { kind, balance, station_id: station } of accounts.find(['rider_id'], rider)) {
        if (kind === 'rider_station' && balance > 0 && station !== null && station !== asker) points.set(station, (points.get(station) ?? 0) + balance)
      }
      const elsewhere = [...points].flatMap(([station, held]) => {
        const row = stations.get(station)
        return row === undefined ? [] : [{ station, district: row.district_id, name: row.name, points: held, heardAtMs: heardAtMs(station) }]
      })
      return elsewhere.toSorted((left, right) => right.points - left.points || compareText(left.station, right.station)).slice(0, limit)
    },

    async writeRecalls(asked, staleBeforeMs) {
      if (new Set(asked.map(({ rider, holder }) => `${rider} ${holder}`)).size < asked.length) throw new Error('one question by rider and holder')
      return inOrder(asked).flatMap(({ rider, holder, district, asker, askedAtMs }) => {
        const row = recalls.get(rider, holder)
        if (row === undefined) recalls.insert({ rider_id: rider, holder_id: holder, district_id: district, asker_id: asker, asked_at_ms: askedAtMs })
        else if (row.asker_id === asker && row.asked_at_ms >= staleBeforeMs) return []
        else recalls.update(row, { asker_id: asker, asked_at_ms: askedAtMs })
        return [{ rider, holder, district: row?.district_id ?? district, asker, askedAtMs }]
      })
    },

    async closeRecalls(returned) {
      return inOrder(returned).flatMap(({ rider, holder }) => {
        const row = recalls.get(rider, holder)
        const asker = row === undefined ? undefined : stations.get(row.asker_id)
        if (row === undefined || asker === undefined) return []
        recalls.delete(row)
        return [{ rider, asker: row.asker_id, district: asker.district_id, askedAtMs: row.asked_at_ms }]
      })
    },

    async readStandingDue({ station, incarnation, day, limit }) {
      const atHome = riders.find(['home_station_id'], station).filter((row) => row.standing === 'active')
      const due = atHome.flatMap(({ rider_id: rider, district_id: district }) => {
        if (renewals.get(rider)?.day === day) return []
        let [centralPoints, herePoints] = [0, 0]
        for (const row of accounts.find(['rider_id'], rider)) {
          const isOwn = row.district_id === district
          if (row.kind === 'rider_central') centralPoints += isOwn ? row.balance : 0
          else if (row.station_id === station && row.incarnation === incarnation) herePoints += isOwn ? row.balance : 0
          else if (row.balance > 0) return []
        }
        return centralPoints > 0 ? [{ rider, district, centralPoints, herePoints }] : []
      })
      return due.toSorted((left, right) => compareText(left.rider, right.rider)).slice(0, limit)
    },

    async markStandingRenewed(renewed, day) {
      for (const { rider, district } of renewed) {
        const row = renewals.get(rider)
        if (row === undefined) renewals.insert({ rider_id: rider, district_id: district, day })
        else renewals.update(row, { day })
      }
    },

    readRuleValues: async (district) => new Map(rules.find(['district_id'], district).map(({ name, value }) => [name, value])),
    readRecovering: async () => [...centrals.rows()].some((row) => row.recovering_since_ms !== null),
  }
}

function inOrder<Recall extends { rider: string; holder: string }>(recalls: readonly Recall[]): Recall[] {
  return recalls.toSorted((left, right) => compareText(left.rider, right.rider) || compareText(left.holder, right.holder))
}
