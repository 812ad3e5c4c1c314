// Joins the rooms of a machine that is no station yet: scanners, screens and the set-up desk. Once it has joined it ends its
// process; whoever keeps that running starts it again, and then it is a station. The window stays.

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Logger } from 'pino'
import { loopbackToken, machineTimers } from '../compose.ts'
import { startHidScanner } from '../scanner/hid-scanner.ts'
import { createSimulatedScanner } from '../scanner/simulated-scanner.ts'
import { type LoopbackServer, serveLoopback } from '../screen/loopback-server.ts'
import { openScreenPort, type ScreenPort } from '../screen/screen-port.ts'
import { machineClock } from '../station-clock.ts'
import { replaceFile } from '../store/replace-file.ts'
import { exchangeOverHttp } from '../sync/http-exchange.ts'
import { joinCentral, makeMachineKey, meetCentral } from './join-central.ts'
import { openSetUpDesk } from './set-up-desk.ts'

export interface SetUpOptions {
  /** Where the configuration will stand. */
  configFile: string
  dataFolder: string
  centralUrl: string | null
  log: Logger
  loopback: { port: number; pageFolder: string | null } | null
  hid: boolean
  /** The process is to end and to be started again. */
  restart: () => void
}

export interface SetUp {
  readonly screens: ScreenPort
  readonly kioskUrl: string | null
  stop(): Promise<void>
}

/** The screen says that it has joined before it begins anew. */
const RESTART_AFTER_MS = 1_500

export async function openSetUp(options: SetUpOptions): Promise<SetUp> {
  const { log } = options
  const clock = machineClock
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 })
  mkdirSync(dirname(options.configFile), { recursive: true, mode: 0o700 })
  const onProblem = (problem: string): void => log.warn(problem)
  const ending = new AbortController()
  const key = makeMachineKey()
  const desk = openSetUpDesk({
    centralUrl: options.centralUrl,
    meet: (centralUrl) => meetCentral(exchangeOverHttp(centralUrl), ending.signal),
    join: (invitation) => joinCentral(exchangeOverHttp(invitation.centralUrl), invitation, key, ending.signal),
    keep: (config) => replaceFile(options.configFile, config),
    joined: () => {
      log.info('this machine has joined: it starts again as a station')
      machineTimers.after(RESTART_AFTER_MS, options.restart)
    },
    nowMs: () => clock.wallMs(),
    onChange: () => screens.viewChanged(),
    onScanned: (outcome) => screens.scanned(outcome),
    onProblem,
  })
  const screens = openScreenPort({ view: () => desk.view(), answer: (name, input) => desk.answer(name, input), screenGone: () => undefined, nowMs: () => clock.wallMs(), onProblem })
  const hid = options.hid
    ? startHidScanner({
        onText: desk.onText,
        nowMs: () => clock.monotonicMs(),
        after: machineTimers.after,
        onStateChanged: (state) => log.info({ scanner: state.kind }, 'scanner'),
      })
    : null
  const simulated = createSimulatedScanner(desk.onText, () => clock.monotonicMs())
  let loopback: LoopbackServer | null = null
  if (options.loopback !== null) {
    try {
      loopback = await serveLoopback({ ...options.loopback, token: loopbackToken(options.dataFolder), screens, onScanText: (text) => simulated.scan(text) })
    } catch (error) {
      await hid?.close()
      screens.stop()
      throw error
    }
  }
  log.info('no configuration: this machine waits to be set up')
  return {
    screens,
    kioskUrl: loopback?.kioskUrl ?? null,
    async stop() {
      ending.abort(new Error('the machine stops'))
      await loopback?.close()
      await hid?.close()
      screens.stop()
    },
  }
}
