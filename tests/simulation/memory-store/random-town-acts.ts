// What happens in a town of the differential test: its stations act, time passes, staff act at central.

import fc from 'fast-check'
import type { StoreTransaction } from '../../../central/store/central-store.ts'
import { banStation, beginRecovery, noteGivenUp } from '../../../central/sync/recovery.ts'
import { type RandomStation, type StationAct, stationActs } from './random-station.ts'
import type { SmallTown } from './small-town.ts'
import type { TwinDoors } from './twin-doors.ts'
import type { TwinStores } from './twin-stores.ts'

const STAFF_ACTS = ['time_passes', 'time_passes', 'central_restored', 'central_restored', 'revoke', 'ban_life', 'admit_next', 'back_up', 'confirm_backup', 'change_rider'] as const

interface StaffAct {
  act: (typeof STAFF_ACTS)[number]
  station: number
  pick: number
}

export type TownAct = { by: 'station'; what: StationAct } | { by: 'staff'; what: StaffAct }

export interface RandomTown {
  twins: TwinStores
  doors: TwinDoors
  town: SmallTown
  stations: readonly RandomStation[]
}

const HOUR_MS = 3_600_000

export function townActs(): fc.Arbitrary<TownAct> {
  const staff = fc.record({ act: fc.constantFrom(...STAFF_ACTS), station: fc.nat(2), pick: fc.nat(999) })
  return fc.oneof(
    { arbitrary: stationActs().map((what): TownAct => ({ by: 'station', what })), weight: 12 },
    { arbitrary: staff.map((what): TownAct => ({ by: 'staff', what })), weight: 1 },
  )
}

export async function doInTown(place: RandomTown, act: TownAct): Promise<void> {
  if (act.by === 'station') await place.stations[act.what.station]?.do(act.what, place.doors.nowMs)
  else await actOfStaff(place, act.what)
}

async function actOfStaff({ twins, doors, town, stations }: RandomTown, { act, station: index, pick }: StaffAct): Promise<void> {
  const { nowMs, outside } = doors
  const station = town.stations[index] ?? ''
  const both = (work: (transaction: StoreTransaction) => Promise<unknown>): Promise<void> => twins.expectSame((store) => store.transaction('write', work))
  const acts: Record<StaffAct['act'], () => Promise<void> | void> = {
    time_passes: () => {
      doors.nowMs += (pick % 30) * HOUR_MS
    },
    central_restored: async () => {
      await both((transaction) => beginRecovery(transaction, outside, { fromHistory: null, newHistory: town.id('history', pick), nowMs }))
      if (pick % 2 === 0) for (const one of stations) await one.bringEverything()
    },
    revoke: () => {
      if (pick % 3 === 0) outside.append({ kind: 'station_revoked', station, atMs: nowMs })
      return both(async (transaction) => {
        await transaction.lockStation(station)
        await banStation(transaction, station)
        await noteGivenUp(transaction, station, nowMs)
      })
    },
    ban_life: () =>
      both(async (transaction) => {
        const lives = await transaction.readLives(station)
        await transaction.setLifeStates(station, lives.slice(0, 1).map(({ incarnation }) => incarnation), 'banned')
        await noteGivenUp(transaction, station, nowMs)
      }),
    admit_next: () => both((transaction) => transaction.admitNext(station)),
    back_up: () => both((transaction) => transaction.beginBackup(nowMs)),
    confirm_backup: () => both(async (transaction) => transaction.confirmBackup(await transaction.beginBackup(nowMs), nowMs)),
    change_rider: () =>
      both((transaction) => {
        const [near = ''] = town.districts
        return transaction.appendChanges([{ district: near, scope: `riders@${station}`, kind: 'rider', key: town.riders[pick % 5] ?? '' }])
      }),
  }
  await acts[act]()
}

const AT_FIRST = [
  // A wrong sum, the same request twice, the same undoing twice, one of nothing.
  ['redeem', 7], ['redeem', 3], ['redeem', 3], ['undo', 1], ['undo', 1], ['undo', 7], ['push', 1],
  // A wish twice, confirmed when nobody has it, taken back.
  ['post_wish', 2], ['post_wish', 2], ['confirm_wish', 2], ['withdraw_wish', 2], ['push', 1], ['pull_from_start', 1],
  // A new file, the old one once more, a second new one too soon.
  ['begin_anew', 1], ['renew', 1], ['speak_as_before', 1], ['hello', 1], ['speak_as_before', 1], ['begin_anew', 1], ['renew', 1],
] as const

/** What people type, well, and with each mistake there is; and a station that asks for points which lie at another. */
export const ORDINARY: TownAct[] = ([
  [0, 'register', 1], [0, 'register', 2], [0, 'register', 5], [0, 'register', 7], [0, 'register', 11], [0, 'push_words', 3], [0, 'redeem', 4], [0, 'earn', 5],
  [0, 'say_unknown', 1], [0, 'say_unreadable', 1], [0, 'push', 1], [0, 'own_events', 1], [0, 'push_words', 3], [0, 'push_words', 3], [0, 'ask_pass', 1], [0, 'pull', 1], [1, 'hello', 1], [1, 'ask_rider', 1], [1, 'ask_allowance', 1], [0, 'pull', 1],
  // The third is suspended.
  [0, 'ask_allowance', 1, 2],
] as const).map(([station, act, pick, rider = 0]): TownAct => ({ by: 'station', what: { station, act, rider, points: 1, pick } }))

/** A day on which things happen that chance seldom brings together. */
export const SELDOM: TownAct[] = [
  // Two stations that a restored central waits for, and both come back.
  { by: 'station', what: { station: 1, act: 'hello', rider: 0, points: 1, pick: 1 } },
  { by: 'staff', what: { act: 'central_restored', station: 0, pick: 2 } },
  ...AT_FIRST.map(([act, pick]): TownAct => ({ by: 'station', what: { station: 0, act, rider: 0, points: 1, pick } })),
  { by: 'staff', what: { act: 'revoke', station: 1, pick: 1 } },
  ...(['hello', 'pull'] as const).map((act): TownAct => ({ by: 'station', what: { station: 1, act, rider: 0, points: 1, pick: 1 } })),
]
