// Central after a restore and who is missing: the memory's side of recovery.ts.

import type { RecoveryRows } from '../../../central/store/central-store.ts'
import type { MemoryTables } from './memory-tables.ts'

export function recoveryCalls({ centrals, stations, incarnations, recovery_waits: waits }: MemoryTables): RecoveryRows {
  const onlyCentral = () => {
    const row = centrals.get(true)
    if (row === undefined) throw new Error('expected one row, got 0')
    return row
  }
  const hasLifeThatIsNotBanned = (station: string): boolean => incarnations.find(['station_id'], station).some(({ state }) => state !== 'banned')

  return {
    // One writer at a time: whoever writes has every lock.
    async lockEveryStation() {},

    async lockCentral() {
      const row = onlyCentral()
      return { history: row.history, recoveringSinceMs: row.recovering_since_ms, restoredAtMs: row.restored_at_ms }
    },

    async writeCentral({ history, recoveringSinceMs, restoredAtMs }) {
      centrals.update(onlyCentral(), { history, recovering_since_ms: recoveringSinceMs, restored_at_ms: restoredAtMs })
    },

    readRestoredAtMs: async () => onlyCentral().restored_at_ms,

    async waitForStations() {
      for (const row of waits.rows()) waits.delete(row)
      const missing = [...stations.rows()].filter(({ station_id: station }) => hasLifeThatIsNotBanned(station))
      for (const { station_id: station, district_id: district } of missing) {
        waits.insert({ station_id: station, district_id: district, incarnation: null, claimed_seq: null, hello_at_ms: null, back_at_ms: null })
      }
      return missing.length
    },

    async claimInRecovery({ station, district, incarnation, claimedSeq }, nowMs) {
      const row = waits.get(station)
      const claim = { incarnation, claimed_seq: claimedSeq, hello_at_ms: nowMs }
      if (row === undefined) waits.insert({ station_id: station, district_id: district, ...claim, back_at_ms: null })
      else waits.update(row, claim)
    },

    async markBack(station, incarnation, lastSeq, nowMs) {
      const row = waits.get(station)
      if (row === undefined || row.incarnation !== incarnation || row.back_at_ms !== null || (row.claimed_seq ?? Infinity) > lastSeq) return false
      waits.update(row, { back_at_ms: nowMs })
      return true
    },

    async stopWaitingFor(station, nowMs) {
      const row = waits.get(station)
      if (row === undefined || row.back_at_ms !== null || hasLifeThatIsNotBanned(station)) return false
      waits.update(row, { back_at_ms: nowMs })
      return true
    },

    countMissing: async () => [...waits.rows()].filter((row) => row.back_at_ms === null).length,
  }
}
