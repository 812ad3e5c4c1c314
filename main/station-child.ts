// Owns the station's process: starts it under the pinned Node, starts it again with growing pauses when it dies, stops it when
// the window goes. It refuses to know what the frames say. Invariants: at most one station at a time; after `stop` none.

import { type ChildProcess, spawn } from 'node:child_process'
import { fromStation, type ToStation } from '../contract/kiosk/station-process.ts'
import { createBackoff, STATION_DELAYS_MS } from './backoff.ts'
import { describeError, type Say } from './window-log.ts'

/** So long a station runs before its next end counts as a first one. */
const STEADY_AFTER_MS = 30_000
/** A first start migrates and may be slow; this long is hung. */
const READY_MS_MAX = 300_000
const STOP_MS_MAX = 5_000

export type StationChildOptions = {
  readonly nodeBinary: string
  readonly stationEntry: string
  readonly stationArguments: readonly string[]
  readonly stationEnvironment: Readonly<Record<string, string | undefined>>
  readonly say: Say
  onRunning(): void
  onGone(): void
  onFrame(screen: number, text: string): void
}

export type StationChild = {
  /** Not delivered where no station runs; the page learns of that by its state. */
  send(message: ToStation): void
  stop(): Promise<void>
  restarts(): number
  pid(): number | null
}

export function keepStationRunning(options: StationChildOptions): StationChild {
  const { say } = options
  const backoff = createBackoff(STATION_DELAYS_MS)
  let child: ChildProcess | null = null
  let restarts = 0
  let stopping = false
  let restartTimer: NodeJS.Timeout | undefined
  let lifeTimer: NodeJS.Timeout | undefined

  function start(): void {
    const started = spawn(options.nodeBinary, [options.stationEntry, ...options.stationArguments], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: options.stationEnvironment,
    })
    child = started
    lifeTimer = setTimeout(() => {
      say('station_not_ready', { waitedMs: READY_MS_MAX })
      started.kill('SIGKILL')
    }, READY_MS_MAX)
    started.on('message', (message) => hear(message))
    started.once('error', (error) => {
      say('station_channel_failed', { reason: describeError(error) })
      // Without a process there is no exit to wait for.
      if (started.pid === undefined) lose(started, null, null)
    })
    started.once('exit', (code, signal) => lose(started, code, signal))
  }

  function hear(message: unknown): void {
    const heard = fromStation.safeParse(message)
    if (!heard.success) {
      say('station_message_not_understood')
      return
    }
    switch (heard.data.type) {
      case 'ready':
        clearTimeout(lifeTimer)
        lifeTimer = setTimeout(() => backoff.reset(), STEADY_AFTER_MS)
        say('station_running', { pid: child?.pid ?? null, restarts })
        options.onRunning()
        return
      case 'frame':
        options.onFrame(heard.data.screen, heard.data.text)
        return
      case 'failed':
        say('station_failed', { code: heard.data.code, reason: heard.data.message })
        return
    }
  }

  function lose(lost: ChildProcess, code: number | null, signal: string | null): void {
    if (child !== lost) return
    child = null
    clearTimeout(lifeTimer)
    options.onGone()
    if (stopping) return
    restarts += 1
    const delayMs = backoff.nextDelayMs()
    say('station_gone', { code, signal, restarts, nextInMs: delayMs })
    restartTimer = setTimeout(start, delayMs)
  }

  start()

  return {
    send(message) {
      if (child === null || !child.connected) return
      child.send(message, (error) => {
        if (error !== null) say('station_not_reached', { type: message.type, reason: error.message })
      })
    },
    async stop() {
      stopping = true
      clearTimeout(restartTimer)
      const last = child
      if (last === null) return
      const gone = new Promise<void>((resolve) => last.once('exit', () => resolve()))
      this.send({ type: 'stop' })
      const killTimer = setTimeout(() => {
        say('station_killed', { waitedMs: STOP_MS_MAX })
        last.kill('SIGKILL')
      }, STOP_MS_MAX)
      await gone
      clearTimeout(killTimer)
    },
    restarts: () => restarts,
    pid: () => child?.pid ?? null,
  }
}
