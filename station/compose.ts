// Joins the station's rooms: file, desk, scanners, screens, sync. The only place that knows all of them.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate, setTimeout as pauseFor } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Counter } from './acts/act.ts'
import { flushRefusedScans } from './acts/refuse-scan.ts'
import { endAllVisits } from './acts/return-points.ts'
import { forgetBeginAnew, moveOldFileAside, noteBeginAnew } from './begin-anew.ts'
import { stockDemoShelf } from './demo/stock-demo-shelf.ts'
import { readDemoCodes } from './demo/demo-codes.ts'
import { openDesk } from './desk/desk.ts'
import { MARK_EVERY_MS, openMarkerKeeper } from './marker-keeper.ts'
import { type HidScanner, startHidScanner } from './scanner/hid-scanner.ts'
import { createSimulatedScanner } from './scanner/simulated-scanner.ts'
import { type LoopbackServer, serveLoopback } from './screen/loopback-server.ts'
import { openScreenPort, type ScreenPort } from './screen/screen-port.ts'
import type { StationClock } from './station-clock.ts'
import { machineClock } from './station-clock.ts'
import { PROGRAM } from './program.ts'
import type { StationConfig } from './station-config.ts'
import { machineIds } from './station-ids.ts'
import { asideFilesIn } from './store/aside-files.ts'
import { openStationDatabase } from './store/database.ts'
import { beginBoot } from './store/identity.ts'
import { lapseAllUnsentRequests } from './sync/allowance-requests.ts'
import { type CentralClient, connectCentral } from './sync/central-client.ts'
import { exchangeOverHttp } from './sync/http-exchange.ts'
import { warmUpReading } from './sync/read-page.ts'
import { startWakeupListener, streamOverHttp } from './sync/wakeup-listener.ts'
import { openScopeFetcher } from './sync/snapshot.ts'
import { watchSilence } from './sync/silence.ts'
import { startSyncLoop, type SyncTimers } from './sync/sync-loop.ts'

export interface StationOptions {
  config: StationConfig
  /** Holds station.db and the loopback token. */
  dataFolder: string
  log: Logger
  loopback: { port: number; pageFolder: string | null } | null
  /** Looks for a USB scanner. */
  hid: boolean
  clock?: StationClock
  central?: CentralClient
  pullEveryMs?: number
  /** The process is to end and to be started again: a new file is to be begun. */
  restart?: () => void
}

export interface Station {
  readonly counter: Counter
  readonly screens: ScreenPort
  readonly kioskUrl: string | null
  /** A text as if the simulated scanner had read it. */
  scan(text: string): void
  stop(): Promise<void>
}

const TICK_EVERY_MS = 5_000
const SILENCE_EVERY_MS = 1_000
/** The screen hears the answer before its station goes. */
const RESTART_AFTER_MS = 300
/** The view's ages and the day go stale without anything happening. */
const VIEW_EVERY_TICKS = 6

export async function openStation(options: StationOptions): Promise<Station> {
  /** What is open, in order; closed from the last to the first, also where the next one does not open. */
  const closing: (() => unknown)[] = []
  const closeAll = async (): Promise<void> => {
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close()
  }
  try {
    return await joinRooms(options, closing, closeAll)
  } catch (error) {
    await closeAll()
    throw error
  }
}

