// Central after a restore and what is missing: the memory's side of recovery.ts.

import type { RecoveryRows } from '../../../central/store/central-store.ts'
import type { MemoryTables } from './memory-tables.ts'

const HEARD_WITHIN_MS = 60 * 86_400_000

export function recoveryCalls({ centrals, stations, incarnations, accounts, recovery_waits: waits }: MemoryTables): RecoveryRows {
  const onlyCentral = () => {
    const row = centrals.get(true)
    if (row === undefined) throw new Error('expected one row, got 0')
    return row
  }
  const holdsPoints = (station: string, life: string): boolean =>
    (['rider_station', 'program_station'] as const).some((kind) => accounts.find(['station_id', 'kind'], station, kind).some(({ incarnation, balance }) => incarnation === life && balance > 0))

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

    async waitForLives(nowMs) {
      for (const row of waits.rows()) waits.delete(row)
      const lives = [...incarnations.rows()]
      const sinceMs = lives.reduce((last, row) => Math.max(last, row.heard_at_ms), 0) - HEARD_WITHIN_MS
      const missing = lives.filter(({ station_id: station, incarnation, state, heard_at_ms: heardAtMs }) => state !== 'banned' && (heardAtMs >= sinceMs || holdsPoints(station, incarnation)))
      for (const { station_id: station, district_id: district, incarnation } of missing) {
        waits.insert({ station_id: station, district_id: district, incarnation, claimed_seq: null, hello_at_ms: null, back_at_ms: null, since_ms: nowMs })
      }
      return missing.length
    },

    async waitForLife({ station, district, incarnation }, nowMs) {
      if (waits.get(station, incarnation) === undefined) waits.insert({ station_id: station, district_id: district, incarnation, claimed_seq: null, hello_at_ms: null, back_at_ms: null, since_ms: nowMs })
    },

    async claimInRecovery({ station, district, incarnation, claimedSeq, isOwnWord }, nowMs) {
      const row = waits.get(station, incarnation)
      const said = isOwnWord ? nowMs : null
      if (row === undefined) waits.insert({ station_id: station, district_id: district, incarnation, claimed_seq: claimedSeq, hello_at_ms: said, back_at_ms: null, since_ms: nowMs })
      else {
        const isClaimed = row.claimed_seq !== null && row.claimed_seq >= claimedSeq
        waits.update(row, {
          claimed_seq: Math.max(row.claimed_seq ?? 0, claimedSeq), hello_at_ms: said ?? row.hello_at_ms, back_at_ms: isClaimed ? row.back_at_ms : null,
          since_ms: row.back_at_ms === null || isClaimed ? row.since_ms : nowMs,
        })
      }
    },

    async markBack(station, incarnation, lastSeq, nowMs) {
      const row = waits.get(station, incarnation)
      if (row === undefined || row.back_at_ms !== null || (row.claimed_seq ?? Infinity) > lastSeq) return false
      waits.update(row, { back_at_ms: nowMs })
      return true
    },

    async stopWaitingFor(station, nowMs) {
      const isRevoked = stations.get(station)?.status === 'revoked'
      const givenUp = waits.find(['station_id'], station).filter((row) => row.back_at_ms === null && (isRevoked || incarnations.get(station, row.incarnation)?.state === 'banned'))
      for (const row of givenUp) waits.update(row, { back_at_ms: nowMs })
      return givenUp.length > 0
    },

    countMissing: async () => [...waits.rows()].filter((row) => row.back_at_ms === null).length,
  }
}
