// Owns the line between one page and the station: numbers each page, passes frames on as text and does not look into them.
// Invariants: one screen at a time; nothing is kept for longer than the station's first start takes, so that no scan made
// into a dead machine acts later; everything that waits is bounded.

import { FRAME_BYTES_MAX } from '../contract/kiosk/kiosk-frames.ts'
import type { ToStation } from '../contract/kiosk/station-process.ts'
import type { Say } from './window-log.ts'

export const WAITING_FRAMES_MAX = 32

/** The window's end of a page's port. A boolean tells the page whether the station runs. */
export type ScreenPort = {
  post(message: string | boolean): void
  listen(onMessage: (message: unknown) => void, onClose: () => void): void
  close(): void
}

export type ScreenRelay = {
  /** A page connected; the one before it is gone. */
  openScreen(port: ScreenPort): void
  closeScreen(): void
  stationRuns(): void
  stationGone(): void
  stationSaid(screen: number, text: string): void
  framesDropped(): number
}

/** `waiting` is null once the station ran: from then on a frame goes through at once or not at all. */
type Screen = { readonly number: number; readonly port: ScreenPort; waiting: string[] | null }

export function createScreenRelay(sendToStation: (message: ToStation) => void, say: Say): ScreenRelay {
  let screen: Screen | null = null
  let screens = 0
  let up = false
  let framesDropped = 0

  function pass(from: Screen, message: unknown): void {
    if (screen !== from) return
    if (typeof message !== 'string' || Buffer.byteLength(message) > FRAME_BYTES_MAX) drop('not_a_frame')
    else if (up) sendToStation({ type: 'frame', screen: from.number, text: message })
    else if (from.waiting !== null && from.waiting.length < WAITING_FRAMES_MAX) from.waiting.push(message)
    else drop('station_gone')
  }

  function drop(reason: string): void {
    framesDropped += 1
    // The first tells; a page that floods must not flood the log.
    if (framesDropped === 1) say('frame_dropped', { reason })
  }

  function introduce(introduced: Screen): void {
    sendToStation({ type: 'screen_opened', screen: introduced.number })
    for (const text of introduced.waiting ?? []) sendToStation({ type: 'frame', screen: introduced.number, text })
    introduced.waiting = null
    introduced.port.post(true)
  }

  function closeScreen(): void {
    const closed = screen
    if (closed === null) return
    screen = null
    closed.port.close()
    if (up) sendToStation({ type: 'screen_closed', screen: closed.number })
  }

  return {
    openScreen(port) {
      closeScreen()
      screens += 1
      const opened: Screen = { number: screens, port, waiting: [] }
      screen = opened
      port.listen(
        (message) => pass(opened, message),
        () => {
          if (screen === opened) closeScreen()
        },
      )
      if (up) introduce(opened)
      else port.post(false)
    },
    closeScreen,
    stationRuns() {
      up = true
      if (screen !== null) introduce(screen)
    },
    stationGone() {
      const was = up
      up = false
      if (was) screen?.port.post(false)
    },
    stationSaid(number, text) {
      if (screen?.number === number) screen.port.post(text)
    },
    framesDropped: () => framesDropped,
  }
}
