// Owns that there is a page: loads it, loads it again with growing pauses after a crash or a failed load, and ends a page that
// no longer answers the heartbeat (Electron's own `unresponsive` waits for a touch and half a minute). It refuses to know
// what the page shows. The station goes on all the while.

import type { WebContents } from 'electron'
import { WINDOW_CHANNELS } from '../contract/kiosk/window-bridge.ts'
import { START_URL } from './app-protocol.ts'
import { createBackoff, PAGE_DELAYS_MS } from './backoff.ts'
import { describeError, type Say } from './window-log.ts'

const PING_EVERY_MS = 2_000
/** Eight seconds: longer than a slow machine needs to draw its first screen, shorter than a rider's patience. */
export const MISSED_PINGS_MAX = 4
const LOAD_MS_MAX = 20_000
/** Pages that never finished loading, one after the other: then it is not the page, and a new page cures nothing. */
const STUCK_LOADS_MAX = 2
const STEADY_AFTER_MS = 60_000
const LOAD_ABORTED = -3

export type PageWatchdog = { heard(): void; stop(): void }

export function keepPageAlive(page: WebContents, say: Say, onStuck: () => void): PageWatchdog {
  const backoff = createBackoff(PAGE_DELAYS_MS)
  let heartbeat = createHeartbeat()
  let pingTimer: NodeJS.Timeout | undefined
  let againTimer: NodeJS.Timeout | undefined
  let limitTimer: NodeJS.Timeout | undefined
  let steadyTimer: NodeJS.Timeout | undefined
  let stuckLoads = 0
  let stopped = false

  function load(): void {
    againTimer = undefined
    limitTimer = setTimeout(endLoad, LOAD_MS_MAX)
    page.loadURL(START_URL).catch((error: unknown) => say('page_not_loaded', { reason: describeError(error) }))
  }

  /** One loss may be told twice, as a crash and as a load that failed. */
  function loadAgain(cause: string): void {
    if (stopped || againTimer !== undefined) return
    clearTimers()
    const delayMs = backoff.nextDelayMs()
    say('page_gone', { cause, nextInMs: delayMs })
    againTimer = setTimeout(load, delayMs)
  }

  function endLoad(): void {
    stuckLoads += 1
    endPage('page_not_loaded_in_time')
    if (stuckLoads >= STUCK_LOADS_MAX) onStuck()
  }

  function endPage(cause: string): void {
    // Where there is no process to end, nothing would tell of the end either.
    page.forcefullyCrashRenderer()
    loadAgain(cause)
  }

  function ping(): void {
    if (heartbeat.ping() === 'alive') page.send(WINDOW_CHANNELS.ping)
    else endPage('page_hung')
  }

  function clearTimers(): void {
    clearInterval(pingTimer)
    clearTimeout(againTimer)
    clearTimeout(limitTimer)
    clearTimeout(steadyTimer)
    againTimer = undefined
  }

  page.on('render-process-gone', (_event, { reason }) => loadAgain(reason))
  page.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (isMainFrame && code !== LOAD_ABORTED) loadAgain(description)
  })
  page.on('did-finish-load', () => {
    clearTimers()
    stuckLoads = 0
    heartbeat = createHeartbeat()
    pingTimer = setInterval(ping, PING_EVERY_MS)
    steadyTimer = setTimeout(() => backoff.reset(), STEADY_AFTER_MS)
  })
  load()

  return {
    heard: () => heartbeat.pong(),
    stop() {
      stopped = true
      clearTimers()
    },
  }
}

/** Counts questions without an answer. Pure. */
export function createHeartbeat(): { ping(): 'alive' | 'hung'; pong(): void } {
  let missed = 0
  return {
    ping() {
      if (missed >= MISSED_PINGS_MAX) return 'hung'
      missed += 1
      return 'alive'
    },
    pong() {
      missed = 0
    },
  }
}
