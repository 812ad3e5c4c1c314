// One screen at a time, whatever carries its frames: says hello, gets the view whenever it changed and a beat every half
// second, asks from the closed list and gets one answer each. Bad frames are refused and change nothing.

import {
  BEAT_EVERY_MS, FRAME_BYTES_MAX, KIOSK_PROTOCOL_VERSION, screenFrame, type ScreenFrame, type StationFrame,
} from '../../contract/kiosk/kiosk-frames.ts'
import { KIOSK_REQUESTS, type KioskAnswer, type KioskInput, type KioskRequestName } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView, ScanOutcome } from '../../contract/kiosk/kiosk-view.ts'

export interface ScreenPortOptions {
  view: () => KioskView
  answer: <Name extends KioskRequestName>(name: Name, input: KioskInput<Name>) => Promise<KioskAnswer>
  screenGone: () => void
  nowMs: () => number
  onProblem: (problem: string) => void
}

export interface ConnectedScreen {
  receive(text: string): void
  gone(): void
}

export interface ScreenPort {
  /** A new screen; the one before it is told and dropped. `close` ends its transport. */
  connect(send: (text: string) => void, close: () => void): ConnectedScreen
  hasScreen(): boolean
  viewChanged(): void
  scanned(outcome: ScanOutcome): void
  stop(): void
}

/** Requests of one screen that may be under way at once; a screen asks one thing at a time. */
const REQUESTS_AT_ONCE_MAX = 8

interface Screen extends ConnectedScreen {
  greeted: boolean
  send: (frame: StationFrame) => void
  drop: () => void
}

export function openScreenPort(options: ScreenPortOptions): ScreenPort {
  let current: Screen | null = null
  let scanCount = 0
  let viewDue = false
  let stopped = false
  const beat = setInterval(() => {
    if (current?.greeted === true) current.send({ type: 'beat', nowMs: options.nowMs() })
  }, BEAT_EVERY_MS)

  function sendView(): void {
    viewDue = false
    if (current?.greeted !== true) return
    try {
      current.send({ type: 'view', view: options.view() })
    } catch (error) {
      // A view that can not be built must not end the process: what happened here is still to be sent to central.
      options.onProblem(error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }

  /** Many changes in one turn of the event loop are one view. */
  function viewChanged(): void {
    if (viewDue) return
    viewDue = true
    setImmediate(sendView)
  }

  function connect(send: (text: string) => void, close: () => void): ConnectedScreen {
    if (stopped) {
      close()
      return { receive: () => undefined, gone: () => undefined }
    }
    if (current !== null) {
      const old = current
      current = null
      old.send({ type: 'replaced' })
      old.drop()
      options.screenGone()
    }
    let underWay = 0
    const screen: Screen = {
      greeted: false,
      send: (frame) => send(JSON.stringify(frame)),
      drop: close,
      receive(text) {
        if (current !== screen) return
        const frame = readFrame(text)
        if (frame === null) {
          options.onProblem(`a frame that is none, of ${text.length} characters`)
          return
        }
        if (frame.type === 'hello') {
          screen.greeted = true
          screen.send({ type: 'welcome', protocol: KIOSK_PROTOCOL_VERSION })
          sendView()
          return
        }
        if (underWay >= REQUESTS_AT_ONCE_MAX) {
          screen.send({ type: 'refusal', id: frame.id, refusal: { code: 'bad_request' } })
          return
        }
        underWay += 1
        void answerFrame(frame).then((answered) => {
          underWay -= 1
          if (current === screen) screen.send(answered)
        })
      },
      gone() {
        if (current !== screen) return
        current = null
        options.screenGone()
      },
    }
    current = screen
    return screen
  }

  async function answerFrame(frame: ScreenFrame & { type: 'request' }): Promise<StationFrame> {
    const input = KIOSK_REQUESTS[frame.name].input.safeParse(frame.input)
    if (!input.success) return { type: 'refusal', id: frame.id, refusal: { code: 'bad_request' } }
    try {
      const answer = await options.answer(frame.name, input.data)
      return answer.ok ? { type: 'answer', id: frame.id, ok: true, output: answer.output } : { type: 'refusal', id: frame.id, refusal: answer.refusal }
    } catch (error) {
      // A bug: said in the log, and to the person as "out of order", never as a screen that waits for ever.
      options.onProblem(error instanceof Error ? (error.stack ?? error.message) : String(error))
      return { type: 'refusal', id: frame.id, refusal: { code: 'out_of_order' } }
    }
  }

  return {
    connect,
    hasScreen: () => current?.greeted === true,
    viewChanged,
    scanned(outcome) {
      scanCount += 1
      if (current?.greeted === true) current.send({ type: 'scanned', number: scanCount, outcome })
    },
    stop() {
      stopped = true
      clearInterval(beat)
      current?.drop()
      current = null
    },
  }
}

function readFrame(text: string): ScreenFrame | null {
  if (text.length > FRAME_BYTES_MAX) return null
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  const frame = screenFrame.safeParse(json)
  return frame.success ? frame.data : null
}
