// The station of the bench in a process of its own, whole: file, desk, screens, sync loop. It starts cut off; told to, it is
// let through to central, and tells how long it took to reach a number of central's log and how long its event loop stood
// still meanwhile, longest; beside it the same while nothing happened, which is what the machine itself adds.

import { createPrivateKey } from 'node:crypto'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setImmediate, setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { openStation } from '../station/compose.ts'
import { publicKeyOf } from '../station/station-config.ts'
import { machineIds } from '../station/station-ids.ts'
import { currentCursor } from '../station/store/sync-state.ts'
import { connectCentral } from '../station/sync/central-client.ts'
import { exchangeOverHttp } from '../station/sync/http-exchange.ts'

export interface StationOrder {
  dataFolder: string
  centralUrl: string
  station: string
  /** PKCS #8, PEM. */
  privateKey: string
  /** Raw, base64url. */
  centralKey: string
}

export interface StationReport {
  type: 'caught_up'
  seconds: number
  longestBlockMs: number
  longestBlockCpuMs: number
  quietBlockMs: number
  riders: number
  items: number
  ownWishes: number
  wall: number
  trainings: number
  signups: number
  certificates: number
}

const QUIET_MS = 1_000
const LOOK_EVERY_MS = 10
const CATCH_UP_MS_MAX = 180_000
const RESOLUTION_MS = 1

const order = JSON.parse(process.env['BENCH_STATION'] ?? '') as StationOrder
const privateKey = createPrivateKey(order.privateKey)
const centralKey = publicKeyOf(order.centralKey)
const overHttp = exchangeOverHttp(order.centralUrl)
const network = openGate()
const central = connectCentral({
  station: order.station,
  privateKey,
  centralKey,
  ids: machineIds,
  // Its first request waits for the network: a backoff of chance would be measured instead.
  exchange: async (request) => {
    await network.opened
    return overHttp(request)
  },
  pause: () => setImmediate(),
})
const station = await openStation({
  config: { station: order.station, centralUrl: order.centralUrl, privateKey, centralKey, certificate: null, witnessFolder: null, demo: null },
  dataFolder: order.dataFolder,
  log: pino({ level: 'silent' }),
  loopback: null,
  hid: false,
  central,
  pullEveryMs: 200,
})

function openGate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

interface Blocks {
  longestMs: number
  /** The most that was computed between two ticks of a millisecond: what stays of the longest block on a machine that does nothing else. */
  longestCpuMs: number
}

async function measureBlocks(during: () => Promise<void>): Promise<Blocks> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  let longestCpuMs = 0
  let before = process.threadCpuUsage()
  const ticker = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before)
    longestCpuMs = Math.max(longestCpuMs, (user + system) / 1000)
    before = process.threadCpuUsage()
  }, RESOLUTION_MS)
  delay.enable()
  await during()
  delay.disable()
  clearInterval(ticker)
  return { longestMs: delay.max / 1e6, longestCpuMs }
}

function countOf(table: 'riders' | 'items' | 'own_wishes' | 'wall_wishes' | 'trainings' | 'signups' | 'certificates'): number {
  return station.counter.database.read.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)?.count ?? 0
}

async function catchUp(upTo: number): Promise<StationReport> {
  const quiet = await measureBlocks(() => pause(QUIET_MS))
  let seconds = 0
  const blocks = await measureBlocks(async () => {
    const beganAtMs = performance.now()
    network.open()
    while ((currentCursor(station.counter.database.read)?.number ?? 0) < upTo) {
      if (performance.now() - beganAtMs > CATCH_UP_MS_MAX) throw new Error(`the station has not caught up within ${CATCH_UP_MS_MAX} ms`)
      await pause(LOOK_EVERY_MS)
    }
    seconds = (performance.now() - beganAtMs) / 1000
  })
  return { type: 'caught_up', seconds, longestBlockMs: blocks.longestMs, longestBlockCpuMs: blocks.longestCpuMs, quietBlockMs: quiet.longestMs, riders: countOf('riders'), items: countOf('items'), ownWishes: countOf('own_wishes'), wall: countOf('wall_wishes'), trainings: countOf('trainings'), signups: countOf('signups'), certificates: countOf('certificates') }
}

process.on('message', ({ upTo }: { upTo: number }) => {
  catchUp(upTo).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ type: 'failed', message: String(error) }),
  )
})
process.on('SIGTERM', () => void station.stop().then(() => process.exit(0)))
process.on('disconnect', () => process.exit(1))
process.send?.({ type: 'ready', url: '' })
