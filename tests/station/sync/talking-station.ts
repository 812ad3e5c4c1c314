// A station that speaks with a stand-in central: real file, real loop, real client, and a central that says what a test wants.

import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { redeem } from '../../../station/acts/redeem.ts'
import { restock } from '../../../station/acts/restock.ts'
import type { Counter } from '../../../station/acts/act.ts'
import { machineIds } from '../../../station/station-ids.ts'
import { lastEvent } from '../../../station/store/outbox.ts'
import { connectCentral } from '../../../station/sync/central-client.ts'
import { catalogue, temporaryFolder, WANG, ZHANG } from '../../support/counter.ts'
import { StandInCentral } from '../../support/stand-in-central.ts'
import { NOW_MS } from '../../support/test-central.ts'
import { FIRST_STATION, openSyncingStation, type SyncingOptions, type SyncingStation } from './syncing-station.ts'

const keys = generateKeyPairSync('ed25519')

/** With the catalogue, and a slice of 100 points for 张, whose home is elsewhere. */
export function standIn(): StandInCentral {
  const central = new StandInCentral(FIRST_STATION, NOW_MS)
  central.tell(...catalogue, { kind: 'grant', scope: 'riders', key: randomUUID(), row: { id: randomUUID(), rider: ZHANG, points: 100 } })
  return central
}

/** Its first round is over. 张 stands there, unless said otherwise: as long as he does, his points stay. */
export function openTalking(central: StandInCentral, folder = temporaryFolder(), more: SyncingOptions & { believes?: StandInCentral } = {}): Promise<SyncingStation> {
  const { believes = central, ...options } = more
  const client = connectCentral({
    station: FIRST_STATION, privateKey: keys.privateKey, centralKey: believes.publicKey, exchange: central.exchange, ids: machineIds,
  })
  return openSyncingStation(client, folder, { inSession: [ZHANG], ...options })
}

export function stockSoap(counter: Counter): void {
  const done = restock(counter, { request: randomUUID(), staff: WANG, lines: [{ item: 'soap', quantity: 50, expiryDay: null, donor: null }] })
  if (!done.ok) throw new Error(done.refusal.code)
}

/** Whether 张 got a soap for 20 points. */
export function takeSoap(counter: Counter, request: string = randomUUID()): boolean {
  return redeem(counter, { request, rider: ZHANG, lines: [{ item: 'soap', quantity: 1 }], pointsShown: 20 }).ok
}

export const lastSeqOf = (counter: Counter): number => lastEvent(counter.database.read)?.seq ?? 0

/** With soap on its shelf. */
export async function openStocked(central: StandInCentral): Promise<SyncingStation> {
  const station = await openTalking(central)
  stockSoap(station.counter)
  return station
}

/** The folder of a copy of its file as it is now. */
export function copyOf(station: SyncingStation): string {
  const folder = temporaryFolder()
  station.counter.database.read.all('PRAGMA wal_checkpoint(TRUNCATE)')
  copyFileSync(join(station.counter.folder, 'station.db'), join(folder, 'station.db'))
  return folder
}
