// What stations sent and the lives of their files: the memory's side of outboxes.ts, incarnations.ts and stations.ts.

import type { IncarnationWrites, OutboxRows, StationQuestions } from '../../../central/store/central-store.ts'
import type { RecordedEvent } from '../../../central/store/outboxes.ts'
import type { EventOutcome } from '../../../contract/sync/sync-protocol.ts'
import type { MemoryTables } from './memory-tables.ts'

export type OutboxCalls = StationQuestions & IncarnationWrites & OutboxRows

export function stationQuestions({ stations, incarnations, centrals }: MemoryTables, isCommittedOnly: boolean): StationQuestions {
  return {
    async findStation(station) {
      const row = isCommittedOnly ? stations.getCommitted(station) : stations.get(station)
      return row === undefined ? null : { district: row.district_id, number: row.number, publicKey: row.public_key, status: row.status, enrolledAtMs: row.enrolled_at_ms }
    },
    async findIncarnation(station, incarnation) {
      const row = isCommittedOnly ? incarnations.getCommitted(station, incarnation) : incarnations.get(station, incarnation)
      if (row === undefined) return null
      const central = isCommittedOnly ? centrals.getCommitted(true) : centrals.get(true)
      const greeted = row.hello_history !== null && row.hello_history === central?.history
      return { lastSeq: row.last_seq, lastHash: row.last_hash, state: row.state, backedUpSeq: row.backed_up_seq, greeted }
    },
  }
}

export function outboxCalls(tables: MemoryTables): OutboxCalls {
  const { incarnations, events, batches, quarantined_events: quarantined, transfers, entries, accounts } = tables
  return {
    ...stationQuestions(tables, false),

    // One writer at a time: whoever writes has every lock.
    async lockStation() {},

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

    async advanceIncarnation({ station, incarnation }, lastSeq, lastHash, nowMs) {
      const row = incarnations.get(station, incarnation)
      if (row !== undefined) incarnations.update(row, { last_seq: lastSeq, last_hash: lastHash.slice(), heard_at_ms: nowMs })
    },

    async quarantine({ district, station, incarnation }, contradicting, nowMs) {
      const row = incarnations.get(station, incarnation)
      if (row !== undefined) incarnations.update(row, { state: 'quarantined', heard_at_ms: nowMs })
      for (const { header, headerLine, body, hash } of contradicting) {
        quarantined.insertIfNew({
          district_id: district, station_id: station, incarnation, seq: header.seq, hash: hash.slice(), header: headerLine, body: body.slice(), received_at_ms: nowMs,
        })
      }
    },

    async readRecorded({ station, incarnation }, first, last) {
      const recorded = new Map<number, RecordedEvent>()
      for (let seq = first; seq <= last; seq += 1) {
        const row = events.get(station, incarnation, seq)
        if (row !== undefined) recorded.set(seq, { hash: row.hash, outcome: outcomeOf(seq, row.outcome, row.code) })
      }
      return recorded
    },

    async isAnyIdTaken(ids) {
      return ids.some((id) => events.find(['event_id'], id).length > 0 || transfers.find(['event_id'], id).length > 0 || entries.get(id) !== undefined)
    },

    async insertEvents({ district, station, incarnation }, sent, outcomes, nowMs) {
      sent.forEach(({ header, headerLine, body, hash }, index) => {
        const outcome = outcomes[index]
        if (outcome === undefined || outcome.seq !== header.seq) throw new Error('every event has its outcome')
        events.insert({
          district_id: district, station_id: station, incarnation, seq: header.seq, event_id: header.id, kind: header.kind, version: header.version,
          wall_ms: header.wallMs, header: headerLine, body: body.slice(), hash: hash.slice(), outcome: outcome.outcome,
          code: outcome.outcome === 'recorded' ? null : outcome.code, received_at_ms: nowMs,
        })
      })
    },

    async keepBatchProof({ district, station, incarnation }, proof, nowMs) {
      batches.insertIfNew({
        district_id: district, station_id: station, incarnation, first_seq: proof.firstSeq, last_seq: proof.lastSeq, last_hash: proof.lastHash.slice(),
        signature: proof.signature.slice(), received_at_ms: nowMs,
      })
    },
  }
}

function outcomeOf(seq: number, outcome: EventOutcome['outcome'], code: string | null): EventOutcome {
  return outcome === 'recorded' ? { seq, outcome } : { seq, outcome, code: code ?? '' }
}
