// Lives of files and what they said, and stations that join: the memory's side of station-lives.ts and enrolments.ts.

import type { StationDetails } from '../../../central/keys/outside-log.ts'
import type { JoiningRows, LifeRows } from '../../../central/store/central-store.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'


export function lifeCalls({ incarnations, events, stations }: MemoryTables): LifeRows {
  return {
    async readLives(station) {
      return incarnations
        .find(['station_id'], station)
        .toSorted((left, right) => left.began_at_ms - right.began_at_ms || compareText(left.incarnation, right.incarnation))
        .map((row) => ({ incarnation: row.incarnation, state: row.state, beganAtMs: row.began_at_ms, lastSeq: row.last_seq, previous: row.previous }))
    },

    async setLifeStates(station, wanted, state) {
      for (const incarnation of new Set(wanted)) {
        const row = incarnations.get(station, incarnation)
        if (row !== undefined) incarnations.update(row, { state })
      }
    },

    async writeHello({ station, incarnation, claimedSeq, clockOffsetMs, program, previous, history }, nowMs) {
      const row = incarnations.get(station, incarnation)
      if (row === undefined) return
      incarnations.update(row, {
        hello_at_ms: nowMs, heard_at_ms: nowMs, hello_history: history, claimed_seq: claimedSeq, clock_offset_ms: clockOffsetMs, program, previous: row.previous ?? previous,
      })
    },

    async readOwnEvents(station, incarnation, after, limit) {
      return events
        .find(['station_id', 'incarnation'], station, incarnation)
        .filter((row) => row.seq > after)
        .toSorted((left, right) => left.seq - right.seq)
        .slice(0, limit)
        .map((row) => ({ header: row.header, body: row.body }))
    },

    async setStationStatus(station, status) {
      const row = stations.get(station)
      if (row !== undefined) stations.update(row, { status })
    },

    async admitNext(station) {
      const row = stations.get(station)
      if (row !== undefined) stations.update(row, { admits_next: true })
    },

    async takeAdmission(station) {
      const row = stations.get(station)
      if (row === undefined || !row.admits_next) return false
      stations.update(row, { admits_next: false })
      return true
    },
  }
}

export function joiningCalls({ districts, stations, enrolment_codes: codes }: MemoryTables): JoiningRows {
  const ofDistrict = (district: string) => [...stations.rows()].filter((row) => row.district_id === district)

  return {
    isDistrictKnown: async (district) => districts.get(district) !== undefined,

    async writeStation({ station, district, number, publicKey, details }, nowMs) {
      if (stations.find(['district_id', 'number'], district, number).some((row) => row.station_id !== station)) return false
      const row = stations.get(station)
      if (row !== undefined) stations.update(row, { public_key: publicKey, enrolled_at_ms: nowMs })
      else {
        stations.insert({
          station_id: station, district_id: district, number, name: details.name, brand: details.brand, hotline: details.hotline, facilities: details.facilities,
          panel_pitch_mm: details.panelPitchMm, public_key: publicKey, status: 'active', enrolled_at_ms: nowMs, admits_next: false,
        })
      }
      return true
    },

    nextStationNumber: async (district) => ofDistrict(district).reduce((greatest, { number }) => Math.max(greatest, number), 0) + 1,

    isNumberTaken: async (district, number) => stations.find(['district_id', 'number'], district, number).length > 0,
    readStationDetails: async (station) => detailsOf(stations.get(station)),

    async readNeighbourDetails(district) {
      return detailsOf(ofDistrict(district).toSorted((left, right) => left.number - right.number)[0])
    },

    async writeEnrolmentCode({ codeHash, district, station, number, details, expiresAtMs }, nowMs) {
      for (const row of codes.rows()) {
        if (row.station_id === station && row.used_at_ms === null) codes.update(row, { expires_at_ms: Math.min(row.expires_at_ms, nowMs) })
      }
      codes.insert({
        code_hash: codeHash, district_id: district, station_id: station, number, details, made_at_ms: nowMs, expires_at_ms: expiresAtMs, used_at_ms: null, used_by_key: null,
      })
    },

    async forgetEnrolmentCodes(beforeMs) {
      for (const row of codes.rows()) if (row.expires_at_ms < beforeMs) codes.delete(row)
    },

    async lockEnrolmentCode(codeHash) {
      const row = codes.get(codeHash)
      if (row === undefined) return null
      return {
        codeHash, district: row.district_id, station: row.station_id, number: row.number, details: row.details, expiresAtMs: row.expires_at_ms, usedByKey: row.used_by_key,
      }
    },

    async markEnrolmentCodeUsed(codeHash, key, nowMs) {
      const row = codes.get(codeHash)
      if (row !== undefined) codes.update(row, { used_at_ms: nowMs, used_by_key: key })
    },
  }
}

function detailsOf(row: ReturnType<MemoryTables['stations']['get']>): StationDetails | null {
  return row === undefined ? null : { name: row.name, brand: row.brand, hotline: row.hotline, facilities: row.facilities, panelPitchMm: row.panel_pitch_mm }
}
