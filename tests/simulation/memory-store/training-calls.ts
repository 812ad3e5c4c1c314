// Trainings as one book each: the memory's side of trainings.ts.

import type { TrainingRows } from '../../../central/store/central-store.ts'
import type { Seat, SeatBlock, Signup } from '../../../domain/training/training-book.ts'
import { isForSome } from '../../../domain/training/decide-signup.ts'
import { BLOCK_OF_TWO, type RiderProfile, type TrainingSheet } from '../../../central/store/trainings.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

export function trainingCalls(tables: MemoryTables): TrainingRows {
  const { trainings, training_seats: seats, seat_blocks: blocks, signups, training_acts: acts, riders, attendances, certificates, service_records: records, incarnations } = tables
  const all = (): NonNullable<ReturnType<typeof trainings.get>>[] => [...trainings.rows()]
  return {
    async lockTrainings(wanted) {
      const found = [...new Set(wanted)].toSorted().flatMap((id): [string, TrainingSheet][] => {
        const sheet = sheetOf(tables, id)
        return sheet === null ? [] : [[id, sheet]]
      })
      return new Map(found)
    },

    async writeTrainings(written, nowMs) {
      for (const { sheet, nextSettlingMs, acts: kept } of written) writeSheet(tables, sheet, sheet.lastAct + kept.length, nextSettlingMs, nowMs)
      for (const { sheet: { book }, seats: changed } of written) {
        for (const { seat } of changed) {
          const row = seats.get(book.training, seat)
          if (row !== undefined) seats.update(row, { rider_id: null })
        }
      }
      for (const { sheet: { district, book }, seats: changed } of written) for (const seat of changed) writeSeat(tables, district, book.training, seat)
      const ids = written.flatMap(({ blocks: lent }) => lent.map(({ id }) => id))
      if (new Set(ids).size < ids.length) throw new Error(BLOCK_OF_TWO)
      for (const { sheet: { district, book }, blocks: lent } of written) for (const block of lent) writeBlock(tables, district, book.training, block)
      for (const { sheet: { district, book }, signups: listed } of written) for (const signup of listed) writeSignup(tables, district, book.training, signup)
      for (const { sheet: { district, book, lastAct }, acts: kept } of written) {
        kept.forEach(({ act, atMs, mayGive }, index) => {
          acts.insert({ training_id: book.training, number: lastAct + 1 + index, district_id: district, act, at_ms: atMs, may_give: mayGive })
        })
      }
    },

    async readRiderProfiles(wanted) {
      return new Map(
        wanted.flatMap((rider): [string, RiderProfile][] => {
          const row = riders.get(rider)
          if (row === undefined) return []
          const groups: RiderProfile['groups'] = [...(row.volunteer_team ? (['volunteer_team'] as const) : []), ...(row.red_cross === 'none' ? [] : (['red_cross'] as const))]
          return [[rider, { platform: row.platform, homeStation: row.home_station_id, groups }]]
        }),
      )
    },

    readBlockTrainings: async (wanted) =>
      new Map(
        wanted.flatMap((id): [string, string][] => {
          const row = blocks.get(id)
          return row === undefined ? [] : [[id, row.training_id]]
        }),
      ),

    readCertificatesKnown: async (wanted) => new Set(wanted.filter((id) => certificates.get(id) !== undefined)),

    async writeAttended({ attendances: there, certificates: earned, records: served }) {
      for (const { training, rider, district, event, station, staff, walkIn, late, points, certificate, atMs } of there) {
        attendances.insert({
          training_id: training, rider_id: rider, district_id: district, event_id: event, station_id: station, staff_id: staff, walk_in: walkIn, late, points,
          certificate_id: certificate, at_ms: atMs,
        })
      }
      for (const { id, district, rider, training, topic, title, issuedDay, expiresDay } of earned) {
        certificates.insert({ certificate_id: id, district_id: district, rider_id: rider, training_id: training, topic, title, issued_day: issuedDay, expires_day: expiresDay })
      }
      for (const { id, district, rider, kind, subject, minutes, station, atMs } of served) {
        records.insert({ record_id: id, district_id: district, rider_id: rider, kind, subject_id: subject, minutes, station_id: station, at_ms: atMs })
      }
    },

    async findTrainingsToSettle(nowMs, limit) {
      return all()
        .filter((row) => row.next_settling_ms !== null && row.next_settling_ms <= nowMs)
        .toSorted((one, other) => (one.next_settling_ms ?? 0) - (other.next_settling_ms ?? 0) || compareText(one.training_id, other.training_id))
        .slice(0, limit)
        .map((row) => row.training_id)
    },

    async findTrainingsToLend(nowMs, limit) {
      return all()
        .filter((row) => {
          const own = seats.find(['training_id'], row.training_id)
          const isActive = (station: string, incarnation: string): boolean => incarnations.get(station, incarnation)?.state === 'active'
          const holds = own.some((seat) => {
            const block = seat.block_id === null || seat.rider_id !== null ? undefined : blocks.get(seat.block_id)
            return block !== undefined && block.station_id === row.host_station_id && isActive(block.station_id, block.incarnation)
          })
          return (
            row.state === 'open' && row.blocks_back_at_ms > nowMs && !isForSome(row.audience) && !holds &&
            own.filter((seat) => seat.block_id === null && seat.rider_id === null && seat.offered_to === null && !seat.retired).length >= 2 &&
            !signups.find(['training_id'], row.training_id).some(({ standing }) => standing === 'waiting') &&
            [...incarnations.rows()].some((life) => life.station_id === row.host_station_id && life.state === 'active')
          )
        })
        .toSorted((one, other) => one.starts_at_ms - other.starts_at_ms || compareText(one.training_id, other.training_id))
        .slice(0, limit)
        .map((row) => ({ training: row.training_id, host: row.host_station_id }))
    },

    async trainingsHeldBy(station, incarnation) {
      const held = blocks.find(['station_id', 'incarnation'], station, incarnation).filter((block) => seats.find(['block_id'], block.block_id).length > 0)
      return [...new Set(held.map((block) => block.training_id))].toSorted(compareText)
    },

    async trainingKeysOf(rider, sinceMs) {
      const signed = signups.find(['rider_id'], rider).filter((row) => (trainings.get(row.training_id)?.ends_at_ms ?? 0) > sinceMs)
      return [
        ...certificates.find(['rider_id'], rider).map((row) => ({ kind: 'certificate' as const, key: row.certificate_id })).toSorted((one, other) => compareText(one.key, other.key)),
        ...signed.map((row) => ({ kind: 'signup' as const, key: `${row.training_id}:${row.rider_id}` })).toSorted((one, other) => compareText(one.key, other.key)),
      ]
    },
  }
}

