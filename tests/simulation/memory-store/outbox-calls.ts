// What stations sent and the lives of their files: the memory's side of outboxes.ts, incarnations.ts and stations.ts.

import type { IncarnationWrites, OutboxRows, StationQuestions } from '../../../central/store/central-store.ts'
import type { IncarnationRow } from '../../../central/store/incarnations.ts'
import type { Outbox, RecordedEvent } from '../../../central/store/outboxes.ts'
import type { StationRow } from '../../../central/store/stations.ts'
import type { EventOutcome } from '../../../contract/sync/sync-protocol.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

export type FindCalls = Pick<StationQuestions, 'findStation' | 'findIncarnation'>
export type OutboxCalls = FindCalls & IncarnationWrites & OutboxRows

/** Asked without a transaction they see what is committed, whatever another one has just written. */
export function findCalls({ stations, incarnations, centrals }: MemoryTables, isCommittedOnly: boolean): FindCalls {
  return {
    async findStation(station) {
      return stationOf(isCommittedOnly ? stations.getCommitted(station) : stations.get(station))
    },
    async findIncarnation(station, incarnation) {
      const row = isCommittedOnly ? incarnations.getCommitted(station, incarnation) : incarnations.get(station, incarnation)
      return lifeOf(row, isCommittedOnly ? centrals.getCommitted(true) : centrals.get(true))
    },
  }
}

function stationOf(row: ReturnType<MemoryTables['stations']['get']>): StationRow | null {
  if (row === undefined) return null
  return { district: row.district_id, number: row.number, publicKey: row.public_key, status: row.status, enrolledAtMs: row.enrolled_at_ms }
}

function lifeOf(row: ReturnType<MemoryTables['incarnations']['get']>, central: ReturnType<MemoryTables['centrals']['get']>): IncarnationRow | null {
  if (row === undefined) return null
  const greeted = row.hello_history !== null && row.hello_history === central?.history
  return { lastSeq: row.last_seq, lastHash: row.last_hash, state: row.state, backedUpSeq: row.backed_up_seq, greeted }
}

export function outboxCalls(tables: MemoryTables): OutboxCalls {
  const { stations, centrals, incarnations, events, batches, quarantined_events: quarantined, transfers, entries, accounts } = tables
  return {
    ...findCalls(tables, false),

    // One writer at a time: whoever writes has every lock.
    async lockStation() {},

    async lockStations(wanted) {
      const locked = new Map<string, StationRow>()
      for (const station of new Set(wanted)) {
        const row = stationOf(stations.get(station))
        if (row !== null) locked.set(station, row)
      }
      return locked
    },

    findIncarnations: async (lives) => lives.map(({ station, incarnation }) => lifeOf(incarnations.get(station, incarnation), centrals.get(true))),

    async beginIncarnation({ district, station, incarnation }, seed, nowMs) {
      const hadAnother = incarnations.find(['station_id'], station).some((row) => row.incarnation !== incarnation)
      const isNew = incarnations.insertIfNew({
        district_id: district, station_id: station, incarnation, last_seq: 0, last_hash: seed.slice(), state: 'active', began_at_ms: nowMs, heard_at_ms: nowMs,
        backed_up_seq: 0, hello_at_ms: null, hello_history: null, claimed_seq: null, clock_offset_ms: null, program: null, previous: null,
      })
      if (!isNew || !hadAnother) return null
      const slices = accounts.find(['station_id', 'kind'], station, 'rider_station').filter((row) => row.balance > 0)
      return { riders: slices.length, points: slices.reduce((sum, row) => sum + row.balance, 0) }
    },

    async advanceIncarnations(lives, nowMs) {
      for (const { outbox, lastSeq, lastHash } of lives) {
        const row = incarnations.get(outbox.station, outbox.incarnation)
        if (row !== undefined) incarnations.update(row, { last_seq: lastSeq, last_hash: lastHash.slice(), heard_at_ms: nowMs })
      }
    },

    async quarantine({ district, station, incarnation }, contradicting, nowMs) {
      const row = incarnations.get(station, incarnation)
      if (row !== undefined) incarnations.update(row, { state: row.state === 'banned' ? row.state : 'quarantined', heard_at_ms: nowMs })
      for (const { header, headerLine, body, hash } of contradicting) {
        quarantined.insertIfNew({
          district_id: district, station_id: station, incarnation, seq: header.seq, hash: hash.slice(), header: headerLine, body: body.slice(), received_at_ms: nowMs,
        })
      }
    },

    async readRecorded(ranges) {
      return ranges.map(({ outbox: { station, incarnation }, first, last }) => {
        const recorded = new Map<number, RecordedEvent>()
        for (let seq = first; seq <= last; seq += 1) {
          const row = events.get(station, incarnation, seq)
          if (row !== undefined) recorded.set(seq, { hash: row.hash, outcome: outcomeOf(seq, row.outcome, row.code) })
        }
        return recorded
      })
    },

    async readIdsTaken(ids) {
      return new Set(ids.filter((id) => events.find(['event_id'], id).length > 0 || transfers.find(['event_id'], id).length > 0 || entries.get(id) !== undefined))
    },

    async insertEvents(written, nowMs) {
      for (const { outbox: { district, station, incarnation }, event: { header, headerLine, body, hash }, outcome } of written) {
        if (outcome.seq !== header.seq) throw new Error('every event has its outcome')
        events.insert({
          district_id: district, station_id: station, incarnation, seq: header.seq, event_id: header.id, kind: header.kind, version: header.version,
          wall_ms: header.wallMs, header: headerLine, body: body.slice(), hash: hash.slice(), outcome: outcome.outcome,
          code: 'code' in outcome ? outcome.code : null, received_at_ms: nowMs,
        })
      }
    },

    async readParkedLives() {
      const lives = new Map<string, Outbox>()
      for (const { district_id: district, station_id: station, incarnation } of [...events.rows()].filter(isParked)) lives.set(`${station} ${incarnation}`, { district, station, incarnation })
      return [...lives].toSorted(([one], [other]) => compareText(one, other)).map(([, life]) => life)
    },

    async readParked({ outbox: { district, station, incarnation }, after, limit }) {
      const found = events.find(['station_id', 'incarnation'], station, incarnation).filter((row) => isParked(row) && row.district_id === district && row.seq > after)
      return found.toSorted((one, other) => one.seq - other.seq).slice(0, limit).map(({ header, body }) => ({ headerLine: header, body }))
    },

    async settleParked({ station, incarnation }, outcomes) {
      for (const outcome of outcomes) {
        const row = events.get(station, incarnation, outcome.seq)
        if (row !== undefined && isParked(row)) events.update(row, { outcome: outcome.outcome, code: 'code' in outcome ? outcome.code : null })
      }
    },

    async keepBatchProofs(proofs, nowMs) {
      for (const { outbox: { district, station, incarnation }, firstSeq, lastSeq, lastHash, signature } of proofs) {
        batches.insertIfNew({
          district_id: district, station_id: station, incarnation, first_seq: firstSeq, last_seq: lastSeq, last_hash: lastHash.slice(), signature: signature.slice(),
          received_at_ms: nowMs,
        })
      }
    },
  }
}

function isParked({ outcome }: { outcome: string }): boolean {
  return outcome === 'parked'
}

function outcomeOf(seq: number, outcome: EventOutcome['outcome'], code: string | null): EventOutcome {
  return outcome === 'recorded' || outcome === 'granted' ? { seq, outcome } : { seq, outcome, code: code ?? '' }
}