async function joinRooms(options: StationOptions, closing: (() => unknown)[], closeAll: () => Promise<void>): Promise<Station> {
  const { config, log } = options
  const clock = options.clock ?? machineClock
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 })
  const onProblem = (problem: string): void => log.warn(problem)
  const previous = moveOldFileAside(options.dataFolder)
  const database = openStationDatabase({ file: join(options.dataFolder, 'station.db') })
  closing.push(() => database.close())
  const identity = beginBoot(database, config.station, machineIds, previous)
  forgetBeginAnew(options.dataFolder)
  const markers = openMarkerKeeper(database, identity, { dataFolder: options.dataFolder, witnessFolder: config.witnessFolder }, onProblem)
  closing.push(() => markers.keep())
  const counter: Counter = { database, identity, clock, ids: machineIds, ...(markers.witness === null ? {} : { witness: markers.witness }) }
  log.info({ station: config.station, incarnation: identity.incarnation, boot: identity.boot }, 'station database open')
  flushRefusedScans(counter)
  lapseAllUnsentRequests(counter)
  endAllVisits(counter)

  let hid: HidScanner | null = null
  let hidWasHere = false
  const desk = openDesk({
    counter,
    nudgeSync: (rider) => (rider === undefined ? sync.nudge() : sync.wantRider(rider)),
    isOnline: () => sync.isOnline(),
    central: () => central,
    pause: (ms) => pauseFor(ms),
    isFetching: (rider) => sync.isWanted(rider),
    syncAlarms: () => sync.alarms(),
    beginAnew: () => {
      noteBeginAnew(counter, options.dataFolder)
      log.warn({ incarnation: identity.incarnation }, 'staff begin anew: this file is kept aside at the next start')
      machineTimers.after(RESTART_AFTER_MS, () => options.restart?.())
    },
    scannerState: () => (hidWasHere && hid?.state().kind !== 'connected' ? 'lost' : 'ready'),
    centralUrl: config.centralUrl,
    demoCodes: config.demo === null ? null : readDemoCodes(config.demo.codesFile),
    onChange: () => screens.viewChanged(),
    onScanned: (outcome) => screens.scanned(outcome),
    onProblem,
  })
  const screens = openScreenPort({
    view: () => desk.view(),
    answer: (name, input) => desk.answer(name, input),
    screenGone: () => desk.screenGone(),
    nowMs: () => clock.wallMs(),
    onProblem,
  })
  closing.push(() => screens.stop())
  warmUpReading()
  // After desk and screens, which its first round may already have something to tell; before anybody can scan.
  const watched = watchSilence(exchangeOverHttp(config.centralUrl), () => clock.monotonicMs())
  const central = options.central ?? connectCentral({ station: config.station, privateKey: config.privateKey, centralKey: config.centralKey, exchange: watched.exchange, ids: machineIds, pause: () => setImmediate() })
  const wakeups = options.central !== undefined ? null : startWakeupListener({
    station: config.station, privateKey: config.privateKey, ids: machineIds, openStream: streamOverHttp(config.centralUrl), timers: machineTimers,
    onWakeup: () => {
      sync.nudge()
      desk.handOffMoved()
    },
    onProblem,
  })
  if (wakeups !== null) closing.push(() => wakeups.stop())
  const sync = startSyncLoop({
    isWoken: () => wakeups?.isHearing() === true,
    silentMs: () => watched.silentMs(),
    counter,
    central,
    pause: () => setImmediate(),
    fetchScopes: openScopeFetcher({ counter, central, pause: () => setImmediate(), onProblem }),
    hello: { certificate: config.certificate, program: PROGRAM },
    aside: asideFilesIn(options.dataFolder, config.station),
    isInSession: (rider) => desk.isInSession(rider),
    onPoints: (rider, answer) => desk.pointsAnswered(rider, answer),
    timers: machineTimers,
    onChange: () => {
      if (config.demo !== null) stockDemoShelf(counter, config.demo.stockFile)
      desk.mirrorChanged()
    },
    onProblem,
    ...(options.pullEveryMs === undefined ? {} : { pullEveryMs: options.pullEveryMs }),
  })
  closing.push(() => sync.stop())
  if (options.hid) {
    const started = startHidScanner({
      onText: desk.onText,
      nowMs: () => clock.monotonicMs(),
      after: machineTimers.after,
      onStateChanged: (state) => {
        if (state.kind === 'connected') hidWasHere = true
        log.info({ scanner: state.kind, ...(state.kind === 'unavailable' ? { reason: state.reason, detail: state.detail } : {}) }, 'scanner')
        screens.viewChanged()
      },
    })
    hid = started
    closing.push(() => started.close())
  }
  const simulated = createSimulatedScanner(desk.onText, () => clock.monotonicMs())
  let ticks = 0
  const ticker = setInterval(() => {
    desk.tick()
    ticks += 1
    if (ticks % VIEW_EVERY_TICKS === 0) screens.viewChanged()
  }, TICK_EVERY_MS)
  closing.push(() => clearInterval(ticker))
  // A silence that grows is no event of anybody's.
  let wasOnline = sync.isOnline()
  const listening = setInterval(() => {
    if (sync.isOnline() === wasOnline) return
    wasOnline = !wasOnline
    screens.viewChanged()
  }, SILENCE_EVERY_MS)
  closing.push(() => clearInterval(listening))
  const marking = setInterval(() => markers.keep(), MARK_EVERY_MS)
  closing.push(() => clearInterval(marking))

  let loopback: LoopbackServer | null = null
  if (options.loopback !== null) {
    const serving = await serveLoopback({ ...options.loopback, token: loopbackToken(options.dataFolder), screens, onScanText: (text) => simulated.scan(text) })
    loopback = serving
    closing.push(() => serving.close())
  }
  return {
    counter,
    screens,
    kioskUrl: loopback?.kioskUrl ?? null,
    scan: (text) => simulated.scan(text),
    async stop() {
      await closeAll()
      log.info('station stopped')
    },
  }
}

const LOOPBACK_TOKEN = /^[\w-]{32}$/

/** Kept, so that a page that is open finds its station again after a restart. */
export function loopbackToken(dataFolder: string): string {
  const file = join(dataFolder, 'loopback-token')
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  // A file that a power cut left empty must not become a password that everybody knows.
  if (LOOPBACK_TOKEN.test(kept)) return kept
  const token = randomBytes(24).toString('base64url')
  writeFileSync(file, `${token}\n`, { mode: 0o600 })
  return token
}

export const machineTimers: SyncTimers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}