function sheetOf({ trainings, training_seats: seats, seat_blocks: blocks, signups }: MemoryTables, id: string): TrainingSheet | null {
  const row = trainings.get(id)
  if (row === undefined) return null
  const own = seats.find(['training_id'], id).toSorted((one, other) => one.seat - other.seat)
  const lent = blocks.find(['training_id'], id).toSorted((one, other) => compareText(one.block_id, other.block_id))
  const listed = signups.find(['training_id'], id).toSorted((one, other) => compareText(one.rider_id, other.rider_id))
  return {
    district: row.district_id,
    lastAct: row.last_act,
    details: {
      topic: row.topic, title: row.title, place: row.place, points: row.points, certificateMonths: row.certificate_months, lateMinutes: row.late_minutes, walkIns: row.walk_ins, host: row.host_station_id, audience: row.audience,
      cancelReason: row.cancel_reason, revision: row.revision, toldRevision: row.told_revision, series: row.series_id,
    },
    book: {
      training: id,
      lastNumber: row.last_number,
      terms: {
        state: row.state, capacity: row.capacity, startsAtMs: row.starts_at_ms, endsAtMs: row.ends_at_ms, closesAtMs: row.closes_at_ms,
        blocksBackAtMs: row.blocks_back_at_ms, answerMs: row.answer_ms,
      },
      seats: new Map(own.map((one): [number, Seat] => [
        one.seat, { seat: one.seat, block: one.block_id, rider: one.rider_id, offeredTo: one.offered_to, vacated: one.vacated, retired: one.retired },
      ])),
      blocks: new Map(lent.map((one): [string, SeatBlock] => [
        one.block_id, { id: one.block_id, station: one.station_id, incarnation: one.incarnation, seats: one.seats, received: one.received, recalled: one.recalled },
      ])),
      signups: new Map(listed.map((one): [string, Signup] => [
        one.rider_id,
        {
          rider: one.rider_id, id: one.signup_id, standing: one.standing, seat: one.seat, number: one.number, offerEndsAtMs: one.offer_ends_at_ms, askedAtMs: one.asked_at_ms,
          refusal: one.refusal, note: one.note, seenRevision: one.seen_revision,
        },
      ])),
    },
  }
}

