// Staff end the trust in a station, or in one life of its file. Revoked: what it says is kept and flagged, nothing is answered
// but that. Written off by two people: what the file holds goes home to the riders and the programme, which bears what the
// file may have spent and not said. A life that waits is admitted.

import type { Posting } from '../../store/ledger.ts'
import { ridersScope, stationScope } from '../../store/change-scopes.ts'
import type { ChangedRow } from '../../store/changes.ts'
import type { HeldSlice, WriteOffReason } from '../../store/staff-acts.ts'
import { derivedId } from '../../sync/derived-id.ts'
import { supersede } from '../../sync/hello.ts'
import { releaseSeats } from '../../trainings/tend-trainings.ts'
import { banStation, noteGivenUp, waitWhereRecovering } from '../../sync/recovery.ts'
import { type ActMoment, type ActOutcome, refuse } from '../operator-context.ts'

export async function revokeStation({ transaction, nowMs }: ActMoment, { station }: { station: string }): Promise<ActOutcome<Record<string, never>>> {
  const row = await transaction.findStation(station)
  if (row === null) return refuse('unknown_station')
  await transaction.lockStation(station)
  await banStation(transaction, station)
  await noteGivenUp(transaction, station, nowMs)
  // Whoever has it is not to go on handing out goods until the next round of its own: it is woken, asks, and hears.
  await transaction.appendChanges([{ district: row.district, scope: stationScope(station), kind: 'station', key: station }])
  return { ok: true, answer: {}, outside: { kind: 'station_revoked', station, atMs: nowMs } }
}

export interface WriteOff {
  station: string
  incarnation: string
  staff: readonly [string, string]
  reason: WriteOffReason
}

export interface WrittenOff {
  riders: number
  riderPoints: number
  programPoints: number
}

export async function writeOff({ transaction, nowMs }: ActMoment, { station, incarnation, staff, reason }: WriteOff): Promise<ActOutcome<WrittenOff>> {
  const row = await transaction.findStation(station)
  if (row === null) return refuse('unknown_station')
  const { district } = row
  await transaction.lockStation(station)
  const life = await transaction.findIncarnation(station, incarnation)
  if (life === null) return refuse('unknown_incarnation')
  if (staff[0] === staff[1]) return refuse('same_staff')
  if ((await transaction.readActiveStaff(district, staff)).size !== 2) return refuse('unknown_staff')
  await transaction.setLifeStates(station, [incarnation], 'banned')

  const outside = { kind: 'incarnation_banned', station, incarnation, atMs: nowMs } as const
  // Before the accounts: places are locked ahead of them.
  const places = await releaseSeats(transaction, { station, incarnation }, nowMs)
  const held = await transaction.lockHeldSlices(station, incarnation)
  if (held.length === 0 && places.length === 0 && life.state === 'banned') {
    await noteGivenUp(transaction, station, nowMs)
    return { ok: false, error: 'nothing_held', outside }
  }
  const id = derivedId(`boai/write-off/1\n${station}\n${incarnation}\n${await transaction.countWriteOffs(station, incarnation)}`)
  // Riders before the programme, as in every booking: in the one order of keys it comes first, and whoever has a rider waits for it.
  await transaction.lockBalances(held.flatMap(({ district: ledger, rider }) => (rider === null ? [] : [{ district: ledger, account: { kind: 'rider_central', rider } as const }])))
  await transaction.writePostings(held.map((slice, index) => goesHome(slice, { station, incarnation }, { id, line: index + 1, nowMs })))
  const ofRiders = held.filter(({ rider }) => rider !== null)
  const written: WrittenOff = { riders: ofRiders.length, riderPoints: sum(ofRiders), programPoints: sum(held.filter(({ rider }) => rider === null)) }
  await transaction.insertWriteOff({ id, district, station, incarnation, staff, reason, ...written }, nowMs)
  // After the accounts, as uploads do: central's row is locked behind them.
  await noteGivenUp(transaction, station, nowMs)
  await transaction.appendChanges([...(await changesOf(transaction, ofRiders.flatMap(({ rider }) => (rider === null ? [] : [rider])))), ...places])
  return { ok: true, answer: written, outside }
}

export async function admitIncarnation({ transaction, nowMs }: ActMoment, { station, incarnation }: { station: string; incarnation: string }): Promise<ActOutcome<Record<string, never>>> {
  const row = await transaction.findStation(station)
  if (row === null) return refuse('unknown_station')
  await transaction.lockStation(station)
  const life = await transaction.findIncarnation(station, incarnation)
  if (life === null) return refuse('unknown_incarnation')
  if (life.state !== 'waiting') return refuse('not_waiting')
  await supersede(transaction, station, await transaction.readLives(station), ['active'])
  await transaction.setLifeStates(station, [incarnation], 'active')
  await waitWhereRecovering(transaction, { station, district: row.district, incarnation }, nowMs)
  return { ok: true, answer: {} }
}

function goesHome(slice: HeldSlice, life: { station: string; incarnation: string }, posting: { id: string; line: number; nowMs: number }): Posting {
  const transfer: Posting['transfer'] =
    slice.rider === null
      ? { from: { kind: 'program_station', ...life }, to: { kind: 'program' }, points: slice.points }
      : { from: { kind: 'rider_station', rider: slice.rider, ...life }, to: { kind: 'rider_central', rider: slice.rider }, points: slice.points }
  return { eventId: posting.id, line: posting.line, district: slice.district, transfer, bookedAtMs: posting.nowMs }
}

function sum(slices: readonly HeldSlice[]): number {
  return slices.reduce((points, slice) => points + slice.points, 0)
}

/** These riders have points at central again: every station that knows them hears of it. */
async function changesOf(transaction: ActMoment['transaction'], riders: readonly string[]): Promise<ChangedRow[]> {
  const readers = await transaction.stationsThatMirror(riders)
  return riders.flatMap((rider) =>
    (readers.get(rider) ?? []).map(({ station, district }): ChangedRow => ({ district, scope: ridersScope(station), kind: 'rider', key: rider })),
  )
}
