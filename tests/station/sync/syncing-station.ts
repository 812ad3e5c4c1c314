// A station that speaks with a real central over a real, bad network: its own file, loop and client; the test holds the
// clock and the timer, so that a round begins when the test says so.

import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { onTestFinished } from 'vitest'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import { buildCentral } from '../../../central/app.ts'
import { seedDemo } from '../../../central/demo/seed-demo.ts'
import { beginHistory } from '../../../central/store/changes.ts'
import type { OpenDatabase } from '../../../central/store/database.ts'
import { migrate } from '../../../central/store/migrate.ts'
import { publicKeyOf } from '../../../station/station-config.ts'
import { machineIds } from '../../../station/station-ids.ts'
import { openStationDatabase } from '../../../station/store/database.ts'
import { beginBoot } from '../../../station/store/identity.ts'
import { type CentralClient, connectCentral } from '../../../station/sync/central-client.ts'
import { exchangeOverHttp } from '../../../station/sync/http-exchange.ts'
import { startSyncLoop, type SyncLoop, type SyncLoopOptions } from '../../../station/sync/sync-loop.ts'
import { makeTestKeys } from '../../support/central-keys.ts'
import { type HandClock, handClock, temporaryFolder, type TestCounter } from '../../support/counter.ts'
import { type FaultyProxy, openFaultyProxy } from '../../support/faulty-proxy.ts'
import { HISTORY, NOW_MS } from '../../support/test-central.ts'
import { join } from 'node:path'

const keys = generateKeyPairSync('ed25519')
const centralKeys = makeTestKeys()
export const FIRST_STATION = stations[0]?.id ?? ''

export interface HandTimers {
  readonly delays: number[]
  /** How many timers are alive. */
  alive(): number
  /** Lets the timer go off and waits for the next one: one round. */
  round(): Promise<void>
  /** Waits until a timer is set. */
  settled(): Promise<void>
}

export interface SyncingStation {
  readonly counter: TestCounter
  readonly sync: SyncLoop
  readonly timers: HandTimers
  readonly problems: string[]
  changes(): number
  /** The process ends; its file stays. */
  close(): Promise<void>
  onChange: (() => void) | null
  /** Riders who stand here. */
  readonly inSession: Set<string>
}

/** Closed at the end of the test, with its database. `publicKey`: of station 1; this file's own where none is named. */
export async function openCentral(database: OpenDatabase, publicKey = keys.publicKey.export({ format: 'jwk' }).x ?? ''): Promise<{ url: string; proxy: FaultyProxy; database: OpenDatabase }> {
  await migrate(database)
  await beginHistory(database, HISTORY)
  await seedDemo(database, { stations: [{ number: 1, publicKey }], write: '/nowhere' }, NOW_MS)
  const app = buildCentral({ database, nowMs: () => NOW_MS, keys: centralKeys })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    await app.close()
    await database.close()
  })
  return { url, proxy: await openFaultyProxy(url), database }
}

export function clientOf(baseUrl: string, privateKey: KeyObject = keys.privateKey): CentralClient {
  return connectCentral({ station: FIRST_STATION, privateKey, centralKey: publicKeyOf(centralKeys.signer.publicKey), exchange: exchangeOverHttp(baseUrl), ids: machineIds })
}

export interface SyncingOptions extends Partial<Pick<SyncLoopOptions, 'onPoints' | 'fetchScopes' | 'aside' | 'silentMs' | 'batchEventsMax'>> {
  clock?: HandClock
  /** Riders who stand here from the start. */
  inSession?: readonly string[]
  /** Before the loop begins, as a start does it. */
  onOpened?: (counter: TestCounter) => void
}

/** Its first round is over when this returns. */
export async function openSyncingStation(central: CentralClient, folder = temporaryFolder(), { clock = handClock(NOW_MS), inSession = [], onOpened, ...more }: SyncingOptions = {}): Promise<SyncingStation> {
  const database = openStationDatabase({ file: join(folder, 'station.db') })
  const counter: TestCounter = { database, identity: beginBoot(database, FIRST_STATION, machineIds), clock, ids: machineIds, folder }
  onOpened?.(counter)
  const { timers, after } = handTimers()
  let changes = 0
  const problems: string[] = []
  const station = {
    counter,
    timers,
    problems,
    changes: () => changes,
    onChange: null as (() => void) | null,
    inSession: new Set<string>(inSession),
  }
  const sync = startSyncLoop({
    counter,
    central,
    ...more,
    hello: { certificate: null, program: 'test' },
    isInSession: (rider) => station.inSession.has(rider),
    timers: { after, random: () => 1 },
    onChange: () => {
      changes += 1
      station.onChange?.()
    },
    onProblem: (problem) => problems.push(problem),
  })
  const close = async (): Promise<void> => {
    await sync.stop()
    database.close()
  }
  onTestFinished(close)
  await timers.settled()
  return Object.assign(station, { sync, close })
}

function handTimers(): { timers: HandTimers; after: (delayMs: number, run: () => void) => () => void } {
  const alive = new Set<() => void>()
  const delays: number[] = []
  let told: (() => void)[] = []
  const settled = async (): Promise<void> => {
    if (alive.size === 0) await new Promise<void>((resolve) => told.push(resolve))
  }
  return {
    timers: {
      delays,
      alive: () => alive.size,
      settled,
      async round() {
        for (const run of alive) {
          alive.delete(run)
          run()
        }
        await settled()
      },
    },
    after(delayMs, run) {
      delays.push(delayMs)
      alive.add(run)
      for (const tell of told) tell()
      told = []
      return () => alive.delete(run)
    },
  }
}