function writeSheet({ trainings }: MemoryTables, { district, details, book }: TrainingSheet, lastAct: number, nextSettlingMs: number | null, nowMs: number): void {
  const { terms } = book
  const columns = {
    topic: details.topic, title: details.title, place: details.place, starts_at_ms: terms.startsAtMs, ends_at_ms: terms.endsAtMs, closes_at_ms: terms.closesAtMs,
    blocks_back_at_ms: terms.blocksBackAtMs, answer_ms: terms.answerMs, capacity: terms.capacity, points: details.points, certificate_months: details.certificateMonths,
    late_minutes: details.lateMinutes, walk_ins: details.walkIns,
    host_station_id: details.host, audience: details.audience, state: terms.state, cancel_reason: details.cancelReason, revision: details.revision,
    told_revision: details.toldRevision, last_number: book.lastNumber, last_act: lastAct, next_settling_ms: nextSettlingMs,
  }
  const row = trainings.get(book.training)
  if (row === undefined) trainings.insert({ training_id: book.training, district_id: district, series_id: details.series, made_at_ms: nowMs, ...columns })
  else trainings.update(row, columns)
}

function writeSeat({ training_seats: seats }: MemoryTables, district: string, training: string, { seat, block, rider, offeredTo, vacated, retired }: Seat): void {
  const columns = { block_id: block, rider_id: rider, offered_to: offeredTo, vacated, retired }
  const row = seats.get(training, seat)
  if (row === undefined) seats.insert({ training_id: training, seat, district_id: district, ...columns })
  else seats.update(row, columns)
}

function writeBlock({ seat_blocks: blocks }: MemoryTables, district: string, training: string, { id, station, incarnation, seats, received, recalled }: SeatBlock): void {
  const row = blocks.get(id)
  if (row === undefined) blocks.insert({ block_id: id, training_id: training, district_id: district, station_id: station, incarnation, seats, received, recalled })
  else if (row.training_id !== training) throw new Error(BLOCK_OF_TWO)
  else blocks.update(row, { received, recalled })
}

function writeSignup({ signups }: MemoryTables, district: string, training: string, signup: Signup): void {
  const columns = {
    signup_id: signup.id, standing: signup.standing, seat: signup.seat, number: signup.number, offer_ends_at_ms: signup.offerEndsAtMs, asked_at_ms: signup.askedAtMs,
    refusal: signup.refusal, note: signup.note, seen_revision: signup.seenRevision,
  }
  const row = signups.get(training, signup.rider)
  if (row === undefined) signups.insert({ training_id: training, rider_id: signup.rider, district_id: district, ...columns })
  else signups.update(row, columns)
}
