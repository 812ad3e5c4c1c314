// What people typed: the memory's side of words.ts.

import type { WordRows } from '../../../central/store/central-store.ts'
import type { WordsRow } from '../../../central/store/words.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

export function wordCalls({ words, person_keys: personKeys, erased_persons: erased, sealing_key: sealingKey, districts }: MemoryTables): WordRows {
  return {
    async promiseWords(promised) {
      for (const { ref, district, station, rider, event, purpose, commitment } of promised) {
        words.insertIfNew({
          ref, district_id: district, station_id: station, rider_id: rider, event_id: event, purpose, commitment: commitment.slice(), kept: null, held_at_ms: null,
        })
      }
    },

    async readWords(refs) {
      const found = new Map<string, WordsRow>()
      for (const ref of refs) {
        const row = words.get(ref)
        if (row === undefined) continue
        found.set(ref, {
          ref, district: row.district_id, station: row.station_id, rider: row.rider_id, event: row.event_id, purpose: row.purpose, commitment: row.commitment, kept: row.kept,
          heldAtMs: row.held_at_ms,
        })
      }
      return found
    },

    async keepWords(keeping, nowMs) {
      for (const { ref, kept } of keeping) {
        const row = words.get(ref)
        if (row !== undefined && row.held_at_ms === null) words.update(row, { kept: kept.slice(), held_at_ms: nowMs })
      }
    },

    async makePersonKeys(keys, nowMs) {
      for (const { rider, district, key } of keys) personKeys.insertIfNew({ rider_id: rider, district_id: district, key: key.slice(), made_at_ms: nowMs })
    },

    async readPersonKeys(riders) {
      return new Map(riders.flatMap((rider): [string, Uint8Array][] => {
        const row = personKeys.get(rider)
        return row === undefined ? [] : [[rider, row.key]]
      }))
    },

    readErased: async (riders) => new Set(riders.filter((rider) => erased.get(rider) !== undefined)),

    async writeSealingKey({ keyId, publicKey }, nowMs) {
      const row = sealingKey.get(true)
      if (row?.key_id === keyId) return false
      const written = { key_id: keyId, public_key: publicKey, made_at_ms: nowMs }
      if (row === undefined) sealingKey.insert({ only_one: true, ...written })
      else sealingKey.update(row, written)
      return true
    },

    readDistricts: async () => [...districts.rows()].map((row) => row.district_id).toSorted(compareText),
  }
}
