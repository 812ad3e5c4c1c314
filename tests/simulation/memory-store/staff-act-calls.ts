// Write-offs, accepted facts, backups and the list of acts: the memory's side of staff-acts.ts.

import type { StaffActRows } from '../../../central/store/central-store.ts'
import type { HeldSlice } from '../../../central/store/staff-acts.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

const MARKS_KEPT = 30

export function staffActCalls(tables: MemoryTables): StaffActRows {
  const { accounts, write_offs: writeOffs, staff, events, transfers, remedies, backups, backup_marks: marks, incarnations, operator_acts: acts } = tables
  return {
    async lockHeldSlices(station, incarnation) {
      const held = (['rider_station', 'program_station'] as const).flatMap((kind) =>
        accounts.find(['station_id', 'kind'], station, kind).map((row) => ({ row, kind })).filter(({ row }) => row.incarnation === incarnation && row.balance > 0),
      )
      return held
        .toSorted((left, right) => compareText(left.row.district_id, right.row.district_id) || compareText(left.row.account_key, right.row.account_key))
        .map(({ row, kind }): HeldSlice => ({ kind, district: row.district_id, rider: row.rider_id, points: row.balance }))
    },

    countWriteOffs: async (station, incarnation) => writeOffs.find(['station_id', 'incarnation'], station, incarnation).length,

    async insertWriteOff({ id, district, station, incarnation, staff: [one, two], reason, riders, riderPoints, programPoints }, nowMs) {
      writeOffs.insert({
        write_off_id: id, district_id: district, station_id: station, incarnation, staff_one: one, staff_two: two, reason, riders, rider_points: riderPoints,
        program_points: programPoints, at_ms: nowMs,
      })
    },

    async readActiveStaff(district, wanted) {
      return new Set(wanted.filter((person) => {
        const row = staff.get(person)
        return row !== undefined && row.active && row.district_id === district
      }))
    },

    async findLateFact(event) {
      const [row] = events.find(['event_id'], event)
      if (row === undefined) return null
      const paid = transfers.find(['event_id'], event).filter((transfer) => transfer.from_key === 'discrepancy')
      return {
        station: row.station_id, incarnation: row.incarnation, code: row.code, district: paid[0]?.district_id ?? row.district_id,
        points: paid.reduce((sum, { points }) => sum + points, 0), accepted: remedies.get(event) !== undefined,
      }
    },

    writeRemedy: async ({ event, district, points }, nowMs) => remedies.insertIfNew({ event_id: event, district_id: district, remedy: 'accepted', points, at_ms: nowMs }),

    async beginBackup(nowMs) {
      const number = [...backups.rows()].reduce((greatest, row) => Math.max(greatest, row.number), 0) + 1
      backups.insert({ number, begun_at_ms: nowMs, done_at_ms: null })
      for (const row of incarnations.rows()) marks.insert({ number, station_id: row.station_id, incarnation: row.incarnation, last_seq: row.last_seq })
      for (const row of marks.rows()) if (row.number < number - MARKS_KEPT) marks.delete(row)
      return number
    },

    async confirmBackup(number, nowMs) {
      const backup = backups.get(number)
      if (backup === undefined) return false
      backups.update(backup, { done_at_ms: backup.done_at_ms ?? nowMs })
      for (const { station_id: station, incarnation, last_seq: lastSeq } of marks.find(['number'], number)) {
        const row = incarnations.get(station, incarnation)
        if (row !== undefined && lastSeq > row.backed_up_seq) incarnations.update(row, { backed_up_seq: lastSeq })
      }
      return true
    },

    lastBackupMs: async () =>
      [...backups.rows()].filter((row) => row.done_at_ms !== null).reduce<number | null>((last, row) => Math.max(last ?? row.begun_at_ms, row.begun_at_ms), null),

    async writeOperatorAct({ id, act, subject, result }, nowMs) {
      acts.insert({ act_id: id, at_ms: nowMs, act, subject, result })
    },
  }
}
