// A screen port for tests with a desk of one's own choosing, and a screen that writes down what it hears.

import { onTestFinished } from 'vitest'
import { KIOSK_PROTOCOL_VERSION, stationFrame, type StationFrame } from '../../../contract/kiosk/kiosk-frames.ts'
import type { KioskAnswer } from '../../../contract/kiosk/kiosk-requests.ts'
import { type ConnectedScreen, openScreenPort, type ScreenPort, type ScreenPortOptions } from '../../../station/screen/screen-port.ts'
import { openWorkingDesk, type WorkingDesk } from '../desk/working-desk.ts'

export interface ConnectedPort {
  readonly at: WorkingDesk
  readonly screens: ScreenPort
  readonly problems: string[]
  gone(): number
  open(): OpenScreen
}

export interface OpenScreen extends ConnectedScreen {
  readonly heard: StationFrame[]
  isClosed(): boolean
  say(frame: unknown): void
  /** Waits for a frame of that type from the n-th on. */
  next(type: StationFrame['type'], from?: number): Promise<StationFrame>
}

export function openConnectedPort(more: Partial<ScreenPortOptions> = {}): ConnectedPort {
  const at = openWorkingDesk()
  const problems: string[] = []
  let gone = 0
  const screens = openScreenPort({
    view: () => at.desk.view(),
    answer: (name, input): Promise<KioskAnswer> => at.desk.answer(name, input),
    screenGone: () => {
      gone += 1
      at.desk.screenGone()
    },
    nowMs: () => at.counter.clock.wallMs(),
    onProblem: (problem) => problems.push(problem),
    ...more,
  })
  onTestFinished(() => screens.stop())
  return {
    at,
    screens,
    problems,
    gone: () => gone,
    open() {
      const heard: StationFrame[] = []
      let closed = false
      const connected = screens.connect(
        (text) => heard.push(stationFrame.parse(JSON.parse(text))),
        () => {
          closed = true
        },
      )
      return {
        ...connected,
        heard,
        isClosed: () => closed,
        say: (frame) => connected.receive(JSON.stringify(frame)),
        async next(type, from = 0) {
          for (let waited = 0; waited < 2_000; waited += 5) {
            const frame = heard.slice(from).find((candidate) => candidate.type === type)
            if (frame !== undefined) return frame
            await new Promise((resolve) => setTimeout(resolve, 5))
          }
          throw new Error(`no ${type} among ${heard.map((frame) => frame.type).join(', ')}`)
        },
      }
    },
  }
}

export const HELLO = { type: 'hello', protocol: KIOSK_PROTOCOL_VERSION }
