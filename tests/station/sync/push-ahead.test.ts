// Between two batches nothing waits: the second leaves before what central said to the first is written down, and what it said is
// written down while the second is on its way, whatever becomes of that.

import { expect, test } from 'vitest'
import { connectCentral } from '../../../station/sync/central-client.ts'
import type { Exchange } from '../../../station/sync/http-exchange.ts'
import { acknowledgedSeq } from '../../../station/store/sync-state.ts'
import { machineIds } from '../../../station/station-ids.ts'
import { PUSH_EVENTS_MAX, PUSH_PATH } from '../../../contract/sync/sync-protocol.ts'
import { generateKeyPairSync } from 'node:crypto'
import { lastSeqOf, standIn, stockSoap } from './talking-station.ts'
import { FIRST_STATION, openSyncingStation, type SyncingStation } from './syncing-station.ts'

interface Watched {
  station: SyncingStation
  /** At each push from now on: what the file has noted when it leaves, and once it has left. */
  noted: { leaving: number; left: number }[]
  /** The how-manyeth push finds nobody. */
  cutAt: number | null
}

async function openWatched(): Promise<Watched> {
  const central = standIn()
  const noted: Watched['noted'] = []
  const seen: { station: SyncingStation | null; watched: Watched | null } = { station: null, watched: null }
  const exchange: Exchange = async (request) => {
    const { station, watched } = seen
    if (request.path !== PUSH_PATH || station === null || watched === null) return central.exchange(request)
    const { read } = station.counter.database
    const leaving = acknowledgedSeq(read)
    request.onSent?.()
    await new Promise((next) => setImmediate(next))
    noted.push({ leaving, left: acknowledgedSeq(read) })
    if (noted.length === watched.cutAt) throw new Error('cut off')
    return central.exchange(request)
  }
  const client = connectCentral({ station: FIRST_STATION, privateKey: generateKeyPairSync('ed25519').privateKey, centralKey: central.publicKey, exchange, ids: machineIds })
  const station = await openSyncingStation(client)
  seen.station = station
  seen.watched = { station, noted, cutAt: null }
  return seen.watched
}

function fill({ counter }: SyncingStation, batches: number): number {
  for (let act = 0; act < PUSH_EVENTS_MAX * batches; act += 1) stockSoap(counter)
  return lastSeqOf(counter)
}

test('a batch leaves before the answer to the one before is noted, and that is noted while it is under way', async () => {
  const { station, noted } = await openWatched()
  const before = acknowledgedSeq(station.counter.database.read)
  const last = fill(station, 2)
  await station.timers.round()
  const [first, second] = noted
  expect([first, second]).toEqual([{ leaving: before, left: before }, { leaving: before, left: before + PUSH_EVENTS_MAX }])
  expect(acknowledgedSeq(station.counter.database.read)).toBe(last)
})

test('where the line breaks over the second batch, what central said to the first is noted all the same, and the next round goes on from there', async () => {
  const watched = await openWatched()
  const { station, noted } = watched
  const before = acknowledgedSeq(station.counter.database.read)
  const last = fill(station, 2)
  watched.cutAt = 2
  await station.timers.round()
  expect(acknowledgedSeq(station.counter.database.read)).toBe(before + PUSH_EVENTS_MAX)
  await station.timers.round()
  expect(noted[2]?.leaving).toBe(before + PUSH_EVENTS_MAX)
  expect(acknowledgedSeq(station.counter.database.read)).toBe(last)
})
